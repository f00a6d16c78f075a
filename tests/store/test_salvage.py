"""store/salvage.py: a database with overwritten pages gives back what can be read of it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from store.database import Store
from store.errors import BackupExists, StoreDamaged
from store.salvage import salvage
from tests.bot.fakes import NOON, add_page, subscribe

READERS = 40


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Thirty pages of articles and forty readers."""
    path = tmp_path / "baozhai.db"
    with Store(path) as store, store.transaction():
        for number in range(1, 31):
            titles = [f"第{number}版第{one}条{'长' * 300}" for one in range(8)]
            add_page(store, NOON.date() - timedelta(days=number), 1, titles, NOON)
        for chat in range(1, READERS + 1):
            subscribe(store, chat, NOON)
    with Store(path) as store:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def leaf_of(path: Path, table: str) -> int:
    """The number of a page in the middle of a table, from SQLite's own account of pages."""
    db = sqlite3.connect(path)
    root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()[0]
    size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    raw = path.read_bytes()
    page = raw[(root - 1) * size : root * size]
    assert page[0] == 0x05, "an inner page: the table is larger than one page"
    cells = int.from_bytes(page[3:5], "big")
    middle = int.from_bytes(page[12 + cells // 2 * 2 : 14 + cells // 2 * 2], "big")
    return int.from_bytes(page[middle : middle + 4], "big")


def overwrite(path: Path, page: int) -> None:
    """As a dying disk does."""
    db = sqlite3.connect(path)
    size = db.execute("PRAGMA page_size").fetchone()[0]
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_all_but_the_damaged_rows_come_back(database: Path, tmp_path: Path) -> None:
    """Rows before and behind the damage, nothing that points into it; the new file is sound and can be searched."""
    overwrite(database, leaf_of(database, "articles"))
    found = salvage(database, tmp_path / "mended.db")
    assert found.damaged == ("articles",)
    assert 200 < found.rows["articles"] < 240 and found.rows["subscribers"] == READERS
    with Store(tmp_path / "mended.db") as store:
        assert store.db.value("PRAGMA integrity_check") == "ok"
        assert store.db.rows("PRAGMA foreign_key_check") == [] and store.search.verify(deep=True) == []
        assert store.subscribers.count(active=True) == READERS
        assert store.articles.count() == found.rows["articles"]
        assert store.search.find("第1版").total and store.search.find("第30版").total


def test_a_sound_database_loses_nothing(database: Path, tmp_path: Path) -> None:
    """Whoever salvages without need has the same afterwards."""
    found = salvage(database, tmp_path / "copy.db")
    assert (found.damaged, found.orphans, found.rows["articles"]) == ((), 0, 240)
    with Store(database) as old, Store(tmp_path / "copy.db") as new:
        for table in ("articles", "pages", "editions", "subscribers", "profiles"):
            sql = f"SELECT * FROM {table} ORDER BY 1"
            assert [tuple(row) for row in old.db.rows(sql)] == [tuple(row) for row in new.db.rows(sql)], table
        assert old.outbox.counts() == new.outbox.counts()


def test_what_cannot_be_salvaged_is_said(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No list of tables, or a file that is there: a sentence, and nothing is left half written."""
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path))
    (tmp_path / "mine.db").write_text("mine")
    refused = CliRunner().invoke(cli, ["salvage", str(tmp_path / "mine.db")], standalone_mode=False)
    assert isinstance(refused.exception, BackupExists) and (tmp_path / "mine.db").read_text() == "mine"
    overwrite(database, 1)
    with pytest.raises(StoreDamaged):
        salvage(database, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
