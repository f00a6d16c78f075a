"""bot/monitor.py, bot/metrics.py: what a monitor reads over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from bot import metrics
from bot.health import HEARTBEAT
from bot.metrics import exposition
from bot.monitor import Monitor
from store.database import Store
from store.models import Heartbeat
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
