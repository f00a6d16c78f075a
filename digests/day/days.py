"""The single days a sentence names, 昨天 and a bare 13日 included; pure.

`Article.dates` (store/places/dates.py) has the dates as printed over a whole article; here it is asked of any piece of
text whether what it tells lies ahead, and whether two articles tell of one day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from store.chinese import days

_NAMED = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})[日号](?![线楼院店机馆车])"
    r"|(?P<word>前天|昨[天日晚夜]|今[天日晚早]|今起|明[天日晚]|后天)"
)
_HALF_YEAR = timedelta(days=183)


def named(text: str, printed: date) -> list[date]:
    """The days named in a text of the paper of `printed`; without a year, the year that brings them nearest."""
    found: list[date] = []
    month = 0
    for day in _NAMED.finditer(text):
        if day["word"]:
            found.append(printed + timedelta(days=days.FROM_TODAY[day["word"][0]]))
            continue
        month = int(day["month"] or 0) or month or printed.month
        year = int(day["year"] or 0) or printed.year
        resolved = days.make(year, month, int(day["day"]))
        if resolved is not None and not day["year"]:
            for other in (
                days.make(year - 1, month, int(day["day"])),
                days.make(year + 1, month, int(day["day"])),
            ):
                if other is not None and abs(other - printed) < min(_HALF_YEAR, abs(resolved - printed)):
                    resolved = other
        if resolved is not None:
            found.append(resolved)
    return found
