"""An article as a reader sees it."""

from __future__ import annotations

from bot.messages.article import citation, compose_article, names_to_follow
from bot.texts.markup import shown
from store.models import Byline, Person, Place
from tests.bot.builders import article


def test_an_article_keeps_its_own_form() -> None:
    """Kicker, headline, subhead, byline, paragraphs with their subheads, source."""
    page = compose_article(article(subheads=(("快了多少", 1),)), language="zh")
    assert shown(page.part.html).split("\n\n") == [
        "家门口的变化\n第1号桥今天通车\n——两岸村民不再绕路\n本报记者 邵一鸣",
        "本报讯 柳林渡口的新桥三月五日通车。",
        "快了多少\n过桥只要两分钟，比绕路少走十一公里。",
        "—《汾北日报》2026年3月5日03版，记者邵一鸣",
    ]


def test_dashes_of_a_subtitle_are_not_doubled() -> None:
    """Many papers print them."""
    assert "\n——两岸\n" in shown(compose_article(article(subtitle="—— 两岸"), language="zh").part.html)


def test_a_long_article_is_folded_after_the_first_screen() -> None:
    """A short one is not."""
    long = compose_article(article(body=("长文" * 80,) * 8), language="zh").part.html
    assert long.count("<blockquote expandable>") == 1 and long.index("长文长文") < long.index("<blockquote")
    assert "<blockquote" not in compose_article(article(), language="zh").part.html


def test_a_very_long_article_is_paged() -> None:
    """Each page says which it is and turns; together they are the whole."""
    body = tuple(f"第{number}段。" + "内容" * 150 for number in range(40))
    first = compose_article(article(body=body), language="zh")
    assert first.pages > 2 and "　1/" in first.part.html and first.part.buttons[0][0].text == "下一页 ›"
    whole = "".join(
        shown(compose_article(article(body=body), language="zh", page=number).part.html)
        for number in range(first.pages)
    )
    assert all(f"第{number}段。" in whole for number in range(40))


def test_captions_of_its_photos_stand_below() -> None:
    """With who took them."""
    photo = article(2, kind="photo", title="", body=("通车后的新桥。",), byline=Byline("邵一鸣 摄"))
    assert (
        "📷 通车后的新桥。 邵一鸣 摄" in compose_article(article(), language="zh", photos=(photo,)).part.html
    )


def test_a_photo_without_a_headline_is_named_as_one() -> None:
    """The caption is not shown twice."""
    photo = article(
        2, kind="photo", title="", kicker="", subtitle="", byline=Byline(), body=("通车后的新桥。",)
    )
    html = shown(compose_article(photo, language="zh").part.html)
    assert html.startswith("📷 图片\n\n通车后的新桥。") and html.count("新桥") == 1


def test_the_citation_is_as_one_quotes_a_paper() -> None:
    """The same in every language, with reporters where known."""
    assert citation(article()) == "《汾北日报》2026年3月5日03版，记者邵一鸣"
    assert citation(article(byline=Byline())) == "《汾北日报》2026年3月5日03版"
    assert citation(article(byline=Byline(), page=0)) == "《汾北日报》2026年3月5日"


def test_names_to_follow_are_near_places_and_people_once() -> None:
    """No province, no name twice, a word of the headline instead of the reporter; what is followed already has no button."""
    one = article(
        places=(Place("山西省", "province"), Place("芮城县", "county")),
        people=(Person("邵一鸣"), Person("乔二河")),
    )
    assert names_to_follow(one) == ["芮城县", "邵一鸣", "乔二河", "通车"]
    labels = [
        button.text
        for row in compose_article(one, language="zh", followed=("芮城县",)).part.buttons
        for button in row
    ]
    assert "＋关注 芮城县" not in labels and "＋关注 乔二河" in labels


def test_an_incomplete_or_withdrawn_article_says_so() -> None:
    """A reader is not left to wonder."""
    html = compose_article(article(complete=False, removed=True), language="zh").part.html
    assert "不完整" in html and "撤下" in html
