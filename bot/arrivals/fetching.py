"""Papers and the drop folder in the running bot: a recurring row a paper, in threads, and the operators told once."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import date, datetime

from apscheduler.triggers.interval import IntervalTrigger
from telegram import Bot
from telegram.error import TelegramError

from bot.arrivals.dropping import DropFolder
from bot.arrivals.morning import Morning, network_fetcher
from bot.config import SourcesConfig
from bot.schedule import Recurring
from bot.texts import say
from store.database import Store
from store.sources.records import Paper

log = logging.getLogger(__name__)

LOOK_SECONDS = 60
"""How often is asked whether a paper is due; what is due stands in rows."""
DROP_SECONDS = 20


class Fetching:
    """What fetches while the bot runs."""

    def __init__(
        self,
        config: SourcesConfig,
        open_store: Callable[[], Store],
        bot: Callable[[], Bot],
        admins: frozenset[int],
    ) -> None:
        self._config, self._open_store, self._bot, self._admins = config, open_store, bot, admins
        self._stopping = threading.Event()
        self.morning = Morning(config, network_fetcher(config, self._stopping))
        self._drop = DropFolder(config.drop) if config.drop else None

    def table(self) -> list[Recurring]:
        """A row a paper, and one for the drop folder."""
        rows = [self._row(paper) for paper in self._config.papers]
        if self._drop is not None:
            rows.append(
                Recurring(
                    "look into the drop folder",
                    self._look_into_drop,
                    IntervalTrigger(seconds=DROP_SECONDS),
                    missed="files wait where they lie",
                )
            )
        return rows

    def stop(self) -> None:
        """Let fetches end at their next pause; what was read is stored, the rest is asked for again after a restart."""
        self._stopping.set()

    def _row(self, paper: Paper) -> Recurring:
        async def look(now: datetime) -> None:
            await asyncio.to_thread(self._look, paper, now)
            await self._tell(now)

        return Recurring(
            f"fetch {paper.name}",
            look,
            IntervalTrigger(seconds=LOOK_SECONDS),
            missed="the paper is asked for at the next run, up to the last hour",
        )

    def _look(self, paper: Paper, now: datetime) -> None:
        with self._open_store() as store:
            self.morning.look(store, paper, now)

    async def _look_into_drop(self, now: datetime) -> None:
        def look() -> None:
            assert self._drop is not None
            if self._drop.folder.is_dir():
                with self._open_store() as store:
                    self._drop.look(store, now)

        await asyncio.to_thread(look)

    async def _tell(self, now: datetime) -> None:
        """Tell the operators what they do not know yet; noted once one of them has it."""

        def untold() -> list[tuple[str, str, str, str]]:
            with self._open_store() as store:
                return [
                    (paper.name, known.day.isoformat(), known.state, known.reason)
                    for paper, known in self.morning.troubles(store, now)
                ]

        for name, day, state, reason in await asyncio.to_thread(untold):
            log.error("%s %s: %s: %s", name, day, state, reason)
            key = "source_layout" if state == "layout" else "source_silent"
            text = say("zh", key, paper=name, day=day, reason=reason, hour=f"{self._config.last_hour:%H:%M}")
            reached = not self._admins
            for admin in sorted(self._admins):
                try:
                    await self._bot().send_message(admin, text, parse_mode="HTML")
                    reached = True
                except TelegramError as error:
                    log.warning("an operator was not reached: %s", type(error).__name__)
            if reached:
                await asyncio.to_thread(self._told, name, day, now)

    def _told(self, name: str, day: str, now: datetime) -> None:
        with self._open_store() as store:
            store.sources.tell(name, date.fromisoformat(day), now)
