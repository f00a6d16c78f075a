"""The whole bot in the terminal: the same Application, outbox and scheduler as in Telegram, over the model in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from bot.app import join, running
from bot.config import Config
from bot.handlers.commands import COMMANDS
from bot.lock import ProcessLock
from bot.loopback import BotApi
from bot.samples import prepare
from bot.terminal.console import Console
from store.database import Store

HISTORY = "terminal-history"
"""In the data folder: what was typed at the terminal, for its owner only."""


async def visit(
    config: Config, *, clock: Callable[[], datetime], stdin: TextIO = sys.stdin, stdout: TextIO = sys.stdout
) -> int:
    """Open the bot in the terminal until the reader leaves; the exit code.

    With `stdin` no terminal its lines are played, each with its answers, and the end of it ends the visit.
    Raises AlreadyRunning, StoreError.
    """
    lock = ProcessLock(config.data.database)
    lock.acquire()
    try:
        with Store(config.data.database) as store:
            prepare(store, clock(), say=_tell)
        api = BotApi(clock=clock)
        app = join(config, clock=clock, loopback=api)
        async with running(app):
            console = Console(
                app.application,
                api,
                stdin=stdin,
                stdout=stdout,
                idle=lambda: app.delivery.under_way == 0,
                commands=[f"/{command.name}" for command in COMMANDS],
                history=config.data.folder / HISTORY,
            )
            if console.interactive:
                console.act("/digest")  # a first digest without a key pressed
            return await console.run()
    finally:
        lock.release()


def _tell(line: str) -> None:
    """Beside the conversation, not in it."""
    sys.stderr.write(line + "\n")
