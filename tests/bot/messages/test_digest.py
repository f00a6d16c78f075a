"""A digest as a reader sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages.digest import BY_PAPER, BY_PLACE, compose_digest, compose_page
from bot.messages.missed import compose_missed
from bot.texts.markup import shown
from store.models import Digest, Edition, Place, Reason
from tests.bot.builders import BOT, DAY, PAPER, article, digest, item, quote


def text(found: Digest, **how: object) -> str:
    """The whole digest as plain text."""
    options = {"language": "zh", "length": "summaries", "bot_username": BOT, **how}
    return "\n\n".join(shown(part.html) for part in compose_digest(found, **options))  # type: ignore[arg-type]


def test_the_header_says_what_was_read_and_what_was_missing() -> None:
    """「8版读到6版」, 「今日未见」."""
    editions = (Edition(PAPER, DAY, (1, 2, 3, 4), 9, 4), Edition("晋中日报", DAY, (1, 2), 5, 8))
    said = text(digest(item(), editions=editions, missing=("朔州日报",)))
    assert said.startswith(
        "📰 2026年3月5日 星期四\n已收到：汾北日报 1–4版 · 晋中日报 1、2版（平日8版） · 朔州日报今日未见"
    )


def test_an_item_has_headline_summary_and_source() -> None:
    """Quotes that stop before their sentence does are joined by an ellipsis."""
    said = text(digest(item()))
    assert (
        "📍 芮城县\n• 家门口的变化：第1号桥今天通车\n柳林渡口的新桥三月五日通车……过桥只要两分钟。 — 3版"
        in said
    )


def test_lengths_differ_in_what_they_show() -> None:
    """Headlines alone stand in a line each; detailed shows all quotes."""
    three = item(quotes=(quote(1, "甲。"), quote(1, "乙。"), quote(1, "丙。")))
    found = digest(three, replace(item(2), quotes=()))
    assert "甲。乙。 — " in text(found) and "甲。乙。丙。" in text(found, length="detailed")
    titles = text(found, length="titles")
    assert (
        "甲" not in titles
        and "• 家门口的变化：第1号桥今天通车 3版\n\n• 家门口的变化：第2号桥今天通车" in titles
    )


def test_headlines_alone_follow_the_items_with_summaries() -> None:
    """They do not stand between two paragraphs."""
    found = digest(item(1), item(2, tier="headline"), item(3))
    said = text(found)
    assert said.index("第3号桥") < said.index("第2号桥")


def test_followed_items_say_by_which_rule() -> None:
    """The section without a name is what the reader follows."""
    said = text(digest(item(section="", reason=Reason("follow", "新桥"))))
    assert "⭐ 您关注的\n• 家门口的变化：第1号桥" in said and "— 关注：新桥 · 芮城县 3版" in said


def test_other_papers_earlier_news_and_numbers_that_differ_are_shown() -> None:
    """另见 and 前情 with headlines, and both numbers as printed."""
    other = article(2, paper="晋中日报", page=4)
    found = digest(
        item(also=(other,), previous=article(9), late=True, differing=((quote(1, "12人"), quote(2, "13人")),))
    )
    said = text(found)
    assert (
        "另见：家门口的变化：第2号桥今天通车《晋中日报》4版" in said and "前情：家门口的变化：第9号桥" in said
    )
    assert "各报数字不一：《汾北日报》12人 / 《晋中日报》13人" in said and "— 补遗 · 《汾北日报》3版" in said


def test_views_regroup_the_same_items() -> None:
    """By paper and by place; what has no place comes under its own heading."""
    far = article(2, paper="晋中日报", places=(Place("榆次区", "county"),))
    nowhere = article(3, places=())
    found = digest(item(), item(3, article=nowhere), item(2, article=far))
    by_paper = text(found, view=BY_PAPER)
    assert by_paper.index("第3号桥") < by_paper.index("《晋中日报》\n")
    by_place = text(found, view=BY_PLACE)
    assert by_place.index("📍 榆次区\n") < by_place.index("其他地方\n• 家门口的变化：第3号桥")


@pytest.mark.parametrize("length", ["titles", "summaries", "detailed"])
def test_a_long_day_is_split_between_items_and_numbered(length: str) -> None:
    """Buttons are under the last part only; pages in place have their own."""
    found = digest(*(item(number) for number in range(1, 121)))
    parts = compose_digest(found, language="zh", length=length, bot_username=BOT)  # type: ignore[arg-type]
    assert len(parts) > 1
    for number, part in enumerate(parts, 1):
        assert shown(part.html).startswith(f"📰 2026年3月5日 星期四（{number}/{len(parts)}）")
        assert bool(part.buttons) == (number == len(parts))
    middle = compose_page(found, language="zh", length=length, bot_username=BOT, page=1)  # type: ignore[arg-type]
    assert middle.html == parts[1].html and middle.buttons[0][0].text == "‹ 上一页"


def test_points_and_what_can_be_used_link_to_their_articles() -> None:
    """Points are links; practical lines are text with their page as a link."""
    found = digest(item(), points=(quote(1, "新桥通车"),), practical=(quote(1, "周日义诊"),))
    html = compose_digest(found, language="zh", length="summaries", bot_username=BOT)[0].html
    assert '1. <b>芮城县</b> <a href="https://t.me/baozhai_bot?start=a1">新桥通车</a>' in html
    assert '• 周日义诊 <a href="https://t.me/baozhai_bot?start=a1">3版</a>' in html


def test_an_empty_digest_and_a_weekly_one_say_so() -> None:
    """No blank message, and the week is named."""
    assert "没有符合您设置的文章" in text(digest())
    assert text(digest(item(), kind="weekly")).startswith("📰 一周回顾，到2026年3月5日")


def test_missed_days_are_named_with_a_button_each() -> None:
    """Six at most; the rest is an ellipsis."""
    few = compose_missed((DAY, DAY + timedelta(days=1)), language="zh")
    assert "3月5日、3月6日" in few.html and [button.text for button in few.buttons[0]] == ["3月5日", "3月6日"]
    many = compose_missed(tuple(DAY + timedelta(days=n) for n in range(9)), language="en")
    assert "…" in many.html and sum(map(len, many.buttons)) == 6


def test_what_has_no_page_is_shown_without_one() -> None:
    """An RSS item is not on page 0."""
    found = digest(item(article=article(page=0)), practical=(quote(1, "义诊"),))
    said = text(found)
    assert "—《汾北日报》" in said and "义诊 《汾北日报》" in said and "0版" not in said
    assert "• 家门口的变化：第1号桥今天通车 《汾北日报》" in text(found, length="titles")


def test_a_day_of_many_items_is_folded_and_loses_nothing() -> None:
    """News by weight, then the rest by paper, notices last; each list one quotation that opens by a tap."""
    told = [item(number, section="news", reason=Reason("day")) for number in range(1, 6)]
    bare = [
        item(number, section="news", tier="headline", quotes=(), reason=Reason("day"))
        for number in range(6, 9)
    ]
    last = item(
        9, article=article(9, title="更正", kind="notice"), section="news", tier="headline", quotes=()
    )
    (part,) = compose_digest(digest(*told, last, *bare), language="zh", length="summaries", bot_username=BOT)
    assert part.html.count("<blockquote expandable>") == 2
    said = shown(part.html)
    assert said.index("要闻 5篇") < said.index("汾北日报 另3篇") < said.index("启事、更正 1则")
    assert all(f'start=a{number}"' in part.html for number in range(1, 10))


def test_the_others_of_a_story_are_named_by_their_headlines() -> None:
    """A comment stands under the report as 相关, with its headline."""
    found = digest(item(group=(article(2, title="时评：一座桥的两岸"),)))
    assert "相关：时评：一座桥的两岸" in text(found)


def test_a_photo_shows_its_caption_once() -> None:
    """Headline and text are one."""
    photo = article(kind="photo", title="柳林渡口新桥通车", body=("柳林渡口新桥通车。",))
    said = text(digest(item(article=photo, quotes=(quote(1, "柳林渡口新桥通车。"),))))
    assert said.count("柳林渡口新桥通车") == 1


def test_an_article_without_headline_shows_its_first_words() -> None:
    """Never that it has none."""
    bare = article(title="", kicker="", body=("", "  渡口的老艄公昨天收了船。"))
    said = text(digest(item(article=bare, quotes=())))
    assert "渡口的老艄公昨天收了船" in said and "无标题" not in said
