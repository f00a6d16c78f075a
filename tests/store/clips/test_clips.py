"""Clippings: what is asked, what is collected and in which order, what stands in the files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest

from store.clips import collect, to_csv, to_docx, understand
from store.clips.collecting import is_front
from store.database import Store
from store.errors import InvalidRule
from tests.bot.builders import DAY, add_page, article, fill, parsed

COLUMNS = ("日期", "报纸", "版", "标题", "记者")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Two days of the paper, and an older page."""
    with Store() as opened:
        fill(opened)
        add_page(
            opened, DAY - timedelta(days=40), 1, parsed("渡口旧事", "芮城的渡口有百年了。", place="芮城县")
        )
        yield opened


@pytest.mark.parametrize(
    ("text", "rule", "first", "last"),
    [
        ("夏县", "夏县", date(2026, 2, 27), DAY),
        ("夏县 上周", "夏县", date(2026, 2, 23), date(2026, 3, 1)),
        ("上周 夏县", "夏县", date(2026, 2, 23), date(2026, 3, 1)),
        ("夏县 last week", "夏县", date(2026, 2, 23), date(2026, 3, 1)),
        ("夏县 11月", "夏县", date(2025, 11, 1), date(2025, 11, 30)),
        ("夏县 本周", "夏县", date(2026, 3, 2), DAY),
        ("夏县 昨天", "夏县", date(2026, 3, 4), date(2026, 3, 4)),
        ("供热|暖气 -锅炉 2026-02-01..2026-02-10", "供热|暖气 -锅炉", date(2026, 2, 1), date(2026, 2, 10)),
        ("夏县 2020-01-01..2026-03-01", "夏县", date(2025, 3, 1), date(2026, 3, 1)),
        ("上周", "", date(2026, 2, 23), date(2026, 3, 1)),
        ("", "", date(2026, 2, 27), DAY),
        ("夏县 120", "120 夏县", date(2026, 2, 27), DAY),
    ],
)
def test_what_was_asked(text: str, rule: str, first: date, last: date) -> None:
    """Days before or behind, none for the last seven, a year at most, nothing after today."""
    wanted = understand(text, today=DAY)
    assert (wanted.rule, wanted.first, wanted.last) == (rule, first, last)


def test_only_unwanted_words_are_no_rule() -> None:
    """As for /follow."""
    with pytest.raises(InvalidRule):
        understand("-培训 上周", today=DAY)


def test_collected_in_the_order_of_printing(store: Store) -> None:
    """By day, page and position; both days count; nothing outside them."""
    found = collect(store.articles, "芮城县", first=DAY - timedelta(days=1), last=DAY)
    assert [one.title for one in found.articles] == [
        "柳林渡口新桥昨日合龙",
        "柳林渡口新桥通车",
        "老街理发店守了四十年",
    ]
    assert found.papers == (("汾北日报", 3),) and found.front_pages == 2
    alone = collect(store.articles, "芮城县", first=DAY, last=DAY)
    assert len(alone.articles) == 2
    everything = collect(store.articles, "芮城县", first=DAY - timedelta(days=365), last=DAY)
    assert everything.articles[0].title == "渡口旧事" and len(everything.articles) == 4


def test_a_photo_of_an_article_is_not_counted_beside_it() -> None:
    """One story in the paper is one clipping; a picture of its own is one as well."""

    class Shelf:
        def printed(self, first: date, last: date) -> list[object]:
            return [article(1), article(2, kind="photo", photo_of=1), article(3, kind="photo")]

    found = collect(Shelf(), "柳林", first=DAY, last=DAY)  # type: ignore[arg-type]
    assert [one.id for one in found.articles] == [1, 3]


@pytest.mark.parametrize(
    ("label", "number", "front"),
    [
        ("", 1, True),
        ("A01", 1, True),
        ("01", 1, True),
        ("B1", 5, True),
        ("", 11, False),
        ("A11", 11, False),
        ("", 0, False),
    ],
)
def test_front_page(label: str, number: int, front: bool) -> None:
    """1, 01 and A01 are; 11 is not."""
    assert is_front(article(page=number, label=label)) is front


def test_csv_has_a_row_an_article_and_starts_no_formula(store: Store) -> None:
    """Excel reads it as UTF-8; a headline that begins with = stays text."""
    found = collect(store.articles, "芮城县", first=DAY, last=DAY)
    odd = replace(found.articles[0], title="=1+1 的学问")
    content = to_csv(replace(found, articles=(odd, *found.articles[1:])))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == ["'=1+1 的学问", "老街理发店守了四十年"]
    assert (rows[0]["date"], rows[0]["page"], rows[0]["front"], rows[0]["reporters"]) == (
        "2026-03-05",
        "1",
        "1",
        "邵一鸣",
    )


def test_docx_has_the_list_and_every_article_as_printed(store: Store) -> None:
    """Heading, counts, table, then headline, source and paragraphs; control characters do not break it."""
    found = collect(store.articles, "芮城县", first=DAY, last=DAY)
    odd = replace(found.articles[0], title="新桥\x00通车\ud800", subheads=(("一天早上", 1),))
    content = to_docx(
        replace(found, articles=(odd, *found.articles[1:])),
        heading="芮城县 见报",
        summary="2篇",
        columns=COLUMNS,
    )
    document = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["芮城县 见报", "2篇", "新桥通车"]
    assert texts[3].startswith("《汾北日报》2026-03-05 1版")
    assert texts[4:7] == ["柳林渡口新桥三月五日通车。", "一天早上", "过桥只要两分钟，少走十一公里。"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == list(COLUMNS) and len(table.rows) == 3
