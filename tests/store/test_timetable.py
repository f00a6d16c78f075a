"""store/timetable.py: local hours become instants; days are neither skipped nor doubled."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest

from store import timetable
from store.models import Slot, Timetable


def at(text: str) -> datetime:
    """A UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utc(table: Timetable, day: str) -> list[str]:
    """The instants of a local day."""
    return [f"{slot.at:%m-%dT%H:%M}" for slot in timetable.slots(table, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("zone", "hour", "day", "expected"),
    [
        ("Asia/Shanghai", time(7, 30), "2026-03-10", "03-09T23:30"),
        ("Asia/Beirut", time(0, 0), "2026-03-29", "03-28T22:00"),  # midnight does not exist: 01:00
        ("America/Santiago", time(0, 30), "2026-09-06", "09-06T04:30"),  # 00:30 does not exist: 01:30
        ("Africa/Cairo", time(0, 0), "2026-04-24", "04-23T22:00"),
        ("Australia/Lord_Howe", time(2, 15), "2026-10-04", "10-03T15:45"),  # a gap of half an hour: 02:45
        ("Australia/Lord_Howe", time(1, 45), "2026-04-05", "04-04T14:45"),  # comes twice: the first
        ("Europe/Berlin", time(2, 30), "2026-03-29", "03-29T01:30"),
        ("Europe/Berlin", time(2, 30), "2026-10-25", "10-25T00:30"),
        ("Asia/Kathmandu", time(6, 0), "2026-01-01", "01-01T00:15"),
    ],
)
def test_hour_at_a_change_of_clocks_is_one_instant(zone: str, hour: time, day: str, expected: str) -> None:
    """Gaps move forward, folds count once."""
    assert utc(Timetable(zone, (hour,)), day) == [expected]


def test_day_that_does_not_exist_has_no_digest() -> None:
    """Samoa went from Thursday 2011-12-29 to Saturday 2011-12-31."""
    table = Timetable("Pacific/Apia", (time(7),))
    assert utc(table, "2011-12-30") == []
    assert len(utc(table, "2011-12-29")) == len(utc(table, "2011-12-31")) == 1


def test_workdays_follow_the_statutory_calendar() -> None:
    """National Day 2025 is off, the Sunday worked for it is on."""
    assert not timetable.is_workday(date(2025, 10, 1))
    assert timetable.is_workday(date(2025, 9, 28))


def test_workdays_beyond_the_calendar_are_weekdays_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """The data end at a year; the reader still gets digests, the operator is told once."""
    timetable.is_workday.cache_clear()
    timetable._tell_once.cache_clear()
    with caplog.at_level(logging.WARNING):
        days = [timetable.is_workday(date(2099, 10, day)) for day in range(1, 8)]
    assert days == [True, True, False, False, True, True, True]
    assert len(caplog.records) == 1


def test_chosen_days_without_a_day_promise_nothing() -> None:
    """Nothing chosen: no promise, and no endless search."""
    table = Timetable(days="chosen", weekdays=())
    assert timetable.following(table, at("2026-03-10T00:00"), done_day=None, done_count=0) is None


def test_pause_ends_on_its_day() -> None:
    """`paused_until` is the first day with a digest again."""
    table = Timetable(paused_until=date(2026, 5, 1))
    slot = timetable.following(table, at("2026-03-10T00:00"), done_day=None, done_count=0)
    assert slot is not None and slot.day == date(2026, 5, 1)


def test_unknown_zone_falls_back_to_the_papers_own() -> None:
    """A name that left the zone data costs nobody the digest."""
    assert utc(Timetable("Mars/Olympus", (time(7, 30),)), "2026-03-10") == ["03-09T23:30"]


# --- settings changed at 10:00 in Shanghai (02:00 UTC), today's digest of 07:30 sent or not ---------------------------

TEN = at("2026-03-10T02:00")
TODAY = date(2026, 3, 10)
MORNING = Timetable(hours=(time(7, 30),))


def changed(new: Timetable, *, pending: Slot | None, done: tuple[date, int] | None) -> str:
    """The new promise as local day and UTC instant."""
    slot = timetable.rescheduled(
        new, TEN, pending=pending, done_day=done[0] if done else None, done_count=done[1] if done else 0
    )
    return f"{slot.day:%d} {slot.at:%dT%H:%M}" if slot else "none"


TOMORROW_MORNING = Slot(date(2026, 3, 11), 0, at("2026-03-10T23:30"))
EVENING = Slot(TODAY, 0, at("2026-03-10T12:00"))


def test_later_hour_after_todays_digest_is_for_tomorrow() -> None:
    """Not twice today."""
    assert changed(Timetable(hours=(time(20),)), pending=TOMORROW_MORNING, done=(TODAY, 1)) == "11 11T12:00"


def test_earlier_hour_before_todays_digest_sends_it_at_once() -> None:
    """It was promised for 20:00; moved to 07:30, which has gone by: now, not tomorrow."""
    assert changed(MORNING, pending=EVENING, done=(date(2026, 3, 9), 1)) == "10 10T02:00"


def test_second_hour_added_fires_today() -> None:
    """07:30 was sent, 18:00 is added."""
    table = Timetable(hours=(time(7, 30), time(18)))
    assert changed(table, pending=TOMORROW_MORNING, done=(TODAY, 1)) == "10 10T10:00"


def test_past_hour_added_is_not_made_up_for_when_another_comes() -> None:
    """20:00 was promised, 07:30 is added at 10:00: 20:00 stays, nothing rings now."""
    table = Timetable(hours=(time(7, 30), time(20)))
    assert changed(table, pending=EVENING, done=(date(2026, 3, 9), 1)) == "10 10T12:00"


def test_promise_already_due_stays_due() -> None:
    """The tick had not come yet when the length was changed."""
    due = Slot(TODAY, 0, TEN - timedelta(seconds=20))
    assert changed(MORNING, pending=due, done=(date(2026, 3, 9), 1)) == "10 10T01:59"


def test_zone_to_the_west_does_not_double_the_day() -> None:
    """Shanghai's digest of the 10th was sent; in New York it is still the 9th: the next one is the 11th's."""
    table = Timetable("America/New_York", (time(7, 30),))
    assert changed(table, pending=TOMORROW_MORNING, done=(TODAY, 1)) == "11 11T11:30"


def test_zone_to_the_east_does_not_skip_the_day() -> None:
    """New York's digest of the 9th was sent, its 10th comes at 07:30; in Shanghai that has gone by: now."""
    pending = Slot(TODAY, 0, at("2026-03-10T11:30"))
    assert changed(MORNING, pending=pending, done=(date(2026, 3, 9), 1)) == "10 10T02:00"


def test_new_subscriber_who_moves_the_hour_to_tonight_is_served_tonight() -> None:
    """Subscribed after 07:30, nothing sent yet: 20:00 is today's."""
    assert changed(Timetable(hours=(time(20),)), pending=TOMORROW_MORNING, done=None) == "10 10T12:00"


def test_new_subscriber_who_changes_other_settings_is_not_rung_at_once() -> None:
    """07:30 had gone by when they subscribed; it stays tomorrow's."""
    assert changed(MORNING, pending=TOMORROW_MORNING, done=None) == "11 10T23:30"
