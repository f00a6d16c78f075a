"""A database with readers, a clock and a fake Telegram: what the tests of delivery share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from bot.delivery.pace import Pace
from bot.delivery.planner import Planner
from bot.delivery.sender import Delivery
from store.models import Timetable
from tests.bot.fakes import (
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
        self.catch_up = timedelta(hours=12)
        self.build_weekly: Any = None
        self.doubt_line: Any = None
        self.settle = timedelta(0)

    def subscribers(self, count: int, *, articles: int = 2, timetable: Timetable = AT_ONE) -> list[int]:
        """Chats 1 … count, due at 13:00; today's page has so many articles. Their subscriber ids."""
        add_page(self.store, TODAY, 1, [f"第{n}条" for n in range(1, articles + 1)], self.clock())
        with self.store.transaction():
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
            self.catch_up,
            build_weekly=self.build_weekly,
            settle=self.settle,
            doubt_line=self.doubt_line,
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


def once(error: BaseException) -> Callable[[int, str], BaseException | None]:
    """Trouble for the first call only."""
    left = [error]
    return lambda chat, text: left.pop() if left else None
