"""bot/monitor.py, bot/metrics.py: what a monitor reads over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TimedOut

from bot import metrics
from bot.handlers.failures import failed
from bot.health import HEARTBEAT
from bot.metrics import exposition
from bot.monitor import Monitor
from store.database import Store
from store.models import Heartbeat
from tests.bot.delivery_world import World
from tests.bot.fakes import NOON, add_page, opener, subscribe


@pytest.fixture
def open_store(tmp_path: Path) -> Callable[[], Store]:
    """A database with a page, a reader with a telling name, and a heartbeat."""
    opened = opener(tmp_path)
    with opened() as store:
        add_page(store, NOON.date(), 1, ["甲", "乙"], NOON)
        subscribe(store, 987654321, NOON)
        store.heartbeats.beat(Heartbeat(HEARTBEAT, NOON, NOON, 1, 0.0, ""))
        store.searches.count("读者的词", found=0, now=NOON)
    return opened


def test_figures_are_valid_openmetrics_and_name_no_person(open_store: Callable[[], Store]) -> None:
    """Read by the format's own parser; no chat id, no reader's word."""
    metrics.SENDS.labels("sent").inc()
    text = exposition(open_store, lambda: NOON).decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    figures = {name: family.samples[0].value for name, family in families.items() if family.samples}
    assert figures["baozhai_articles"] == 2 and figures["baozhai_up"] == 1
    assert figures["baozhai_searches_without_result"] == 1
    assert {sample.labels["paper"] for sample in families["baozhai_pages_week"].samples} == {"河湾日报"}
    assert families["baozhai_sends"].samples
    assert "987654321" not in text and "读者" not in text


def counted(name: str, **labels: str) -> float:
    """A counter of this process."""
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


async def test_ticks_and_sends_are_counted_by_their_outcome(tmp_path: Path) -> None:
    """One arrives, one is lost, one is refused: three attempts, one tick."""
    world = World(tmp_path)
    world.subscribers(3)
    world.clock.move(hours=1)
    refused = BadRequest("Not enough rights to send text messages to the chat")
    troubles = {2: NetworkError("lost"), 3: refused}
    world.telegram.trouble = lambda chat, text: troubles.get(chat)
    outcomes = ("sent", "uncertain", "failed")
    before = [counted("baozhai_sends_total", outcome=outcome) for outcome in outcomes]
    ticks = counted("baozhai_ticks_total")
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert [counted("baozhai_sends_total", outcome=outcome) for outcome in outcomes] == [
        count + 1 for count in before
    ]
    assert counted("baozhai_ticks_total") == ticks + 1
    world.store.close()


async def test_answer_that_failed_is_counted_and_only_our_own_fault_leaves_a_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not where the reader blocked the bot: that is nobody's fault. An hour without a network is a line an answer."""
    before = counted("baozhai_answers_failed_total")
    for error in (ValueError("ours"), TimedOut(), Forbidden("bot was blocked by the user")):
        await failed(Update(1), SimpleNamespace(error=error))  # type: ignore[arg-type]
    assert counted("baozhai_answers_failed_total") == before + 2
    assert [bool(record.exc_info) for record in caplog.records if record.levelname != "INFO"] == [True, False]


async def test_health_answers_200_or_503_and_metrics_beside_it(open_store: Callable[[], Store]) -> None:
    """As a monitor asks: the status code is the answer."""
    well = True

    async def health() -> tuple[bool, str]:
        return (well, "ok\nmore") if well else (False, "trouble: no tick for 900 s\nmore")

    monitor = Monitor(
        health=health,
        figures=lambda: exposition(open_store, lambda: NOON + timedelta(hours=1)),
        listen="127.0.0.1",
        port=0,
    )
    monitor.start()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{monitor.port}", timeout=60) as client:
            answer = await client.get("/health")
            assert (answer.status_code, answer.text) == (200, "ok\n")
            well = False
            answer = await client.get("/health")
            assert (answer.status_code, answer.text) == (503, "trouble: no tick for 900 s\n")
            figures = await client.get("/metrics")
            assert figures.headers["Content-Type"].startswith("application/openmetrics-text")
            assert figures.text.endswith("# EOF\n") and "baozhai_up 0.0" in figures.text
            assert (await client.get("/")).status_code == 404
    finally:
        await monitor.stop()
