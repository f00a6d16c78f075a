"""store/connection.py: what is wrong with a database is called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.database import Store
from store.errors import StoreDamaged
from tests.bot.fakes import NOON, add_page


def test_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    """Not a matter of permissions: the way out is a backup."""
    path = tmp_path / "baozhai.db"
    path.write_bytes(b"this is no database at all, whoever put it here" * 100)
    with pytest.raises(StoreDamaged, match="baozhai restore"):
        Store(path)


def test_overwritten_pages_of_the_file_are_called_damage(tmp_path: Path) -> None:
    """Whatever meets them says so."""
    path = tmp_path / "baozhai.db"
    with Store(path) as store:
        for number in range(40):
            add_page(store, NOON.date(), number + 1, [f"第{n}条消息" for n in range(20)], NOON)
        store.db.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for page in range(6, len(data) // 4096, 2):
        data[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(StoreDamaged), Store(path) as store:
        for row in store.db.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ):
            store.db.rows(f'SELECT * FROM "{row["name"]}"')
