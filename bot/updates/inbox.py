"""The inbox: nothing is confirmed to Telegram before it is a row, each row is answered, none twice.

Many chats at once, one update of a chat at a time. A chat waits for its place in the pace *before* its update is worked
on: so a chat that sends a hundred keeps nobody but itself waiting, and what a killed process had begun is what it was
just sending. Where the rows come from: bot/updates/polling.py, bot/updates/webhook.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import CallbackQuery, Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import Application

from bot import metrics
from bot.delivery.pace import Pace
from bot.delivery.storethread import StoreThread
from bot.texts import language_of, plain
from bot.updates.handling import HANDLING, Handling
from bot.updates.reading import read
from store.database import Store
from store.errors import StoreError
from store.models.inbox import Arrived, Kept
from store.tables.inbox import LONGEST_PUT_OFF

log = logging.getLogger(__name__)

AT_ONCE = 64
"""Chats in work at the same time."""
STOP_SECONDS = 5.0
"""How long an answer in work may take to finish at the end."""
_LOOK_SECONDS = 5.0
_MOST_TRIES = 5
"""An update that was in work at the end of so many processes may be what ended them."""
_TOLD_AFTER = timedelta(seconds=20)
_STORE_TROUBLE_SECONDS = 1.0

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Inbox:
    """Keeps updates and has them answered by `application`'s handlers; `pace` says when a chat may be answered."""

    def __init__(
        self,
        open_store: Callable[[], Store],
        application: AnyApplication,
        *,
        pace: Pace,
        clock: Callable[[], datetime],
    ) -> None:
        self._rows = StoreThread(open_store, "inbox")
        self._open_store = open_store
        self._application = application
        self._pace = pace
        self._clock = clock
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._tasks: dict[asyncio.Task[None], Kept] = {}
        self._not_begun: set[asyncio.Task[None]] = set()
        self._settled: list[int] = []
        self._loop: asyncio.Task[None] | None = None
        self._stopping = False
        self._trouble = ""

    @property
    def running(self) -> bool:
        """Whether updates are worked on."""
        return self._loop is not None and not self._stopping

    # --- life ----------------------------------------------------------------------------------------------------

    async def start(self, now: datetime, *, fresh: bool = False) -> int:
        """Take up what waits from before; how many. `fresh` forgets it instead. Raises StoreError."""

        def take_stock(store: Store) -> tuple[int, int]:
            if fresh:
                store.inbox.clear()
            return store.inbox.recover(now)

        waiting, doubtful = await self._rows.do(take_stock)
        if waiting:
            log.info("inbox: %d updates wait for an answer, %d were being answered", waiting, doubtful)
        self._loop = asyncio.create_task(self._run(), name="inbox")
        self._wake.set()
        return waiting

    async def stop(self, *, seconds: float = STOP_SECONDS) -> None:
        """Begin nothing more, let answers in work finish, write down which did. What waits stays in its rows."""
        self._stopping = True
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        for task in list(self._not_begun):
            task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            settled, now = list(self._settled), self._clock()
            await self._rows.do(lambda store: store.inbox.take(0, now, settled=settled))
        except StoreError as error:
            log.error("inbox: %d answered updates not written down: %s", len(self._settled), error)
        await self._rows.close()
        self._idle.set()

    async def join(self) -> None:
        """Return when nothing waits and nothing is in work."""
        await self._idle.wait()

    # --- what comes ----------------------------------------------------------------------------------------------

    def read(self, update: Mapping[str, Any]) -> Arrived:
        """An update as it is kept. Raises KeyError or TypeError where it is none."""
        return read(update, username=self._application.bot.username)

    async def keep(self, updates: Sequence[Arrived]) -> None:
        """Write them down; when this returns they may be confirmed. Raises StoreError."""
        now = self._clock()
        await self._rows.do(lambda store: store.inbox.keep(updates, now))
        self._idle.clear()  # a round that looked too early may have set it meanwhile
        self._wake.set()

    async def pass_through(self, updates: Sequence[Arrived]) -> None:
        """Work on updates that the database would not take, before they are confirmed: readers are told what is the matter."""
        chats: dict[int, list[Arrived]] = {}
        for one in updates:
            chats.setdefault(one.queue, []).append(one)

        async def each(waiting: list[Arrived]) -> None:
            for one in waiting:
                await self._work(Kept(0, one.queue, one.body, one.asks, "waiting", 1, 0))

        await asyncio.gather(*(each(waiting) for waiting in chats.values()))

    # --- working on it -------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            self._wake.clear()
            try:
                begun = await self._step()
            except StoreError as error:
                if str(error) != self._trouble:
                    log.error("inbox: cannot be written, tried again each second: %s", error)
                self._trouble = str(error)
                await asyncio.sleep(_STORE_TROUBLE_SECONDS)
                continue
            except Exception:  # the inbox must outlive whatever one round meets
                log.exception("inbox: a round failed")
                await asyncio.sleep(_STORE_TROUBLE_SECONDS)
                continue
            self._trouble = ""
            if not begun and not self._tasks and not self._settled and not self._wake.is_set():
                self._idle.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._wake.wait()

    async def _step(self) -> int:
        busy = [kept.queue for kept in self._tasks.values()]
        room, settled, now = AT_ONCE - len(busy), list(self._settled), self._clock()
        taken = await self._rows.do(lambda store: store.inbox.take(room, now, busy=busy, settled=settled))
        del self._settled[: len(settled)]
        for kept in taken:
            self._idle.clear()
            task = asyncio.create_task(self._row(kept), name=f"update {kept.id}")
            self._tasks[task] = kept
            task.add_done_callback(self._ended)
        return len(taken)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        self._not_begun.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("inbox: an update's work failed", exc_info=task.exception())
        self._wake.set()

    async def _row(self, kept: Kept) -> None:
        unanswered = await self._work(kept)
        if unanswered is None:
            return
        if kept.asks and kept.came_at is not None and not unanswered:
            metrics.ANSWERS.observe(max((self._clock() - kept.came_at).total_seconds(), 0.0))
        if unanswered and kept.tries < _MOST_TRIES:
            until = self._clock() + _TOLD_AFTER
            await self._rows.do(lambda store: store.inbox.put_off(kept.id, until, unanswered=True))
        else:
            self._settled.append(kept.id)

    async def _work(self, kept: Kept) -> bool | None:
        """Answer one update; True when the answer may not have arrived, None when it is put off untouched."""
        try:
            update = Update.de_json(json.loads(kept.body), self._application.bot)
        except Exception as error:  # whatever Telegram invents, the next update must be taken
            log.warning("inbox: an update could not be read (%s)", type(error).__name__)
            return False
        assert update is not None
        task = asyncio.current_task()
        assert task is not None
        if kept.asks:
            self._not_begun.add(task)
            try:
                await self._pace.turn(kept.queue)
            except RetryAfter as error:  # a chat that Telegram will not have answered for a while
                if not kept.id:
                    return False
                wait = min(error._retry_after, LONGEST_PUT_OFF)
                until = self._clock() + wait
                await self._rows.do(lambda store: store.inbox.put_off(kept.id, until))
                return None
            finally:
                self._not_begun.discard(task)
        if kept.state != "waiting" or kept.tries > _MOST_TRIES:
            return await self._told(kept, update)
        handling = Handling(kept.id)
        HANDLING.set(handling)
        await self._application.process_update(update)
        return handling.unanswered

    async def _told(self, kept: Kept, update: Update) -> bool:
        """One sentence in the place of an answer; True when that did not arrive either."""
        language = await asyncio.to_thread(self._language, kept.queue, update)
        if kept.state == "flooded":
            text = plain(language, "inbox_flooded", count=kept.dropped)
        elif kept.state in ("unanswered", "answering"):
            text = plain(language, "inbox_unanswered")
        else:
            log.error(
                "inbox: an update was given up, for it was in work at the end of %d processes", kept.tries - 1
            )
            text = plain(language, "failed")
        query: CallbackQuery | None = update.callback_query
        try:
            if query is not None and kept.state != "flooded":
                await query.answer(text, show_alert=True)
            elif update.effective_chat is not None:
                await update.effective_chat.send_message(text)
        except (Forbidden, BadRequest):
            return False
        except TelegramError as error:
            log.info("inbox: a chat could not be told (%s)", type(error).__name__)
            return True
        return False

    def _language(self, chat_id: int, update: Update) -> str:
        with suppress(StoreError), self._open_store() as store:
            known = store.subscribers.by_chat(chat_id)
            if known is not None:
                return known.language
        return language_of(update.effective_user.language_code if update.effective_user else None)
