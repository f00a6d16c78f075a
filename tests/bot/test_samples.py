"""The invented papers stay out of an operator's database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import samples
from bot.config import load
from store.database import Store
from store.ingest import ingest

NOW = datetime(2026, 11, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_visit_without_pages_opens_the_samples_apart(tmp_path: Path):
    """Nothing ingested: another database is opened, and yours is not even made."""
    config = load(environ={"BAOZHAI_DATA": str(tmp_path)})
    told: list[str] = []
    visited = samples.config_for_visit(config, say=told.append)
    assert visited.data.database != config.data.database
    assert visited.data.database.parent.parent == config.data.folder
    assert not config.data.database.exists() and len(told) == 1


def test_visit_with_pages_or_a_folder_of_them_opens_your_own(tmp_path: Path):
    """One article, or a folder that is read every minute, is enough."""
    config = load(environ={"BAOZHAI_DATA": str(tmp_path / "data")})
    watched = replace(config, data=replace(config.data, pages=tmp_path))
    assert samples.config_for_visit(watched, say=lambda line: None) is watched
    page = tmp_path / "清水日报" / "2026-11-19" / "03.txt"
    page.parent.mkdir(parents=True)
    page.write_text("山货大集开张\n\n本报讯 飞檐镇的山货大集十九日开张，来了三千多人。\n", encoding="utf-8")
    config.data.folder.mkdir()
    with Store(config.data.database) as store:
        assert samples.config_for_visit(config, say=lambda line: None) is not config
        assert next(iter(ingest(store, [page], now=NOW))).articles
    assert samples.config_for_visit(config, say=lambda line: None) is config
