"""What /health says of today's papers, and labels that share a number in the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from store.database import Store
from store.ingest import parse_text
from store.models import PageRef, PageText
from store.sources.coverage import papers_today
from store.tables.sources import SourceDay

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)


def test_late_and_failing_papers_are_named_first(store: Store) -> None:
    """A line a paper; one that nobody has asked for in a fortnight is not spoken of."""
    rows = [
        ("苇河日报", DAY, "complete", ""),
        ("霜岭晚报", DAY - timedelta(days=1), "complete", ""),
        ("霜岭晚报", DAY, "not-yet", ""),
        ("芦滩早报", DAY, "failed", "the host cannot be reached"),
        ("北沿河报", DAY - timedelta(days=1), "complete", ""),
        ("旧日报", DAY - timedelta(days=40), "complete", ""),
        ("石桥周报", DAY, "no-edition", ""),
    ]
    for paper, day, state, reason in rows:
        store.sources.note(SourceDay(paper, day, state, reason, pages=8, articles=40), (), NOW)
    lines = papers_today(store, NOW)
    assert lines[0] == "芦滩早报: failed: the host cannot be reached"
    assert set(lines[1:3]) == {
        "北沿河报: not asked for yet (the last that came: 2026-11-25)",
        "霜岭晚报: late (the last that came: 2026-11-25)",
    }
    assert set(lines[3:]) == {"石桥周报: no paper today (停刊)", "苇河日报: 8 pages, 40 articles"}


def put(store: Store, label: str, text: str) -> None:
    """A page 3 of this label."""
    lines = ("苇桥镇的水渠通水", "", f"本报讯（记者 温若谷）{text}，沿线七个村的麦田当天就浇上了头遍水。")
    page = PageText(lines=lines)
    ref = PageRef("苇河日报", DAY, 3, label)
    store.editions.put(ref, page, parse_text(page, paper="苇河日报", day=DAY), source=label, now=NOW)


def test_plain_page_does_not_replace_a_sections_page(store: Store) -> None:
    """A03 from the site, then a file called 03: two pages; the file again: still two, and nothing changed."""
    put(store, "A03", "昨日")
    for _ in range(2):
        put(store, "", "今晨")
    articles = store.articles.on(DAY)
    assert sorted(article.label for article in articles) == ["03", "A03"]


def test_plain_page_and_the_sites_03_are_one(store: Store) -> None:
    """03 from the site is page 3."""
    put(store, "03", "昨日")
    put(store, "", "今晨")
    assert len(store.articles.on(DAY)) == 1
