"""The whole bot in the terminal: the same Application, outbox and scheduler as in Telegram, over the model in memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.app import join, running
from bot.config import Config
from bot.lock import ProcessLock
from bot.loopback import BotApi, Console
from digests.builder import build_day
from store.database import Store
from store.ingest import ingest

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BOT_NAME = "baozhai_bot"


def prepare(store: Store, now: datetime, *, say: Callable[[str], None]) -> None:
    """Read the sample pages into a store that has no articles yet, and build the digest of the latest day."""
    if not store.articles.count() and SAMPLES.is_dir():
        reports = list(ingest(store, [SAMPLES], now=now))
        articles = sum(report.articles for report in reports)
        say(f"Read {len(reports)} sample pages with {articles} articles (invented papers, invented news).")
    day = store.editions.latest_day()
    if day is not None:
        digest = build_day(store, day, now=now)
        say(f"Built the digest of {day}: {digest.article_count} articles. Type /digest to read it.")


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
                app.application, api, stdin=stdin, stdout=stdout, idle=lambda: app.delivery.under_way == 0
            )
            if console.interactive:
                console.act("/digest")  # a first digest without a key pressed
            return await console.run()
    finally:
        lock.release()


def _tell(line: str) -> None:
    """Beside the conversation, not in it."""
    sys.stderr.write(line + "\n")
