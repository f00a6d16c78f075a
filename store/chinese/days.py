"""Days as people type and print them: 今天, 大前天, 8月5日, 2024-08-05, 20240805, 8-5, 5日, 周三, 18 Nov; pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.chinese.characters import TYPED

FROM_TODAY = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
"""How far from today a word for a day is, by what stands before its 天 or 日."""
_ENGLISH = {"today": 0, "yesterday": -1, "tomorrow": 1}
_FORMS = (
    re.compile(r"(?P<year>\d{4})[-./年](?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})[-./月](?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<day>\d{1,2})[日号]"),
)
WEEKDAYS = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6}
"""Monday is 0."""
_WEEKDAY = re.compile(r"(?P<which>上)?(?:本|这)?(?:个)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_NAMED = re.compile(rf"(?P<day>\d{{1,2}})(?P<before>{_MONTH})|(?P<after>{_MONTH})(?P<later>\d{{1,2}})")
_YEARS_BACK = 4
"""29 February is looked for as far back as a leap year."""


def make(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def named(text: str, *, today: date) -> date | None:
    """今天, 昨日, 大前天, yesterday … as a day; None for what is no such word."""
    stem = text[:-1] if text[-1:] in ("天", "日") else ""
    distance = FROM_TODAY.get(stem, _ENGLISH.get(text))
    return None if distance is None else today + timedelta(days=distance)


def read(text: str, *, today: date, coming: bool = False) -> date | None:
    """The day somebody typed; None when it is none.

    Where the year or month is left out it is the latest such day not after `today`; with `coming` the first one after.
    """
    text = "".join(text.split()).translate(TYPED).lower()
    word = named(text, today=today)
    if word is not None:
        return word if (word > today) == coming else None
    weekday = None if coming else _WEEKDAY.fullmatch(text)
    if weekday:
        number = WEEKDAYS[weekday["day"]]
        if weekday["which"]:
            return today - timedelta(days=today.weekday() + 7 - number)
        return today - timedelta(days=(today.weekday() - number) % 7)
    english = _MONTH_NAMED.fullmatch(text)
    if english:
        month = _MONTHS.index((english["before"] or english["after"])[:3]) + 1
        text = f"{month}-{english['day'] or english['later']}"
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        given = {name: int(value) for name, value in found.groupdict().items()}
        if "year" in given and not coming:
            return make(given["year"], given["month"], given["day"])
        if coming:
            return _first(given, today + timedelta(days=1))
        if "month" in given:
            years = (today.year - back for back in range(_YEARS_BACK + 1))
            days = (make(year, given["month"], given["day"]) for year in years)
            return next((day for day in days if day and day <= today), None)
        return next(
            (day for back in range(62) if (day := today - timedelta(days=back)).day == given["day"]), None
        )
    return None


def _first(given: dict[str, int], start: date) -> date | None:
    """The first day of a year from `start` on that is as given."""
    days = (start + timedelta(days=ahead) for ahead in range(366))
    return next(
        (day for day in days if all(getattr(day, name) == value for name, value in given.items())), None
    )
