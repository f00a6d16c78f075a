"""What a press in the settings does to a subscriber: pure.

A button says what shall be, not what shall change (「周三：要」, never 「周三：反过来」): pressed twice, from two phones, or
on a keyboard of last month, it does what is written on it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import cast, get_args

from bot.settings.zones import names
from store.chinese.characters import TYPED
from store.models.subscribers import Days, Language, Late, Length, Order, Profile, Subscriber, Timetable

MAX_PLACES = 20
MAX_PAPERS = 50
MAX_RULES = 50
MAX_PAUSE_DAYS = 366
HOURS = tuple(time(hour, minute) for hour in range(5, 24) for minute in (0, 30))


def apply(subscriber: Subscriber, key: str, value: str, *, today: date) -> Subscriber | None:
    """The subscriber with the setting, or None when there is no such setting or value."""
    profile, timetable = subscriber.profile, subscriber.timetable
    if key == "silent" and value in ("0", "1"):
        return replace(subscriber, silent=value == "1")
    if key == "language" and value in get_args(Language):
        return replace(subscriber, language=value)
    if key == "late" and value in get_args(Late):
        return replace(subscriber, late=cast(Late, value))
    changed = _profile(profile, key, value)
    if changed is not None:
        return replace(subscriber, profile=changed)
    times = _timetable(timetable, key, value, today)
    return None if times is None else replace(subscriber, timetable=times)


def _profile(profile: Profile, key: str, value: str) -> Profile | None:
    if key == "length" and value in get_args(Length):
        return replace(profile, length=cast(Length, value))
    if key == "order" and value in get_args(Order):
        return replace(profile, order=cast(Order, value))
    if key == "matching" and value in ("0", "1"):
        return replace(profile, only_matching=value == "1")
    if key == "papers" and value == "all":
        return replace(profile, papers=())
    if key in ("paper", "place"):
        name, _, wanted = value.rpartition("=")
        if not name or wanted not in ("0", "1"):
            return None
        if key == "paper":
            return replace(profile, papers=with_member(profile.papers, name, wanted == "1", MAX_PAPERS))
        return replace(profile, places=with_member(profile.places, name, wanted == "1", MAX_PLACES))
    return None


def with_member(members: tuple[str, ...], name: str, wanted: bool, most: int) -> tuple[str, ...]:
    """The members with or without the name; at most `most`."""
    if not wanted:
        return tuple(member for member in members if member != name)
    return members if name in members or len(members) >= most else (*members, name)


def _timetable(timetable: Timetable, key: str, value: str, today: date) -> Timetable | None:
    if key == "zone" and value in names():
        return replace(timetable, time_zone=value)
    if key in ("hour", "second"):
        return _hours(timetable, key, value)
    if key == "days" and value in get_args(Days):
        weekdays = timetable.weekdays or (0, 1, 2, 3, 4, 5, 6)
        return replace(timetable, days=cast(Days, value), weekdays=weekdays if value == "chosen" else ())
    if key == "weekday":
        return _weekday(timetable, value)
    if key == "weekly" and value in ("0", "1"):
        return replace(timetable, weekly=value == "1")
    if key == "quiet":
        span = read_span(value)
        return None if span is None else replace(timetable, quiet_from=span[0], quiet_upto=span[1])
    if key == "pause" and value.isascii() and value.isdigit() and int(value) <= MAX_PAUSE_DAYS:
        until = today + timedelta(days=int(value)) if int(value) else None
        return replace(timetable, paused_until=until)
    if key == "until":
        return _until(timetable, value, today)
    return None


def _until(timetable: Timetable, value: str, today: date) -> Timetable | None:
    try:
        until = date.fromisoformat(value)
    except ValueError:
        return None
    if until > today + timedelta(days=MAX_PAUSE_DAYS):
        return None
    return replace(timetable, paused_until=until if until > today else None)


def _hours(timetable: Timetable, key: str, value: str) -> Timetable | None:
    first, rest = timetable.hours[0], timetable.hours[1:]
    if key == "second" and value == "off":
        return replace(timetable, hours=(first,))
    hour = read_hour(value)
    if hour is None:
        return None
    hours = {hour, *rest} if key == "hour" else {first, hour}
    return replace(timetable, hours=tuple(sorted(hours)))


def _weekday(timetable: Timetable, value: str) -> Timetable | None:
    number, _, wanted = value.partition("=")
    if number not in tuple("0123456") or wanted not in ("0", "1"):
        return None
    days = set(timetable.weekdays) if timetable.days == "chosen" else set(range(7))
    days = days | {int(number)} if wanted == "1" else days - {int(number)}
    if not days:  # never a digest again is what /unsubscribe is for
        return timetable
    return replace(timetable, days="chosen", weekdays=tuple(sorted(days)))


def read_hour(text: str) -> time | None:
    """07:30, 7:30, 7.30, 730, 7点, 七点半, 六点三刻, 7点30分 and the like; full-width digits too."""
    text = text.strip().translate(TYPED)
    shift = 0
    found = re.match(r"(早上|上午|凌晨|早晨|中午|下午|晚上|傍晚)", text)
    if found:
        shift = 12 if found[1] in ("下午", "晚上", "傍晚") else 0
        text = text[found.end() :].strip()
    text = re.sub("[一二两三四五六七八九十]+(?=[点时分]|$)", lambda said: str(_number(said[0])), text)
    text = text.replace("一刻", "15").replace("三刻", "45").removesuffix("整").removesuffix("钟")
    found = re.fullmatch(r"(\d{1,2})(?:[:.时点](\d{2}|半)?分?)?|(\d{1,2})(\d{2})", text)
    if found is None:
        return None
    hour = int(found[1] or found[3])
    minute = 30 if found[2] == "半" else int(found[2] or found[4] or 0)
    if shift and hour < 12:
        hour += shift
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _number(said: str) -> int:
    """十一 → 11; 两 is 2."""
    digits = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"两": 2}
    tens, ten, ones = said.partition("十")
    if not ten:
        return digits.get(said, 0)
    return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)


def read_span(text: str) -> tuple[time, time] | None:
    """22:30-6:30 and the like; "off" and equal ends mean none."""
    if text == "off":
        return time(0), time(0)
    pieces = re.split(r"\s*(?:-|–|—|~|～|到|至)\s*", text.strip())
    if len(pieces) != 2:
        return None
    first, last = read_hour(pieces[0]), read_hour(pieces[1])
    return None if first is None or last is None else (first, last)
