"""Subscribers and their settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Literal

Length = Literal["titles", "summaries", "detailed"]
Order = Literal["importance", "place", "paper"]
Days = Literal["every", "weekdays", "workdays", "chosen"]
Late = Literal["next", "edit"]
Language = Literal["zh", "zh-hant", "en"]

TRADITIONAL: Language = "zh-hant"
"""Chinese in traditional characters."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The settings that decide what a digest says: equal profiles share one digest.

    `papers` empty means all. `places` are the reader's own, their items come first. `follows` and `mutes` are
    rules in their canonical text (store/rules.py). `only_matching` leaves out all that no follow or place matches.
    """

    papers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    mutes: tuple[str, ...] = ()
    length: Length = "summaries"
    order: Order = "importance"
    only_matching: bool = False

    @property
    def key(self) -> str:
        """Equal for equal profiles, whatever the order in which things were added."""
        normal = {
            name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }
        return hashlib.sha256(json.dumps(normal, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[
            :16
        ]


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a subscriber wants the digest, in local time of `time_zone` (an IANA name).

    `weekdays` counts for days == "chosen": 0 is Monday. Quiet hours are half-open; start == end means none.
    """

    time_zone: str = "Asia/Shanghai"
    hours: tuple[time, ...] = (time(7, 30),)
    days: Days = "every"
    weekdays: tuple[int, ...] = ()
    weekly: bool = False
    quiet_from: time = time(0)
    quiet_upto: time = time(0)
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that asked for digests (or merely spoke to the bot: `active` is False).

    `delivered_upto` is the article id up to which everything wanted has been put into a digest; `next_due_at` is
    UTC, None while nothing is due. `language` is "zh", "zh-hant" (Chinese in traditional characters) or "en". `reached` is False after Telegram said that the chat
    cannot be reached (blocked, deleted), until it speaks again.
    """

    id: int
    chat_id: int
    language: str = "zh"
    active: bool = False
    reached: bool = True
    silent: bool = False
    late: Late = "next"
    profile: Profile = field(default_factory=Profile)
    timetable: Timetable = field(default_factory=Timetable)
    delivered_upto: int = 0
    next_due_at: datetime | None = None
    subscribed_at: datetime | None = None
