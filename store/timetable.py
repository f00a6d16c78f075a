"""Local time → instants: which digests a timetable promises, and which of them comes next. Pure.

An hour that a change of clocks leaves out (gap) moves forward, an hour that comes twice (fold) counts once, a day
that does not exist has no digest. What to do with a promise that is late is bot/delivery/due.py's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

from store.models import Slot, Timetable

log = logging.getLogger(__name__)

HOME_ZONE = "Asia/Shanghai"
HOURS_A_DAY = 2
_HORIZON_DAYS = 400
"""How far ahead a digest is looked for: more than a year, for rules that leave out whole holidays."""
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The time zone, or the papers' own when the zone data no longer know the name: a late digest beats none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        log.warning("unknown time zone %r, using %s", name, HOME_ZONE)
        return ZoneInfo(HOME_ZONE)


def instant(day: date, hour: time, time_zone: str) -> datetime:
    """The UTC instant of a local hour. In a gap fold=0 reads the old offset, which moves the hour forward; in a fold
    it is the first of the two (PEP 495)."""
    return datetime.combine(day, hour.replace(tzinfo=None, fold=0), zone(time_zone)).astimezone(UTC)


def local_day(at: datetime, time_zone: str) -> date:
    """The calendar day it is at `at` in the time zone."""
    return at.astimezone(zone(time_zone)).date()


@lru_cache(maxsize=64)
def _tell_once(year: int) -> None:
    log.warning(
        "no calendar of Chinese holidays for %d: workdays are Monday to Friday; upgrade chinesecalendar", year
    )


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Whether it is a statutory working day in China; Monday to Friday where the calendar's data end."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        _tell_once(day.year)
        return day.weekday() < 5


def is_wanted(timetable: Timetable, day: date) -> bool:
    """Whether the timetable has digests on this local day. A pause ends on `paused_until`, which is a day of digests."""
    if timetable.paused_until is not None and day < timetable.paused_until:
        return False
    match timetable.days:
        case "every":
            return True
        case "weekdays":
            return day.weekday() < 5
        case "workdays":
            return is_workday(day)
        case "chosen":
            return day.weekday() in timetable.weekdays


def slots(timetable: Timetable, day: date) -> tuple[Slot, ...]:
    """The digests promised for a local day, in order; empty when there is none, or no such day."""
    if not is_wanted(timetable, day) or not _exists(day, timetable.time_zone):
        return ()
    hours = sorted({hour.replace(tzinfo=None) for hour in timetable.hours})[:HOURS_A_DAY]
    # Sorted once more: an hour that a gap moves forward (00:01 → 01:01) may come behind one that it did not (01:00).
    instants = sorted(instant(day, hour, timetable.time_zone) for hour in hours)
    return tuple(Slot(day, number, at) for number, at in enumerate(instants))


def _exists(day: date, time_zone: str) -> bool:
    """False for a day that was skipped whole, as 2011-12-30 in Samoa: it starts when the next day does."""
    return instant(day, time(0), time_zone) != instant(day + _ONE_DAY, time(0), time_zone)


def _from(timetable: Timetable, first: date) -> Iterator[Slot]:
    start = max(first, timetable.paused_until) if timetable.paused_until else first
    for distance in range(_HORIZON_DAYS):
        try:
            day = start + timedelta(days=distance)
        except OverflowError:
            return
        yield from slots(timetable, day)


def after(timetable: Timetable, slot: Slot) -> Slot | None:
    """The promise that follows `slot`, however long ago that was; None when no day is wanted."""
    return next((s for s in _from(timetable, slot.day) if (s.day, s.number) > (slot.day, slot.number)), None)


def following(timetable: Timetable, now: datetime, *, done_day: date | None, done_count: int) -> Slot | None:
    """The first promise after `now` that is not settled yet: `done_count` of `done_day`'s digests are, and all before."""
    done = (done_day or date.min, done_count if done_day else 0)
    start = local_day(now, timetable.time_zone) - _ONE_DAY
    return next((s for s in _from(timetable, start) if (s.day, s.number) >= done and s.at > now), None)


def rescheduled(
    timetable: Timetable,
    now: datetime,
    *,
    pending: Slot | None,
    done_day: date | None,
    done_count: int,
) -> Slot | None:
    """The next promise after settings were changed at `now`: today's digest is neither skipped nor doubled.

    `pending` is the promise that stood. What is already due stays due. A day without a digest so far, whose new hour
    has gone by, gets it at once. Hours already settled today are not repeated, and a past hour just added is not
    made up for when another is still to come.
    """
    today = local_day(now, timetable.time_zone)
    if (
        pending is not None
        and pending.at <= now
        and not (timetable.paused_until and today < timetable.paused_until)
    ):
        return pending
    if pending is not None and pending.day < today and not timetable.paused_until:
        return Slot(pending.day, HOURS_A_DAY - 1, now)  # moved east, where the promised day is over already
    upcoming = following(timetable, now, done_day=done_day, done_count=done_count)
    if upcoming is not None and upcoming.day <= today:
        return upcoming
    promised_today = pending is not None and pending.day <= today
    if promised_today and slots(timetable, today):
        return Slot(today, len(slots(timetable, today)) - 1, now)
    return upcoming
