"""Result lists as messages."""

from __future__ import annotations

from dataclasses import replace

from bot.messages.search import compose_results, month
from bot.texts.markup import shown
from store.models.search import Facet, Facets, Hit, Remark, SearchResult, Suggestion
from tests.bot.builders import BOT, DAY, PAPER

HIT = Hit(
    7,
    "老街<理发>店",
    PAPER,
    DAY,
    2,
    ("芮城县",),
    (("老街的", False), ("理发", True), ("店开了四十年。", False)),
)


def results(result: SearchResult, **how: object) -> tuple[str, list[list[str]]]:
    """What a reader sees: the text and the labels of the rows."""
    part = compose_results(result, language="zh", bot_username=BOT, session=5, **how)  # type: ignore[arg-type]
    return part.html, [[button.text for button in row] for row in part.buttons]


def test_a_hit_shows_link_snippet_and_source() -> None:
    """The words searched for are bold; markup in a headline is text."""
    html, rows = results(SearchResult("理发", 1, (HIT,)))
    assert 'href="https://t.me/baozhai_bot?start=a7">老街&lt;理发&gt;店</a>' in html
    assert "老街的<b>理发</b>店开了四十年。" in html and "— 芮城县《汾北日报》2026年3月5日 2版" in html
    assert rows == [["1"], ["⭐ 关注这个搜索"]]


def test_pages_say_where_they_are_and_turn_both_ways() -> None:
    """Numbers go on from page to page; the order can be changed on each."""
    html, rows = results(SearchResult("理发", 23, (HIT,) * 5), offset=5)
    assert "23 条，第 6–10 条" in html and rows[0] == ["6", "7", "8", "9", "10"]
    assert rows[1] == ["‹ 上一页", "下一页 ›", "按时间"]
    assert results(SearchResult("理发", 23, (HIT,) * 5), order="newest")[1][1] == ["下一页 ›", "按相关"]
    assert "约 23 条" in results(SearchResult("理发", 23, (HIT,) * 5, exact=False))[0]


def test_facets_that_narrow_nothing_are_left_out() -> None:
    """「只看芮城县 23」 of 23 is no help; a name too long for a button is no button."""
    facets = Facets(
        places=(Facet("芮城县", 23, "x"), Facet("夏县", 3, "x"), Facet("长" * 30, 2, "x")),
        papers=(Facet(PAPER, 23, "x"),),
        months=(Facet("2026-03", 20, "x"),),
    )
    _, rows = results(SearchResult("理发", 23, (HIT,) * 5), facets=facets)
    assert ["只看夏县 3"] in rows and ["只看2026年3月 20"] in rows and len(rows) == 5


def test_nothing_found_offers_ways_out_and_a_promise() -> None:
    """A near miss, fewer words, and 「有了告诉我」."""
    found = SearchResult(
        "瑞城",
        remarks=(Remark("nothing_found"),),
        suggestions=(Suggestion("芮城", 12), Suggestion("城", 40, "fewer")),
    )
    html, rows = results(found)
    assert shown(html) == "🔎 没有找到 瑞城。"
    assert rows == [["您是不是要找：芮城（12）"], ["改搜：城（40）"], ["⏳ 有了告诉我"], ["📰 看最新一期"]]


def test_nothing_at_all_leads_to_the_latest_news() -> None:
    """Where there is nothing to suggest, the latest day is one tap away."""
    _, rows = results(SearchResult("看看最近有什么", remarks=(Remark("nothing_found"),)))
    assert rows == [["⏳ 有了告诉我"], ["📰 看最新一期"]]


def test_what_is_no_search_gets_a_sentence_and_no_promise() -> None:
    """Only unwanted words, or a search cut off: nothing was looked for, so nothing is promised."""
    for code in ("only_unwanted", "taking_too_long"):
        html, rows = results(SearchResult("-x", remarks=(Remark(code),)))
        assert "没有找到" not in html and html and rows == []


def test_a_photo_without_a_headline_shows_its_caption_once() -> None:
    """The caption is the link."""
    html, _ = results(SearchResult("理发", 1, (replace(HIT, title=""),)))
    assert ">老街的理发店开了四十年。</a>" in html and html.count("四十年") == 1


def test_months_are_written_in_the_readers_language() -> None:
    """Anything else stays as it is."""
    assert (
        month("2026-03", "zh") == "2026年3月"
        and month("2026-03", "en") == "2026-03"
        and month("芮城-县", "zh") == "芮城-县"
    )
