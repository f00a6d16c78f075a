"""store/private.py: who owns what holds readers' data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.lock import ProcessLock
from store.backups import back_up, restore
from store.database import Store
from tests.bot.fakes import NOON


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The owners root would give: collected, not given."""
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, user, group, **how: given.append((user, group)))
    return given


def test_what_root_makes_belongs_to_the_folders_owner(tmp_path: Path, given: list[tuple[int, int]]) -> None:
    """Database, lock, backup, their folders and the restored database: the service that starts next can write them."""
    owner = (tmp_path.stat().st_uid, tmp_path.stat().st_gid)
    database, file = tmp_path / "data" / "baozhai.db", tmp_path / "data" / "backups" / "one.db.gz"
    with Store(database):
        pass
    assert given == [owner, owner], "a folder and a database"
    given.clear()
    back_up(database, file, now=NOON)
    assert given == [owner] * 3, "a folder, the copy and the packed copy"
    given.clear()
    with ProcessLock(database):
        assert given == [owner] * 2, "the lock and who holds it"
        given.clear()
        restore(file, database, now=NOON)
        assert given == [owner], "the database that came back"


def test_all_of_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask of the terminal is."""
    before = os.umask(0)
    try:
        database = tmp_path / "data" / "baozhai.db"
        with Store(database), ProcessLock(database):
            modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    finally:
        os.umask(before)
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert {name: mode for name, mode in modes.items() if mode != 0o600} == {}
