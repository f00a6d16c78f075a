"""Knowing when the bot has done all it will do for what was sent: no sleeping, no guessing.

Done means: every update was handed out *and* confirmed (the poller came back with a higher offset, so all of them are in
the Application's queue), the queue is worked off (`task_done` for each, concurrent ones too), no task that a handler
started through the Application still runs, the caller's own background work says it is quiet, and none of this changed
while the others were asked.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bot.loopback.model import BotApi

Quiet = Callable[[], Awaitable[Any] | Any]
"""Background work of the caller: returns (or awaits) when it is quiet; False means "not yet": it is asked again."""

ASK_AGAIN_SECONDS = 0.05


LISTENER = "listener"
"""The key in `application.bot_data` of whoever hands updates to it in the place of python-telegram-bot's updater and queue:
it has `running`, and `join()` returns when all that came is worked off."""


def running_tasks(application: Any) -> frozenset[asyncio.Task[Any]]:
    """The tasks started through `application.create_task`, by handlers (`block=False`) and by jobs, not done yet.

    python-telegram-bot keeps them in a private set and offers no other way to await them; a test watches over the name.
    """
    tasks: set[asyncio.Task[Any]] = application._Application__create_task_tasks
    return frozenset(task for task in tasks if not task.done())


async def settle(
    application: Any,
    api: BotApi,
    until: Quiet | None = None,
    *,
    ignoring: frozenset[asyncio.Task[Any]] = frozenset(),
) -> None:
    """Return when the bot is idle and `until`, if given, is content; tasks in `ignoring` never end and are not waited for."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()
    end = api.listen(lambda: loop.call_soon_threadsafe(changed.set))
    listener = application.bot_data.get(LISTENER)
    worked_off = listener.join if listener else application.update_queue.join
    try:
        while application.running and (listener or application.updater).running:
            changed.clear()
            if api.updates.pending:
                await changed.wait()
                continue
            await worked_off()
            tasks = running_tasks(application) - ignoring
            if tasks:
                await asyncio.wait(tasks)
                continue
            seen = len(api.events)
            if until is not None:
                content = until()
                if inspect.isawaitable(content):
                    content = await content
                if content is False:
                    # What `until` looks at may change without an event of the model: ask again soon in any case.
                    with suppress(TimeoutError):
                        async with asyncio.timeout(ASK_AGAIN_SECONDS):
                            await changed.wait()
                    continue
            if (
                len(api.events) == seen
                and not api.updates.pending
                and application.update_queue.empty()
                and not running_tasks(application) - ignoring
            ):
                return
    finally:
        end()
