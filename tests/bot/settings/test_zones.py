"""Time zones by city."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.settings import zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("洛杉矶", "America/Los_Angeles"),
        ("伦敦", "Europe/London"),
        ("london", "Europe/London"),
        ("Lodnon", "Europe/London"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("我在东京", "Asia/Tokyo"),
        ("加德满都", "Asia/Kathmandu"),
        ("运城", "Asia/Shanghai"),
    ],
)
def test_a_city_finds_its_zone(text: str, zone: str) -> None:
    """Chinese and English, zone names, near misses."""
    assert zones.find(text)[0] == zone


def test_offsets_and_nonsense_find_nothing() -> None:
    """An offset knows no summer time."""
    assert zones.find("+08:00") == () and zones.find("") == () and zones.find("x" * 100) == ()


def test_every_named_zone_exists() -> None:
    """The table names IANA zones only, and all that is offered can be chosen."""
    for zone in (*zones.CITIES, *zones.COMMON):
        ZoneInfo(zone)
        assert zone in zones.names()


def test_zones_are_shown_with_their_offset_of_the_day() -> None:
    """Summer time and half hours."""
    winter, summer = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 5, tzinfo=UTC)
    assert zones.shown("Europe/Berlin", language="zh", now=winter) == "柏林（UTC+1）"
    assert zones.shown("Europe/Berlin", language="en", now=summer) == "Berlin (UTC+2)"
    assert zones.shown("Asia/Kathmandu", language="zh", now=winter) == "加德满都（UTC+5:45）"
    assert zones.shown("America/New_York", language="en", now=winter) == "New York (UTC-5)"
