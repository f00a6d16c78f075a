"""The sample pages: what a newcomer sees of the bot, and that the parser reads them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from digests.day.builder import build_day
from store.database import Store
from store.ingest import ingest
from store.models import Digest
from tests.pagemaker.scoring import figures, load, score

SAMPLES = Path(__file__).parents[2] / "samples"
GOLD = Path(__file__).parents[1] / "data" / "samples"
NOW = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)  # half past eight in China
PAGES = 8


def gold_pages() -> list[tuple[Path, dict[str, Any]]]:
    """(the page's file, its gold) of each gold file."""
    found = []
    for file in sorted(GOLD.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        (page,) = (SAMPLES / gold["newspaper"] / gold["date"]).glob(f"{gold['page_id']}.*")
        found.append((page, gold))
    return found


@pytest.fixture(scope="module")
def digest() -> Digest:
    """The digest that a first `make run` shows."""
    with Store(":memory:") as store:
        reports = list(ingest(store, [SAMPLES], now=NOW))
        assert len(reports) == PAGES and all(report.outcome == "new" for report in reports)
        day = store.editions.latest_day()
        assert day == date(2026, 11, 19)
        return build_day(store, day, now=NOW)


def test_every_sample_page_has_gold() -> None:
    """As many gold files as pages, each of another page."""
    pages = {path for path in SAMPLES.rglob("*") if path.is_file()}
    assert {page for page, _ in gold_pages()} == pages and len(pages) == PAGES


def test_sample_gold_fits_its_page() -> None:
    """Given as a prediction, gold gets full marks: it says nothing that the page does not."""
    scores = load("page_scores")
    for page, gold in gold_pages():
        text = page.read_text(encoding="utf-8")
        assert set(figures(scores.score_page(gold, gold["articles"], text)).values()) == {1.0}, page
        letters = scores.fold(text)
        for article in gold["articles"]:
            for piece in (article["title"], article["subtitle"], *article["subheads"]):
                assert scores.fold(piece) in letters, piece


def test_sample_pages_are_read() -> None:
    """Their damages leave most articles whole, and every kind is right."""
    total: Counter[str] = Counter()
    for page, gold in gold_pages():
        total += score(page.read_text(encoding="utf-8"), gold)
    found = figures(total)
    assert found["art_f1"] >= 0.85 and found["b3_f1"] >= 0.96
    assert found["by"] >= 0.9 and found["kind"] >= 0.98


def test_newcomer_sees_one_story_in_two_papers_with_their_numbers(digest: Digest) -> None:
    """「另见」 names the other paper; the households are quoted from both, and neither is called right."""
    (item,) = [
        item for item in digest.items if {one.paper for one in item.also} == {"涑水晚报"} and item.differing
    ]
    assert item.article.paper == "河汾日报" and item.tier == "summary"
    assert [[quote.span.text for quote in sides] for sides in item.differing] == [
        ["涉及居民9640户", "涉及居民9680户"]
    ]


def test_newcomer_sees_what_goes_on_from_the_day_before(digest: Digest) -> None:
    """「续」 leads back to the 18th, for the children's club with a summary of its own."""
    followed = {item.article.title: item for item in digest.items if item.previous}
    back = {item.previous.title for item in followed.values() if item.previous}
    assert back == {'平陆给社区托管班立下"十条规矩"', "三湾湿地越冬白天鹅超过2000只"}
    assert any(item.tier == "summary" for item in followed.values())
    assert {item.previous.day for item in followed.values() if item.previous} == {date(2026, 11, 18)}


def test_newcomer_sees_what_is_of_use_today(digest: Digest) -> None:
    """The practical block draws on both papers."""
    told = {quote.article_id for quote in digest.practical}
    papers = {item.article.paper for item in digest.items if item.article.id in told}
    assert papers == {"河汾日报", "涑水晚报"}


def test_story_goes_over_two_pages_of_a_paper(digest: Digest) -> None:
    """下转 on one page, 上接 on the next: one item, both pieces kept."""
    (item,) = [item for item in digest.items if any("蒲剧" in one.title for one in item.articles)]
    assert {one.page for one in item.articles} == {1, 2}
