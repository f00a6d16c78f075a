"""The bot in Telegram: start-up that explains itself, until a signal; and one delivery without a bot that stays."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import logs
from bot.app import join, running
from bot.config import Config
from bot.errors import TokenRefused, TryLater
from bot.lock import ProcessLock
from bot.samples import put_samples_away
from store.database import Store
from store.errors import StoreBusy, StoreError, StoreFull
from store.models import OutboxCounts

log = logging.getLogger(__name__)

LONGEST_STOP_SECONDS = 9.0
"""A service manager's patience is ten (docker stop)."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 2.0, 120.0


async def serve(config: Config, *, clock: Callable[[], datetime]) -> int:
    """Serve Telegram until SIGINT or SIGTERM; the exit code. Waits, and says so, while there is no network.

    Raises AlreadyRunning, StoreError, TokenRefused.
    """
    logs.configure(config.log_level, token=config.token, form=config.log_form)
    stop = asyncio.Event()
    _stop_on_signals(stop)
    lock = ProcessLock(config.data.database)
    lock.acquire()
    try:
        put_samples_away(config, clock())
        wait = FIRST_WAIT_SECONDS
        while not stop.is_set():
            app = join(config, clock=clock)
            try:
                async with running(app):
                    wait = FIRST_WAIT_SECONDS
                    log.info("@%s serves; stop with Ctrl-C", app.application.bot.username)
                    await stop.wait()
            except InvalidToken as error:
                raise TokenRefused() from error
            except (TelegramError, StoreFull, StoreBusy) as error:
                why = (
                    str(error)
                    if isinstance(error, StoreError)
                    else f"Telegram cannot be reached ({type(error).__name__})"
                )
                log.error("%s; tried again in %.0f s. Nothing is lost meanwhile.", why.rstrip("."), wait)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
                wait = min(wait * 2, LONGEST_WAIT_SECONDS)
        return 0
    finally:
        lock.release()


async def deliver_now(config: Config, *, clock: Callable[[], datetime]) -> OutboxCounts:
    """Plan and send what is due at this moment; how the outbox stands then. Raises as `serve`."""
    lock = ProcessLock(config.data.database)
    lock.acquire()
    try:
        # No later tick would look again, and "baozhai ingest && baozhai deliver" has the whole edition.
        app = join(config, clock=clock, settle=timedelta(0))
        try:
            async with app.application:
                await app.delivery.start(clock(), sender=False)
                try:
                    await app.delivery.tick(clock())
                    await app.delivery.drain()
                finally:
                    await app.delivery.stop()
        except InvalidToken as error:
            raise TokenRefused() from error
        except NetworkError as error:
            raise TryLater("Telegram cannot be reached; what waits stays in the outbox") from error
        with Store(config.data.database) as store:
            return store.outbox.counts()
    finally:
        lock.release()


def _stop_on_signals(stop: asyncio.Event) -> None:
    """The first signal stops in order, within LONGEST_STOP_SECONDS whatever hangs; a second one ends the process at once.

    What is cut off is in rows: it counts as killed, and a kill loses nothing.
    """
    loop = asyncio.get_running_loop()
    signalled = False

    def cut_off() -> None:
        log.warning(
            "stopped after %.0f s with work under way: what waits stays in its rows", LONGEST_STOP_SECONDS
        )
        logging.shutdown()
        os._exit(0)

    def stop_in_order(number: int, frame: object) -> None:
        nonlocal signalled
        if signalled:
            os._exit(128 + number)
        signalled = True
        last = threading.Timer(LONGEST_STOP_SECONDS, cut_off)
        last.daemon = True
        last.start()
        loop.call_soon_threadsafe(stop.set)

    # Not the loop's own handlers: those wait until the loop has time.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop_in_order)
