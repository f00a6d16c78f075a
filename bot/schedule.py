"""Which job runs at which tick. APScheduler only wakes us: what is due stands in rows (bot/delivery/due.py decides).

APScheduler's own memory of jobs is not used for anything that must not be lost: its default drops a run that starts a
second late, and its calendar rules skip days on which the clocks change at midnight.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 20
"""How late a digest may be planned at most; a tick with nobody due costs a few milliseconds."""

Job = Callable[[datetime], Awaitable[object]]


def schedule(
    tick: Job,
    *others: tuple[Job, int],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    seconds: int = TICK_SECONDS,
) -> AsyncIOScheduler:
    """A scheduler, not started, that calls `tick(now)` at once and every `seconds`; `others` are (job, seconds) pairs.

    A tick that comes late is run all the same, several missed ones are run once, and none overlaps itself.
    """
    logging.getLogger("apscheduler").setLevel(
        logging.ERROR
    )  # it warns of each tick skipped while one is running
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for number, (job, every) in enumerate([(tick, seconds), *others]):

        async def run(job: Job = job) -> None:
            try:
                await job(clock())
            except Exception:  # the next tick must come whatever happened in this one
                log.exception("a scheduled job failed")

        scheduler.add_job(run, "interval", seconds=every, id=f"job {number}", next_run_time=clock())
    return scheduler
