"""What recurs, in one table: name, trigger, and what a missed run means. APScheduler wakes us; what is due stands in rows.

APScheduler's own memory of jobs is not used for anything that must not be lost: its default drops a run that starts a
second late, and its calendar rules skip days on which the clocks change at midnight.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

TICK_SECONDS = 20
"""How late a digest may be planned at most; a tick with nobody due costs a few milliseconds."""

_A_MOMENT = timedelta(seconds=1)
_TIME_KEPT_EVERY_SECONDS = 10.0
Job = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Recurring:
    """One thing that recurs: `trigger` says when, `missed` in a sentence what a run that did not happen means."""

    name: str
    run: Job
    trigger: BaseTrigger
    missed: str


def schedule(
    table: Sequence[Recurring], *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AsyncIOScheduler:
    """A scheduler, not started, that runs each row of `table` at once and then whenever its trigger says.

    A run that comes late is made all the same, several missed ones are made once, and none overlaps itself.
    """
    # it warns of each tick skipped while one is running
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for row in table:

        async def run(row: Recurring = row) -> None:
            try:
                await row.run(clock())
            except asyncio.CancelledError:
                return  # the end of the process: nothing failed
            except Exception:  # the next run must come whatever happened in this one
                log.exception("%s failed", row.name)

        # the scheduler goes by the machine's own clock, wherever `clock` stands
        scheduler.add_job(run, row.trigger, id=row.name, next_run_time=datetime.now(UTC))
    return scheduler


def keep_time(
    scheduler: AsyncIOScheduler, *, seconds: float = _TIME_KEPT_EVERY_SECONDS
) -> Callable[[], Awaitable[None]]:
    """Watch the scheduler by a clock that nobody can set; returns what ends it.

    APScheduler writes down when a job runs next as time of day: set back by 40 minutes, it would sleep for 40 minutes. A
    job that recurs after an interval is never further away than that interval; one that is, runs now.
    """

    async def watch() -> None:
        while True:
            await asyncio.sleep(seconds)
            now = datetime.now(UTC)
            for job in scheduler.get_jobs():
                if (
                    isinstance(job.trigger, IntervalTrigger)
                    and job.next_run_time is not None  # paused
                    and job.next_run_time - now > job.trigger.interval + _A_MOMENT
                ):
                    log.warning("the clock went back: %s runs now", job.id)
                    job.modify(next_run_time=now)

    task = asyncio.create_task(watch(), name="time keeper")

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    return stop


async def end(scheduler: AsyncIOScheduler) -> None:
    """End the scheduler and what runs; a run that was cut off did not fail, and nobody is shown a trace of it."""
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)  # the runs' tasks take note
