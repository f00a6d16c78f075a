"""What recurs, in one table: name, trigger, and what a missed run means. APScheduler wakes us; what is due stands in rows.

APScheduler's own memory of jobs is not used for anything that must not be lost: its default drops a run that starts a
second late, and its calendar rules skip days on which the clocks change at midnight.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

log = logging.getLogger(__name__)

TICK_SECONDS = 20
"""How late a digest may be planned at most; a tick with nobody due costs a few milliseconds."""

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
            except Exception:  # the next run must come whatever happened in this one
                log.exception("%s failed", row.name)

        scheduler.add_job(run, row.trigger, id=row.name, next_run_time=clock())
    return scheduler
