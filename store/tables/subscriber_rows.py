"""What a row of the subscribers table says: its timetable, its promise, its language; both ways."""

from __future__ import annotations

import sqlite3
from datetime import date, time
from functools import lru_cache
from typing import Any, cast

from store.instants import hour_text, to_instant
from store.models import Slot, Timetable
from store.models.subscribers import TRADITIONAL, Days
from store.timetable import HOURS_A_DAY

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIMETABLE_COLUMNS = (
    "subscribers.time_zone, subscribers.hour, subscribers.second_hour, subscribers.days, subscribers.weekdays,"
    " subscribers.weekly, subscribers.quiet_from, subscribers.quiet_upto, subscribers.paused_until"
)
"""What `timetable_of` reads, for queries that join other tables."""


def language_of(row: sqlite3.Row) -> str:
    """ "zh", "zh-hant" or "en", of a row with the columns language and traditional."""
    return TRADITIONAL if row["traditional"] else str(row["language"])


def language_values(language: str) -> dict[str, Any]:
    """Column → value, as `language_of` reads them back."""
    return {"language": "en" if language == "en" else "zh", "traditional": int(language == TRADITIONAL)}


def pending_slot(row: sqlite3.Row) -> Slot | None:
    """The promise that stands in a subscriber's row."""
    if row["promised_at"] is None or row["next_due_day"] is None:
        return None
    return Slot(
        date.fromisoformat(row["next_due_day"]), row["next_due_number"], to_instant(row["promised_at"])
    )


def timetable_of(row: sqlite3.Row) -> Timetable:
    """The timetable in a row that has TIMETABLE_COLUMNS."""
    return _cached_timetable(
        row["time_zone"],
        row["hour"],
        row["second_hour"],
        row["days"],
        row["weekdays"],
        row["weekly"],
        row["quiet_from"],
        row["quiet_upto"],
        row["paused_until"],
    )


def timetable_values(timetable: Timetable) -> dict[str, Any]:
    """Column → value, as `timetable_of` reads them back."""
    hours = sorted(set(timetable.hours))[:HOURS_A_DAY] or list(Timetable().hours)
    return {
        "time_zone": timetable.time_zone,
        "hour": hour_text(hours[0]),
        "second_hour": hour_text(hours[1]) if len(hours) > 1 else None,
        "days": timetable.days,
        "weekdays": " ".join(WEEKDAYS[day] for day in sorted(set(timetable.weekdays))),
        "weekly": int(timetable.weekly),
        "quiet_from": hour_text(timetable.quiet_from),
        "quiet_upto": hour_text(timetable.quiet_upto),
        "paused_until": timetable.paused_until.isoformat() if timetable.paused_until else None,
    }


@lru_cache(maxsize=4096)
def _cached_timetable(
    time_zone: str,
    hour: str,
    second_hour: str | None,
    days: str,
    weekdays: str,
    weekly: int,
    quiet_from: str,
    quiet_upto: str,
    paused_until: str | None,
) -> Timetable:
    return Timetable(
        time_zone=time_zone,
        hours=tuple(time.fromisoformat(text) for text in (hour, second_hour) if text),
        days=cast(Days, days),
        weekdays=tuple(WEEKDAYS.index(name) for name in weekdays.split()),
        weekly=bool(weekly),
        quiet_from=time.fromisoformat(quiet_from),
        quiet_upto=time.fromisoformat(quiet_upto),
        paused_until=date.fromisoformat(paused_until) if paused_until else None,
    )
