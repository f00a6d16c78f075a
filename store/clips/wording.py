"""What somebody wants clipped, as typed: 夏县 上周 → the rule 夏县, and the days; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from store import rules
from store.search.periods import Period, period

USUAL_DAYS = 7
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule in its canonical text (store/rules.py), "" where only days were named; first and last day."""

    rule: str
    first: date
    last: date


def understand(text: str, *, today: date) -> Wanted:
    """The rule and the days; without days the last seven. Raises InvalidRule.

    The days stand before or behind the rule. A period longer than a year is cut to its last year.
    """
    words = text.split()
    found: Period | None = None
    for taken in (2, 1):  # "last week" is two words
        for rest, named in ((words[:-taken], words[-taken:]), (words[taken:], words[:taken])):
            if found is None and len(words) >= taken:
                found = _days("".join(named), today)
                if found is not None:
                    words = rest
    first, last = found or (today - timedelta(days=USUAL_DAYS - 1), today)
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    return Wanted(rules.parse(" ".join(words)).text if words else "", first, last)


def _days(text: str, today: date) -> Period | None:
    """The period a word names; a bare number is none, it may be a telephone number or a year in a name."""
    if text.isdigit():
        return None
    found = period(text.lower(), today=today)
    if found is None or found[0] > today:
        return None
    return found[0], min(found[1], today)
