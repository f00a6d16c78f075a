"""bot/upkeep.py, bot/commands/{backup,restore,prune,health,init}.py: what an operator need not think of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from telegram.error import Forbidden

from bot.cli import cli
from bot.config import Config, load
from bot.errors import AlreadyRunning
from bot.health import HEARTBEAT
from bot.lock import ProcessLock
from bot.upkeep import backup_due, keep_and_let_go, tell_operators
from store.backups import newest
from store.database import Store
from store.models import Heartbeat
from tests.bot.fakes import add_page

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A folder as `baozhai init` makes it, with an operator and a database."""
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "bot")])
    assert result.exit_code == 0
    loaded = load(tmp_path / "bot" / "config.toml", environ={})
    with Store(loaded.data.database) as store:
        add_page(store, NOW.date(), 1, ["甲"], NOW)
        store.heartbeats.beat(Heartbeat(HEARTBEAT, NOW, NOW, 1, 0.0, ""))
    return replace(loaded, telegram=replace(loaded.telegram, admins=frozenset({5, 6})))


class Told:
    """A bot that notes what operators are told; `refusing` those who blocked it."""

    def __init__(self, *refusing: int) -> None:
        self.said: list[tuple[int, str]] = []
        self.refusing = refusing

    async def send_message(self, chat_id: int, text: str) -> None:
        """Note it, or refuse."""
        if chat_id in self.refusing:
            raise Forbidden("bot was blocked by the user")
        self.said.append((chat_id, text))


def baozhai(config: Config, *words: str) -> Result:
    """Run a verb on this configuration; its exit code is `return_value`."""
    return CliRunner().invoke(cli, ["--config", str(config.file), *words], standalone_mode=False)


def test_init_makes_a_folder_that_check_finds_well(config: Config) -> None:
    """Pages, data and backups are in the folder; a second init changes nothing."""
    folder = config.file.parent
    assert config.data.pages == folder / "pages" and config.backup.folder == folder / "backups"
    assert (folder / "data").stat().st_mode & 0o777 == 0o700
    assert config.sources.file == folder / "papers.toml" and config.sources.papers == ()
    assert "# [[papers]]" in config.sources.file.read_text(encoding="utf-8")
    before = config.file.read_text(encoding="utf-8")
    assert baozhai(config, "init", str(folder)).return_value == 1
    assert config.file.read_text(encoding="utf-8") == before


def test_the_nightly_backup_is_due_once_a_night(config: Config) -> None:
    """The hour is a wall clock's in the papers' zone; a night missed is made up for."""
    hour = datetime(2026, 11, 19, 19, 30, tzinfo=UTC)  # 03:30 of the 20th in Shanghai
    assert backup_due(None, config, NOW)
    assert backup_due(hour - timedelta(minutes=1), config, NOW)
    assert not backup_due(hour + timedelta(minutes=1), config, NOW)
    assert not backup_due(hour + timedelta(minutes=1), config, NOW + timedelta(hours=18))
    assert backup_due(hour + timedelta(minutes=1), config, NOW + timedelta(hours=19))


def test_the_nightly_job_backs_up_once(config: Config) -> None:
    """A second look the same night takes no second backup."""
    folder = config.backup.folder
    assert folder is not None
    for minutes in (0, 10):
        keep_and_let_go(config, lambda: Store(config.data.database), NOW + timedelta(minutes=minutes))
    assert len(list(folder.glob("*.db.gz"))) == 1
    assert newest(folder) == NOW


def test_backup_and_restore_as_an_operator_types_them(config: Config) -> None:
    """Restored with one command; refused while the bot holds its lock."""
    assert baozhai(config, "backup").return_value == 0
    (file,) = list(config.backup.folder.glob("*.db.gz")) if config.backup.folder else []
    with Store(config.data.database) as store:
        add_page(store, NOW.date(), 2, ["乙"], NOW)
    with ProcessLock(config.data.database):
        assert isinstance(baozhai(config, "restore", str(file)).exception, AlreadyRunning)
    result = baozhai(config, "restore", str(file))
    assert result.return_value == 0, result.output
    with Store(config.data.database) as store:
        assert store.articles.count() == 1
    assert len(list(config.data.folder.glob("before-restore-*.db"))) == 1


def test_prune_says_what_it_would_do(config: Config) -> None:
    """And as JSON."""
    assert json.loads(baozhai(config, "prune", "--dry-run", "--json").output)["dry_run"] is True
    assert "The file is" in baozhai(config, "prune").output


def test_health_has_an_exit_code(config: Config) -> None:
    """The heartbeat is not of this hour: not well."""
    result = baozhai(config, "health", "--json")
    assert result.return_value == 1 and json.loads(result.output)["ok"] is False


async def test_operators_are_told_once_when_it_begins_and_once_when_it_is_over(config: Config) -> None:
    """Nothing ticks for an hour, then the bot is back."""
    bot: Any = Told(6)

    def open_store() -> Store:
        return Store(config.data.database)

    config = replace(config, backup=replace(config.backup, folder=None))
    for minutes in (0, 60, 61, 62):
        await tell_operators(config, open_store, bot, NOW + timedelta(minutes=minutes))
    assert len(bot.said) == 1 and "no tick" in bot.said[0][1]
    with open_store() as store:
        later = NOW + timedelta(minutes=63)
        store.heartbeats.beat(Heartbeat(HEARTBEAT, later, NOW, 1, 0.0, ""))
    for minutes in (63, 64):
        await tell_operators(config, open_store, bot, NOW + timedelta(minutes=minutes))
    assert [text[:1] for _, text in bot.said] == ["⚠", "✅"]
