"""store/upgrades.py, `baozhai upgrade`: what a newer version would do to a database, tried before it is done."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import AlreadyRunning
from bot.lock import ProcessLock
from store.connection import Connection
from store.database import Store
from store.errors import SchemaTooNew
from store.schema import applied
from store.upgrades import outstanding, rehearse

OLD = min((Path(__file__).parents[1] / "data" / "databases").glob("*.db.gz"))
"""A database left by an early commit, with two pages and a subscriber."""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The old database where the verbs look for it."""
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path))
    path = tmp_path / "baozhai.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return path


def baozhai(*words: str) -> Result:
    """Run a verb; its exit code is `return_value`."""
    return CliRunner().invoke(cli, list(words), standalone_mode=False)


def test_a_rehearsal_tries_it_on_a_copy_and_leaves_the_database_alone(database: Path) -> None:
    """What would run is named, the copy is sound and gone afterwards; not a byte of the database is another."""
    before = database.read_bytes()
    due = outstanding(database)
    tried = rehearse(database)
    assert due and list(tried.migrations) == due
    assert tried.articles >= 2 and tried.subscribers == 1 and tried.problems == ()
    assert database.read_bytes() == before and outstanding(database) == due
    assert [path.name for path in database.parent.iterdir() if "rehearsal" in path.name] == []


def test_what_an_upgrade_loses_is_said(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that dropped an article would be found out on the copy."""
    monkeypatch.setattr("store.upgrades.Store", Losing)
    assert any("articles before" in problem for problem in rehearse(database).problems)
    result = baozhai("upgrade", "--check")
    assert result.return_value == 1 and "WRONG" in result.output and "Now stop the bot" not in result.output


class Losing(Store):
    """A Store whose migrations lose an article."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        super().__init__(path)
        self.db.execute("PRAGMA foreign_keys = OFF")
        self.db.execute("DELETE FROM articles WHERE id = (SELECT max(id) FROM articles)")


def test_upgrade_as_an_operator_types_it(database: Path) -> None:
    """--check says 1 while something is due and 0 afterwards; the upgrade backs up first and is refused beside a bot."""
    looked = baozhai("upgrade", "--check")
    assert looked.return_value == 1 and "tried on a copy" in looked.output
    with ProcessLock(database):
        assert isinstance(baozhai("upgrade").exception, AlreadyRunning)
    done = json.loads(baozhai("upgrade", "--json").output)
    assert done["done"] and done["due"] and done["problems"] == []
    raw = gzip.decompress(Path(done["backup"]).read_bytes())
    (database.parent / "old.db").write_bytes(raw)
    old, new = Connection(database.parent / "old.db"), Connection(database)
    assert applied(new) - applied(old) == set(done["due"])
    old.close()
    new.close()
    again = baozhai("upgrade", "--check")
    assert again.return_value == 0 and "nothing to do" in again.output


def test_a_database_of_a_newer_version_is_refused(database: Path) -> None:
    """In a sentence, before anything is copied."""
    db = Connection(database)
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
    db.execute("INSERT INTO migrations VALUES ('m99_tomorrow')")
    db.close()
    with pytest.raises(SchemaTooNew):
        outstanding(database)
