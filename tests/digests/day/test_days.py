"""Days named in a piece of text."""

from __future__ import annotations

from datetime import date

import pytest

from digests.day.days import named


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7月14日上午", [date(2024, 7, 14)]),
        ("13日，专家来到镇上", [date(2024, 7, 13)]),
        ("2023年5月1日", [date(2023, 5, 1)]),
        ("昨天上午", [date(2024, 7, 14)]),
        ("从7月13日到15日", [date(2024, 7, 13), date(2024, 7, 15)]),
        ("明日起", [date(2024, 7, 16)]),
        ("乘10号线到3号楼", []),
        ("2月30日", []),
        ("近日", []),
    ],
)
def test_named_days(text: str, days: list[date]) -> None:
    """With and without month and year, or by 昨天; lines and buildings are no days."""
    assert named(text, date(2024, 7, 15)) == days


def test_day_without_year_is_the_nearest() -> None:
    """A December paper announces January; a January paper reports December."""
    assert named("1月5日起", date(2024, 12, 28)) == [date(2025, 1, 5)]
    assert named("12月28日", date(2025, 1, 3)) == [date(2024, 12, 28)]
