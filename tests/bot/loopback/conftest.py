"""A model with a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.loopback.model import BotApi


class Clock:
    """A clock that stands still until moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Go on by so many hours=, minutes=, ..."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    """Half past seven."""
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    """A Bot API where nobody has written yet."""
    return BotApi(clock=clock)
