"""bot/schedule.py: a clock that is set back stops nothing, an end leaves no trace in the log."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers.interval import IntervalTrigger

from bot import schedule as scheduling
from bot.schedule import Recurring, end, keep_time, schedule


class Shifted(datetime):
    """The time of day, set back or forth by `shift`."""

    shift = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Now, as the wrong clock says it."""
        return datetime.now(tz) + cls.shift


async def test_clock_set_back_by_forty_minutes_does_not_stop_the_ticks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next run comes when the interval is over, not when the clock has caught up."""
    monkeypatch.setattr(base, "datetime", Shifted)
    monkeypatch.setattr(scheduling, "datetime", Shifted)
    monkeypatch.setattr(Shifted, "shift", timedelta(0))
    ran: list[datetime] = []

    async def tick(now: datetime) -> None:
        ran.append(now)

    scheduler = schedule(
        [Recurring("tick", tick, IntervalTrigger(seconds=1), "")], clock=lambda: Shifted.now(UTC)
    )
    scheduler.start()
    stop = keep_time(scheduler, seconds=0.05)
    async with asyncio.timeout(60):
        while not ran:
            await asyncio.sleep(0.01)
        Shifted.shift = timedelta(minutes=-40)
        before = len(ran)
        while len(ran) < before + 3:
            await asyncio.sleep(0.01)
    await stop()
    await end(scheduler)
    assert ran[-1] < ran[0]


async def test_run_cut_off_at_the_end_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    """A newcomer's first command must not end in tracebacks."""
    begun = asyncio.Event()

    async def slow(now: datetime) -> None:
        begun.set()
        await asyncio.sleep(60)

    for wait in (True, False):
        scheduler = schedule(
            [Recurring("slow", slow, IntervalTrigger(seconds=60), "")], clock=lambda: datetime.now(UTC)
        )
        scheduler.start()
        if wait:
            async with asyncio.timeout(60):
                await begun.wait()
        await end(scheduler)
        await asyncio.sleep(0.01)
    assert caplog.records == []
