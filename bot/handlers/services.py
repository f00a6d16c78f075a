"""What handlers are given: the database, the clock and the few settings that an operator chose.

`bot/app.py` puts one `Services` into `application.bot_data[SERVICES]`; handlers take it out with `services(context)`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar, cast

from telegram.ext import ContextTypes

from store.database import Store

SERVICES = "services"
"""The key in `application.bot_data`."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a handler needs beside the update itself.

    `open_store` opens a Store of its own for the calling thread; `clock` says now, aware. `admins` are Telegram user
    ids. `hour` and `time_zone` are what a new subscriber starts with; `alerts_a_day` caps 「立即提醒」 for one chat. `wake` tells delivery that the outbox has something new.
    """

    open_store: Callable[[], Store]
    clock: Callable[[], datetime]
    admins: frozenset[int] = frozenset()
    hour: time = time(7, 30)
    time_zone: str = "Asia/Shanghai"
    alerts_a_day: int = 3
    wake: Callable[[], None] = lambda: None

    async def ask(self, work: Callable[[Store], Answer]) -> Answer:
        """What `work` returns, done in a worker thread with its own Store, so that nobody else waits."""

        def run() -> Answer:
            with self.open_store() as store:
                return work(store)

        return await asyncio.to_thread(run)


def services(context: ContextTypes.DEFAULT_TYPE) -> Services:
    """The application's Services."""
    return cast(Services, cast(dict[str, Any], context.bot_data)[SERVICES])
