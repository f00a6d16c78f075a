"""bot/delivery.py: planned, claimed, sent, marked; with a fake Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.delivery import Delivery
from bot.pace import Pace
from bot.planner import Planner
from store.database import Store
from store.models import Timetable
from tests.bot.fakes import (
    NOON,
    Clock,
    Composing,
    FakeTelegram,
    add_page,
    build,
    missed_line,
    opener,
    subscribe,
)

TODAY = date(2026, 3, 10)
AT_ONE = Timetable(hours=(time(13, 0),))


class World:
    """A database with a page, a clock, a fake Telegram; `delivery` as after a start."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.open = opener(folder)
        self.store = self.open()
        self.clock = Clock()
        self.telegram = FakeTelegram(self.clock)
        self.composing = Composing()
        self.options = options

    def subscribers(self, count: int, *, articles: int = 2, timetable: Timetable = AT_ONE) -> list[int]:
        """Chats 1 … count, due at 13:00; today's page has so many articles. Their subscriber ids."""
        add_page(self.store, TODAY, 1, [f"第{n}条" for n in range(1, articles + 1)], self.clock())
        return [
            subscribe(self.store, chat, self.clock(), timetable=timetable) for chat in range(1, count + 1)
        ]

    @asynccontextmanager
    async def delivery(self) -> AsyncIterator[Delivery]:
        """A delivery that started now, stopped at the end."""
        planner = Planner(
            build,
            self.composing,
            missed_line,
            lambda: "bot",
            self.options.pop("catch_up", timedelta(hours=12)),
        )
        pace = Pace(per_second=1e6, chat_interval=0, group_per_minute=0)
        delivery = Delivery(
            self.open, self.telegram, planner=planner, pace=pace, clock=self.clock, **self.options
        )  # type: ignore[arg-type]
        await delivery.start(self.clock(), sender=False)
        yield delivery
        await delivery.stop()

    async def round(self, delivery: Delivery) -> None:
        """One tick and all that can be sent now."""
        await delivery.tick(self.clock())
        await delivery.drain(patience=timedelta(0))

    def states(self) -> list[str]:
        """The states in the outbox, in order."""
        return [row["state"] for row in self.store.db.rows("SELECT state FROM outbox ORDER BY id")]


@pytest.fixture
def world(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose database is closed at the end."""
    world = World(tmp_path)
    yield world  # type: ignore[misc]
    world.store.close()


def once(error: BaseException) -> Callable[[int, str], BaseException | None]:
    """Trouble for the first call only."""
    left = [error]
    return lambda chat, text: left.pop() if left else None


async def test_digest_is_sent_at_its_hour_and_only_then(world: World) -> None:
    """Nothing at 12:59, one message at 13:00, none at the ticks after."""
    world.subscribers(3)
    async with world.delivery() as delivery:
        world.clock.move(minutes=59)
        await world.round(delivery)
        assert world.telegram.sent == []
        for _ in range(3):
            world.clock.move(minutes=1)
            await world.round(delivery)
    assert sorted(message.chat_id for message in world.telegram.sent) == [1, 2, 3]
    assert world.composing.calls == 1, "equal settings are composed once"
    assert world.states() == ["sent"] * 3
