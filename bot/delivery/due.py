"""A promise that has come, and now → what to do with it. Pure; instants of local hours are store/timetable.py's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from store.models import Slot, Timetable
from store.timetable import after, instant, local_day, zone

WAIT_FOR_PAGES = timedelta(minutes=10)
"""How often to look again while not one new page has come since the last digest."""

SETTLE = timedelta(seconds=90)
"""An edition is whole when no page has come for so long; reading a page takes seconds, a scanned one perhaps a minute."""
LONGEST_SETTLING = timedelta(minutes=15)
"""Readers wait no longer for an ingest that does not end."""
_ON_TIME = timedelta(hours=1)
"""What comes so soon after its hour may ring in quiet hours too: the reader chose the hour."""
_A_TICK = timedelta(minutes=1)
"""Room for the tick that comes after an instant (bot/schedule.py)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`send`: a digest for `slot`, which stands for the promises of all `days` gone by; `missed`: it is too late, say
    that those of `days` were missed. `following` is the next promise."""

    action: Literal["send", "missed"]
    slot: Slot
    following: Slot | None
    days: tuple[date, ...]


@lru_cache(maxsize=8192)
def decide(timetable: Timetable, promised: Slot, now: datetime, *, catch_up: timedelta) -> Decision:
    """What to do at `now` with a promise that has come. A digest later than `catch_up` is of no use any more."""
    gone_by = [promised]
    following = after(timetable, promised)
    while following is not None and following.at <= now:
        gone_by.append(following)
        following = after(timetable, following)
    latest = gone_by[-1]
    days = tuple(dict.fromkeys(slot.day for slot in gone_by))
    if now - latest.at <= catch_up:
        return Decision("send", latest, following, days)
    return Decision("missed", latest, following, days)


def look_again_at(
    slot: Slot, now: datetime, following: Slot | None, *, catch_up: timedelta
) -> datetime | None:
    """When to look again for a digest that has no page yet: soon, unless by then it is late or the next one is due."""
    again = now + WAIT_FOR_PAGES
    if again - slot.at > catch_up or (following is not None and again >= following.at):
        return None
    return again


def settles_at(
    slot: Slot,
    now: datetime,
    following: Slot | None,
    *,
    began_at: datetime,
    newest_at: datetime,
    settle: timedelta,
    catch_up: timedelta,
) -> datetime | None:
    """When to look again for a digest in the middle of an ingest; None: it is whole, or has waited long enough.

    The first of its articles came at `began_at`, the newest at `newest_at`. Never later than `LONGEST_SETTLING` after
    the hour (after `began_at`, where nothing was there at the hour), never too late to be of use.
    """
    age = now - newest_at
    if age >= settle or age < timedelta(0):  # from the future: a wrong clock, not an ingest
        return None
    latest = min(max(slot.at, min(began_at, now)) + LONGEST_SETTLING, slot.at + catch_up - _A_TICK)
    again = min(newest_at + settle, latest)
    if again <= now or (following is not None and again + _A_TICK >= following.at):
        return None
    return max(again, now + timedelta(seconds=1))  # instants are stored in milliseconds: never "now" again


def ends_week(slot: Slot, following: Slot | None) -> bool:
    """Whether a digest is the last of its week (Monday to Sunday): the weekly review comes with it."""
    return following is None or following.day.isocalendar()[:2] != slot.day.isocalendar()[:2]


def comes_silently(timetable: Timetable, promised_at: datetime, now: datetime) -> bool:
    """Whether what was promised for an instant makes no sound now: it is late, and the quiet hours are on."""
    return now - promised_at > _ON_TIME and is_quiet(timetable, now)


def is_quiet(timetable: Timetable, now: datetime) -> bool:
    """Whether the subscriber's quiet hours are on: half-open, over midnight if they end before they start."""
    start, end = timetable.quiet_from, timetable.quiet_upto
    local = now.astimezone(zone(timetable.time_zone)).time()
    if start == end:
        return False
    if start < end:
        return start <= local < end
    return local >= start or local < end


def quiet_end(timetable: Timetable, now: datetime) -> datetime:
    """The instant a message of `now` may ring: `now` itself, or the end of the quiet hours that are on."""
    if not is_quiet(timetable, now):
        return now
    today = local_day(now, timetable.time_zone)
    for day in (today, today + timedelta(days=1)):
        end = instant(day, timetable.quiet_upto, timetable.time_zone)
        if end > now:
            return end
    return now
