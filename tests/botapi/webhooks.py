"""Posting updates to a webhook, as Telegram does: one at a time, repeated with growing pauses until a 2xx confirms."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from bot.loopback.model import BotApi

FIRST_PAUSE_SECONDS = 0.05  # Telegram starts slower; tests need not wait
LONGEST_PAUSE_SECONDS = 1.0


class Poster:
    """Posts while a webhook is set."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._task: asyncio.Task[None] | None = None
        self.statuses: list[int] = []  # what the webhook answered

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.create_task(self._post(), name="botapi:webhook")

    async def stop(self) -> None:
        """Post no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _post(self) -> None:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        end = self._api.listen(lambda: loop.is_closed() or loop.call_soon_threadsafe(changed.set))
        pause = FIRST_PAUSE_SECONDS
        try:
            async with aiohttp.ClientSession() as session:
                while True:
                    changed.clear()
                    webhook, pending = self._api.webhook, self._api.updates.pending
                    if not webhook.url or not pending:
                        await changed.wait()
                        continue
                    update = pending[0]
                    headers = (
                        {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token}
                        if webhook.secret_token
                        else {}
                    )
                    status = 0
                    with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                        async with session.post(webhook.url, json=update, headers=headers) as answer:
                            status = answer.status
                    self.statuses.append(status)
                    if 200 <= status < 300:
                        pause = FIRST_PAUSE_SECONDS
                        with self._api.lock:
                            if pending and pending[0] is update:
                                pending.popleft()
                            self._api.wake()
                    else:
                        await asyncio.sleep(pause)
                        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        finally:
            end()
