"""Fetching updates again and again, whatever Telegram answers; confirmed is what the inbox has kept.

python-telegram-bot's own polling confirms what is in memory, and ends for ever at a 401: a token that is revoked for an
hour would leave a bot that delivers again and hears nobody. Here a refused poll is trouble like any other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.updates.inbox import Inbox
from store.errors import StoreBusy, StoreError
from store.models.inbox import Arrived

log = logging.getLogger(__name__)

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
"""What Telegram answers to a token that is revoked (401) or malformed (404); the start has proved it good."""
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 1.0, 30.0
_BUSY_ROUNDS = 2
"""So often a locked database is tried again before readers are told that it is busy."""


class PollingRequest(HTTPXRequest):
    """For getUpdates only: a refused token is a NetworkError."""

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As HTTPXRequest's."""
        code, payload = await super().do_request(*args, **options)
        if code in _REFUSED:
            raise NetworkError("Telegram refuses the token")
        return code, payload


class Poller:
    """Long polling into an inbox. `allowed` are the kinds of updates wanted, `seconds` how long a poll is held open."""

    def __init__(self, bot: ExtBot[Any], inbox: Inbox, *, allowed: Sequence[str], seconds: int) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed = list(allowed)
        self._seconds = seconds
        self._offset = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to poll; a webhook that is set is taken away first."""
        self._task = asyncio.create_task(self._run(), name="polling")

    async def stop(self) -> None:
        """End at once: what was fetched and not kept is still with Telegram."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        wait, ready = _FIRST_WAIT_SECONDS, False
        while True:
            try:
                if not ready:
                    await self._bot.delete_webhook()
                    ready = True
                await self._fetch()
                wait = _FIRST_WAIT_SECONDS
                continue
            except RetryAfter as error:
                wait = error._retry_after.total_seconds() + 1
            except TelegramError as error:
                log.warning("updates cannot be fetched, tried again: %s", type(error).__name__)
            except StoreError as error:
                log.error("updates cannot be kept and stay with Telegram: %s", error)
            except Exception:  # the bot must go on listening whatever one poll brings
                log.exception("a poll failed")
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT_SECONDS)

    async def _fetch(self) -> None:
        # Not get_updates(): it writes what it cannot read into the log, words of readers and all.
        raw = await self._bot._post(
            "getUpdates",
            {"offset": self._offset or None, "timeout": self._seconds, "allowed_updates": self._allowed},
            read_timeout=self._seconds + 10.0,
        )
        updates = []
        for update in raw:
            try:
                updates.append(self._inbox.read(update))
            except (KeyError, TypeError, AttributeError) as error:
                log.warning("an update could not be read (%s)", type(error).__name__)
        if updates:
            await self._keep(updates)
        for update in raw:
            if isinstance(update, dict) and isinstance(update.get("update_id"), int):
                self._offset = update["update_id"] + 1

    async def _keep(self, updates: list[Arrived]) -> None:
        for round_ in range(_BUSY_ROUNDS):
            try:
                await self._inbox.keep(updates)
            except StoreBusy:
                log.error("updates cannot be kept: the database is locked; they stay with Telegram")
                if round_ + 1 < _BUSY_ROUNDS:
                    continue
            except StoreError as error:
                log.error("updates cannot be kept (%s); they are answered before they are confirmed", error)
            else:
                return
            break
        # The reader hears what is the matter, and searches go on where only writing is impossible.
        await self._inbox.pass_through(updates)
