"""bot/health.py, bot/lock.py, bot/schedule.py, bot/delivery/breaker.py: how the bot is, and that it is alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from bot.delivery.breaker import Breaker
from bot.errors import AlreadyRunning
from bot.health import HEARTBEAT, examine, to_json, to_text
from bot.lock import ProcessLock
from bot.schedule import Recurring, schedule
from store.database import Store
from store.models import Heartbeat, Part
from tests.bot.fakes import NOON, subscribe


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty database."""
    with Store() as opened:
        yield opened


def beat(store: Store, at: datetime, detail: str = "") -> None:
    """A tick's heartbeat."""
    store.heartbeats.beat(Heartbeat(HEARTBEAT, at, NOON, 4711, 0.0, detail))


def test_bot_that_ticks_is_well(store: Store) -> None:
    """A tick ten seconds ago, nothing waiting."""
    beat(store, NOON)
    health = examine(store, NOON + timedelta(seconds=10))
    assert health.is_well and to_text(health).startswith(
        "ok\nlast tick 10 s ago, lag 0 s, oldest waiting none"
    )
    assert to_json(health)["ok"] is True


@pytest.mark.parametrize(
    ("age", "detail", "word"),
    [(600, "", "no tick for 600 s"), (10, "Telegram refuses the token", "refuses the token")],
)
def test_trouble_is_named(store: Store, age: int, detail: str, word: str) -> None:
    """What an operator has to look at comes first."""
    beat(store, NOON, detail)
    health = examine(store, NOON + timedelta(seconds=age))
    assert not health.is_well and word in to_text(health).splitlines()[0]


def test_message_that_waits_too_long_is_trouble(store: Store) -> None:
    """An hour late."""
    reader = subscribe(store, 1, NOON)
    store.outbox.enqueue(reader, "notice", "x", [Part("…")], NOON)
    beat(store, NOON + timedelta(hours=1))
    health = examine(store, NOON + timedelta(hours=1))
    assert health.lag_seconds == 3600 and "60 min late" in to_text(health)


def test_bot_that_never_ticked_is_not_well(store: Store) -> None:
    """A new database."""
    assert "no tick yet" in to_text(examine(store, NOON))


def test_second_holder_of_a_database_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    """The file that stays behind means nothing; the lock on it does."""
    database = tmp_path / "baozhai.db"
    first, second = ProcessLock(database), ProcessLock(database)
    first.acquire()
    with pytest.raises(AlreadyRunning, match=r"process \d+"):
        second.acquire()
    first.release()
    assert first.path.exists()
    with second:
        pass


async def test_scheduler_ticks_at_once_and_survives_a_failing_tick() -> None:
    """A tick that raises is logged; the next one comes."""
    ticks: list[datetime] = []
    two = asyncio.Event()

    async def tick(now: datetime) -> None:
        ticks.append(now)
        if len(ticks) == 2:
            two.set()
        raise ValueError("trouble")

    table = (Recurring("tick", tick, IntervalTrigger(seconds=1), missed="nothing"),)
    scheduler = schedule(table, clock=lambda: datetime.now(UTC))
    scheduler.start()
    async with asyncio.timeout(120):
        await two.wait()
    scheduler.shutdown(wait=False)
    assert all(job.misfire_grace_time is None and job.coalesce for job in scheduler.get_jobs())


def test_breaker_opens_after_failures_in_a_row_and_closes_by_one_success() -> None:
    """Three without an answer; then a probe, then one message alone, then all."""
    breaker = Breaker()
    assert [breaker.failed("silence", NOON) for _ in range(3)] == [False, False, True]
    assert breaker.most_in_flight(24) == 0 and breaker.probe_in(NOON) == timedelta(seconds=1)
    breaker.probed(True, NOON)
    assert breaker.most_in_flight(24) == 1
    assert breaker.failed("silence", NOON), "the one that went alone failed"
    assert breaker.probe_in(NOON) == timedelta(seconds=2), "longer each time"
    breaker.probed(True, NOON)
    breaker.succeeded()
    assert breaker.most_in_flight(24) == 24 and breaker.why == ""


def test_breaker_stays_closed_when_successes_lie_between() -> None:
    """Single lost answers are life."""
    breaker = Breaker()
    for _ in range(20):
        assert not breaker.failed("silence", NOON)
        assert not breaker.failed("silence", NOON)
        breaker.succeeded()
