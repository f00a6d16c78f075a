"""Many chats at once, one update of a chat at a time.

python-telegram-bot handles either one update at a time (a slow search keeps everybody waiting) or all at once (two
presses of one reader overtake each other). Here chats do not wait for each other, and each keeps its order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
"""Updates in work at the same time: each opens its own database connection in a worker thread."""


class PerChat(BaseUpdateProcessor):
    """Updates of different chats run side by side, those of one chat in the order in which they came."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=AT_ONCE)
        self._queues: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the update's coroutine once those before it in its chat have ended."""
        chat = update.effective_chat if isinstance(update, Update) else None
        user = update.effective_user if isinstance(update, Update) else None
        key = chat.id if chat else user.id if user else 0
        lock, waiting = self._queues.get(key, (asyncio.Lock(), 0))
        self._queues[key] = (lock, waiting + 1)
        try:
            async with lock:  # asyncio.Lock is fair: first come, first served
                await coroutine
        finally:
            lock, waiting = self._queues[key]
            if waiting == 1:
                del self._queues[key]
            else:
                self._queues[key] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
