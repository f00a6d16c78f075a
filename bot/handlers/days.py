"""A day as a reader types it: 今天, 昨天, 8月5日, 2024-08-05, 20240805, 8-5, 5日; pure."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

_RELATIVE = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "大前天": 3}
_FORMS = (
    re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<day>\d{1,2})[日号]"),
)


def read_day(text: str, *, today: date) -> date | None:
    """The day meant, the latest one not after `today` where the year or month is left out; None when it is none."""
    text = (
        "".join(text.split()).translate(str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")).lower()
    )
    if text in _RELATIVE:
        return today - timedelta(days=_RELATIVE[text])
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        given = {name: int(value) for name, value in found.groupdict().items()}
        if "year" in given:
            return _date(given["year"], given["month"], given["day"])
        if "month" in given:
            years = (today.year, today.year - 1, today.year - 2, today.year - 3, today.year - 4)
            days = [_date(year, given["month"], given["day"]) for year in years]
        else:
            past = (today - timedelta(days=back) for back in range(62))
            days = [day for day in past if day.day == given["day"]]
        return next((day for day in days if day and day <= today), None)
    return None


def read_coming_day(text: str, *, today: date) -> date | None:
    """The day meant, the first one after `today` where the year or month is left out; None when it is none."""
    text = (
        "".join(text.split()).translate(str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")).lower()
    )
    if text in ("明天", "tomorrow"):
        return today + timedelta(days=1)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        given = {name: int(value) for name, value in found.groupdict().items()}
        days = (today + timedelta(days=distance) for distance in range(1, 367))
        return next(
            (day for day in days if all(getattr(day, name) == value for name, value in given.items())),
            None,
        )
    return None


def _date(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None
