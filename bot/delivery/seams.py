"""The seams of delivery: who builds a digest, who composes its messages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from store.database import Store
from store.models import Digest, Part, Profile
from store.models.subscribers import Length


class Builder(Protocol):
    """digests.day.builder.build_delivery."""

    def __call__(
        self, store: Store, *, profile: Profile, after: int, upto: int, day: date, now: datetime
    ) -> Digest: ...


class WeeklyBuilder(Protocol):
    """digests.day.builder.build_weekly."""

    def __call__(self, store: Store, profile: Profile, week_end_day: date, now: datetime) -> Digest: ...


class Composer(Protocol):
    """bot.messages.compose_digest."""

    def __call__(
        self, digest: Digest, *, language: str, length: Length, bot_username: str
    ) -> tuple[Part, ...]: ...


class MissedLine(Protocol):
    """bot.messages.missed.compose_missed: one line that says which days' digests were missed."""

    def __call__(self, days: tuple[date, ...], *, language: str) -> Part: ...
