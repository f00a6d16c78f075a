"""Days as readers type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.periods import bare_period, period, pieces

TODAY = date(2024, 8, 20)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-08", "2024-08-01", "2024-08-31"),
        ("2024年8月", "2024-08-01", "2024-08-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-8-5", "2024-08-05", "2024-08-05"),
        ("2024年8月5日", "2024-08-05", "2024-08-05"),
        ("20240805", "2024-08-05", "2024-08-05"),
        ("8月15日", "2024-08-15", "2024-08-15"),
        ("12月31日", "2023-12-31", "2023-12-31"),
        ("9月", "2023-09-01", "2023-09-30"),
        ("近7天", "2024-08-14", "2024-08-20"),
        ("最近三天", "2024-08-18", "2024-08-20"),
        ("近两周", "2024-08-07", "2024-08-20"),
        ("近1个月", "2024-07-22", "2024-08-20"),
        ("last7days", "2024-08-14", "2024-08-20"),
        ("今天", "2024-08-20", "2024-08-20"),
        ("昨天", "2024-08-19", "2024-08-19"),
        ("前天", "2024-08-18", "2024-08-18"),
        ("本周", "2024-08-19", "2024-08-25"),
        ("上周", "2024-08-12", "2024-08-18"),
        ("上月", "2024-07-01", "2024-07-31"),
        ("本月", "2024-08-01", "2024-08-31"),
        ("今年", "2024-01-01", "2024-12-31"),
        ("去年", "2023-01-01", "2023-12-31"),
        ("2024-07..2024-08", "2024-07-01", "2024-08-31"),
        ("2024-08..2024-07", "2024-07-01", "2024-08-31"),
        ("2024-07..", "2024-07-01", "2024-08-20"),
        ("..2024-07", "1900-01-01", "2024-07-31"),
    ],
)
def test_period_reads_days(text: str, first: str, last: str) -> None:
    """First and last day of what was typed."""
    assert period(text, today=TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "明日黄花", "2024-13", "2024-02-30", "13月", "近天", "近9999年", "..", "0000"]
)
def test_period_reads_nothing_into_other_words(text: str) -> None:
    """What is no date is None, never an error."""
    assert period(text, today=date(2, 3, 1)) is None


@pytest.mark.parametrize("text", ["今天", "8月", "2024", "2024-08", "去年", "昨天"])
def test_bare_words_stay_words(text: str) -> None:
    """Without a field name only what can hardly be meant as text is a date."""
    assert bare_period(text, today=TODAY) is None


@given(st.dates(date(2019, 1, 1), date(2026, 1, 1)), st.integers(0, 900))
def test_pieces_cover_the_period(first: date, length: int) -> None:
    """Months and days together are the period, without gaps or overlap."""
    last = date.fromordinal(first.toordinal() + length)
    days = []
    for unit, day in pieces((first, last)):
        whole = period(f"{day:%Y-%m}" if unit == "m" else day.isoformat(), today=TODAY)
        assert whole is not None
        days += range(whole[0].toordinal(), whole[1].toordinal() + 1)
    assert days == list(range(first.toordinal(), last.toordinal() + 1))
