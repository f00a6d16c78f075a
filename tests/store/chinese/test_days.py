"""store/chinese/days.py: days as readers type them."""

from __future__ import annotations

from datetime import date

import pytest

from store.chinese import days

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", TODAY),
        ("昨天", date(2026, 3, 4)),
        ("前天", date(2026, 3, 3)),
        ("大前天", date(2026, 3, 2)),
        ("yesterday", date(2026, 3, 4)),
        ("明天", None),
        ("2024-08-05", date(2024, 8, 5)),
        ("2024年8月5日", date(2024, 8, 5)),
        ("20240805", date(2024, 8, 5)),
        ("2024/8/5", date(2024, 8, 5)),
        ("8月5日", date(2025, 8, 5)),
        ("3月5号", TODAY),
        ("2-29", date(2024, 2, 29)),
        ("4日", date(2026, 3, 4)),
        ("28日", date(2026, 2, 28)),
        ("２０２４－０８－０５", date(2024, 8, 5)),
        ("2024-13-01", None),
        ("芮城", None),
        ("", None),
    ],
)
def test_days_are_read_backwards_from_today(text: str, day: date | None) -> None:
    """A month without a year is the last one."""
    assert days.read(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明天", date(2026, 3, 6)),
        ("后天", date(2026, 3, 7)),
        ("今天", None),
        ("4月1日", date(2026, 4, 1)),
        ("3月1日", date(2027, 3, 1)),
        ("10日", date(2026, 3, 10)),
        ("2026-05-01", date(2026, 5, 1)),
        ("2020-01-01", None),
        ("x", None),
    ],
)
def test_coming_days_are_read_forwards(text: str, day: date | None) -> None:
    """A pause ends in the future."""
    assert days.read(text, today=TODAY, coming=True) == day
