"""The joined bot as a process whose clock is read from a file: two days pass while a test looks on. It lives to be killed.

python -m tests.acceptance.long_run CONFIG CLOCK

CLOCK holds an ISO instant. Whenever it changes the planner looks once; messages, answers and the inbox run as they always do.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path

from bot import logs
from bot.app import join, running
from bot.config import load
from bot.lock import ProcessLock


class FileClock:
    """The instant in a file; the last one read where it is just being written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._now = datetime.fromisoformat(path.read_text(encoding="ascii"))

    def __call__(self) -> datetime:
        """Now."""
        text = self._path.read_text(encoding="ascii")
        if text:
            self._now = datetime.fromisoformat(text)
        return self._now


async def run(config_file: Path, clock_file: Path) -> None:
    """Until killed."""
    config = load(config_file, environ=os.environ)
    logs.configure("INFO", token=config.token)
    clock = FileClock(clock_file)
    with ProcessLock(config.data.database):
        app = join(config, clock=clock)
        async with running(app):
            app.scheduler.pause()
            looked_at = None
            while True:
                now = clock()
                if now != looked_at:
                    await app.delivery.tick(now)
                    looked_at = now
                    print("looked", now.isoformat(), flush=True)
                await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2])))
