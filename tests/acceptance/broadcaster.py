"""A process that broadcasts: Delivery over HTTP as bot/app.py joins it, with a small builder. It lives to be killed.

python -m tests.acceptance.broadcaster DATABASE BASE_URL TOKEN NOW [once-more]

Prints "started …" and, when nothing is left to send, "idle".
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.pace import Pace
from bot.delivery.planner import Planner
from bot.delivery.sender import Delivery
from bot.errors import AlreadyRunning
from bot.lock import ProcessLock
from store.database import Store
from tests.bot.fakes import Composing, build, missed_line


async def broadcast(database: Path, base_url: str, token: str, now: datetime, *, once_more: bool) -> None:
    """Tick and send until there is nothing left, then wait for a signal."""
    begun = datetime.now(UTC)

    def clock() -> datetime:
        return now + (datetime.now(UTC) - begun)

    pace = Pace(per_second=1e5, chat_interval=0, group_per_minute=0)
    bot = ExtBot(
        token,
        base_url=base_url,
        request=HTTPXRequest(connection_pool_size=32, read_timeout=120),
        rate_limiter=pace,
    )
    delivery = Delivery(
        lambda: Store(database),
        bot,
        planner=Planner(build, Composing(), missed_line, lambda: "bot", catch_up=timedelta(days=2)),
        pace=pace,
        send_uncertain_again=once_more,
        in_flight=16,
        clock=clock,
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with bot:
        print("started", await delivery.start(clock()), flush=True)
        await delivery.tick(clock())
        while not stop.is_set():
            with Store(database) as store:
                counts = store.outbox.counts()
            if not counts.waiting and not counts.sending:
                print("idle", flush=True)
                await stop.wait()
            await asyncio.sleep(0.02)
        await delivery.stop()
    print("stopped", flush=True)


def main() -> int:
    """Broadcast; 3 when another process has the database."""
    database, base_url, token, now, *policy = sys.argv[1:]
    try:
        with ProcessLock(Path(database)):
            asyncio.run(
                broadcast(
                    Path(database),
                    base_url,
                    token,
                    datetime.fromisoformat(now),
                    once_more="once-more" in policy,
                )
            )
    except AlreadyRunning as error:
        print(error, flush=True)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
