"""`baozhai deliver`: one round for a cron job, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

from bot.config import load
from bot.serving import deliver_now
from store.database import Store
from store.ingest import ingest
from store.models import Timetable
from tests.bot.fakes import subscribe
from tests.botapi.server import BotApiServer

PAGES = Path(__file__).parents[2] / "samples" / "河汾日报" / "2026-11-19"
HOUR = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # 07:30 in China


async def test_deliver_right_after_ingest_sends_at_once_and_only_once(
    tmp_path: Path, botapi: BotApiServer
) -> None:
    """`baozhai ingest && baozhai deliver`: no tick comes later, so nobody waits for further pages."""
    botapi.api.clock = lambda: HOUR
    file = tmp_path / "config.toml"
    file.write_text(f"[telegram]\nbase_url = '{botapi.base_url}'\nbase_file_url = '{botapi.base_file_url}'\n")
    config = load(file, environ={"BAOZHAI_TOKEN": botapi.token})
    with Store(config.data.database) as store:
        botapi.api.user(1000).start()
        subscribe(store, 1000, HOUR.replace(hour=12), timetable=Timetable(hours=(time(7, 30),)))
        assert all(report.outcome == "new" for report in ingest(store, [PAGES], now=HOUR))
    counts = await deliver_now(config, clock=lambda: HOUR)
    assert counts.sent >= 1 and counts.waiting == 0 and botapi.counts() == {1000: counts.sent}
    assert await deliver_now(config, clock=lambda: HOUR) == counts
    assert botapi.counts() == {1000: counts.sent}
