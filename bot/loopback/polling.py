"""Waiting for updates: the long poll that both transports (in memory and HTTP) share."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.loopback.errors import OTHER_POLLER, Refused
from bot.loopback.model import BotApi
from bot.loopback.parameters import Parameters

MAX_TIMEOUT_SECONDS = 50  # the Bot API server caps it there


async def long_poll(api: BotApi, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """getUpdates: at once if something waits, else when something comes or `timeout` is over.

    A poll opened later ends this one with 409: the older poll gets the conflict, as at Telegram's.
    """
    timeout = min(max(Parameters(values).number("timeout"), 0), MAX_TIMEOUT_SECONDS)
    loop, changed = asyncio.get_running_loop(), asyncio.Event()
    deadline = loop.time() + timeout
    with api.lock:
        poll = api.updates.begin_poll()
        api.wake()
    end = api.listen(lambda: _set_from_anywhere(loop, changed))
    try:
        while True:
            changed.clear()
            if not api.updates.is_current(poll):
                raise Refused(OTHER_POLLER)
            found: list[dict[str, Any]] = api.call("getUpdates", values)
            if found or loop.time() >= deadline:
                return found
            try:
                async with asyncio.timeout_at(deadline):
                    await changed.wait()
            except TimeoutError:
                return api.call("getUpdates", values) if api.updates.is_current(poll) else []
    finally:
        end()


def _set_from_anywhere(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    """Set `event` in its loop, whichever thread asks; a closed loop has nobody waiting."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(event.set)
