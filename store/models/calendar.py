"""Dated notices: what readers can use or must know on a day to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

EventKind = Literal[
    "outage", "traffic", "jobs", "clinic", "talk", "show", "enrol", "money", "office", "notice"
]


@dataclass(frozen=True, slots=True)
class Found:
    """A notice as the text of an article gives it: `[start:end]` of the body's paragraph is the sentence as printed.

    `first` and `last` are the days it holds on (None: not said, or open); `expires` is the last day it is of use.
    `is_open` marks 「11月20日起」, which names no end. `deadline` marks what ends rather than happens (「截止」, 「前」).
    `weekdays` are 0 (Monday) to 6 for 「每周三」. `place` is a county or city, "" when none is named.
    `hours`, `price` and `phone` are as printed, `where` too; `score` says how much of when, where and how is told.
    """

    kind: EventKind
    first: date | None
    last: date | None
    expires: date
    is_open: bool
    deadline: bool
    weekdays: tuple[int, ...]
    hours: tuple[str, ...]
    what: str
    where: str
    place: str
    price: tuple[str, ...]
    phone: str
    paragraph: int
    start: int
    end: int
    text: str
    score: float

    def is_over(self, day: date) -> bool:
        """Whether it is of no use any more on that day."""
        return self.expires < day

    def nearest(self, day: date) -> date:
        """The day to list it under: when it begins, `day` itself while it lasts; a deadline under its last day."""
        if self.first is not None and self.first >= day:
            return self.first
        if self.last is not None and (self.deadline or self.first is None):
            return max(self.last, day)
        return day


@dataclass(frozen=True, slots=True)
class Event:
    """A notice of an article in the store, with where it was printed."""

    id: int
    article_id: int
    paper: str
    printed: date
    page: int
    title: str
    found: Found
