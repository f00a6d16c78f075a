"""What a reader types for days: 2024-08, 2024-07..2024-08, 8月15日, 近7天, 上周 → first and last day; pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from store.chinese import days
from store.chinese.characters import number

Period = tuple[date, date]

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?\Z")
_YEAR = re.compile(r"(\d{4})年?\Z")
_BARE_MONTH = re.compile(r"(\d{1,2})月\Z")
_LAST = re.compile(r"(?:最近|近|过去)(\d{1,4}|[一两二三四五六七八九十])(天|日|周|个?星期|个?月|年)\Z")
_ENGLISH_LAST = re.compile(r"last(\d{1,4})(days?|weeks?|months?)\Z")


def period(text: str, *, today: date) -> Period | None:
    """The days meant by the text of a date field, or None when it is no date.

    Either end of `..` may be missing. A month or day without a year is the last one that is not after today.
    """
    if ".." in text:
        first, _, last = text.partition("..")
        last = last.lstrip(".")
        if not first and not last:
            return None
        start = _single(first, today=today) if first else (date(1900, 1, 1), date.max)
        end = _single(last, today=today) if last else (date.min, today)
        if start is None or end is None:
            return None
        return (start[0], end[1]) if start[0] <= end[1] else (end[0], start[1])
    return _single(text, today=today)


def bare_period(text: str, *, today: date) -> Period | None:
    """As `period`, for a word without a field name: only 近7天, 上周 and the like, and ranges with `..`."""
    if ".." in text or _LAST.match(text) or text in ("上周", "本周", "上月", "本月", "上个月", "这周"):
        return period(text, today=today)
    return None


def _single(text: str, *, today: date) -> Period | None:
    named = _named(text, today)
    if named is not None:
        return named
    day = days.read(text, today=today)
    if day is not None:
        return day, day
    try:
        if found := _MONTH.match(text):
            return _month(int(found[1]), int(found[2]))
        if found := _YEAR.match(text):
            return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
        if found := _BARE_MONTH.match(text):
            month = int(found[1])
            return _month(today.year if month <= today.month else today.year - 1, month)
        if found := (_LAST.match(text) or _ENGLISH_LAST.match(text)):
            return _last(found[1], found[2], today)
    except (ValueError, OverflowError):
        return None
    return None


def _named(text: str, today: date) -> Period | None:
    monday = today - timedelta(days=today.weekday())
    before = today.replace(day=1) - timedelta(days=1)
    match text:
        case "本周" | "这周" | "thisweek":
            return monday, monday + timedelta(days=6)
        case "上周" | "lastweek":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        case "本月" | "这个月" | "thismonth":
            return _month(today.year, today.month)
        case "上月" | "上个月" | "lastmonth":
            return _month(before.year, before.month)
        case "今年" | "thisyear":
            return date(today.year, 1, 1), date(today.year, 12, 31)
        case "去年" | "lastyear":
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return None


def _month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _last(count: str, unit: str, today: date) -> Period:
    many = number(count)
    if unit.startswith(("周", "星期", "个星期", "week")):
        many *= 7
    elif unit.endswith("月") or unit.startswith("month"):
        many *= 30
    elif unit == "年":
        many *= 365
    return today - timedelta(days=max(many, 1) - 1), today


def pieces(period: Period) -> list[tuple[str, date]]:
    """The period as whole months ("m") and days ("d"), each with its first day."""
    first, last = period
    found: list[tuple[str, date]] = []
    day = first
    while day <= last:
        following = _month(day.year, day.month)[1]
        if day.day == 1 and following <= last:
            found.append(("m", day))
        else:
            found.append(("d", day))
            following = day
        if following == date.max:
            break
        day = following + timedelta(days=1)
    return found
