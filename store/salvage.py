"""What can still be read of a damaged database, written into a fresh one.

Each table is read from its beginning until the damage and from its end back to it; what lies between is lost. Rows that
point to lost rows go with them, and the search index is made anew. A backup is always better: this is for who has none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.connection import Connection
from store.database import Store
from store.errors import BackupExists, StoreDamaged
from store.schema import migrations

_MADE = ("migrations", "outbox_counts", "article_runs", "indexed_articles", "stale_articles", "search_state")
"""What a fresh database has already, or what is made anew: the index, its shadow tables, what triggers count."""
_VIRTUAL = "sql LIKE 'CREATE VIRTUAL TABLE%'"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Rows that were read by table, tables with a gap, and rows that were dropped because they pointed into one."""

    rows: dict[str, int]
    damaged: tuple[str, ...]
    orphans: int


def salvage(database: Path, into: Path) -> Salvaged:
    """Write what can be read of `database` into the new file `into`; `database` is not touched.

    Raises BackupExists where `into` is there, StoreDamaged where not even the list of tables can be read or where the
    file is of another version.
    """
    if into.exists():
        raise BackupExists(str(into))
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        source.row_factory = sqlite3.Row
        there = _tables(source, database)
        with Store(into) as store:
            if not {name for _, name, _ in migrations()} <= _lived(source, database):
                raise StoreDamaged(str(database), "it is of another version; salvage it with that one")
            store.db.execute("PRAGMA foreign_keys = OFF")
            rows: dict[str, int] = {}
            damaged: list[str] = []
            with store.db.transaction():
                for table in _own_tables(store.db):
                    if table in there:
                        rows[table], whole = _copy(source, store.db, table)
                        if not whole:
                            damaged.append(table)
                orphans = _drop_orphans(store.db)
            store.db.execute("PRAGMA foreign_keys = ON")
            store.search.rebuild()
            store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        for rest in ("", "-wal", "-shm"):
            into.with_name(into.name + rest).unlink(missing_ok=True)
        raise
    finally:
        source.close()
    return Salvaged(rows, tuple(damaged), orphans)


def _tables(source: sqlite3.Connection, database: Path) -> set[str]:
    try:
        return {row[0] for row in source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(str(database), f"not even its tables can be listed: {error}") from error


def _lived(source: sqlite3.Connection, database: Path) -> set[str]:
    try:
        return {row[0] for row in source.execute("SELECT name FROM migrations")}
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(str(database), f"its version cannot be read: {error}") from error


def _own_tables(db: Connection) -> list[str]:
    """The tables to be filled, in the order in which they were made: what others point to comes first."""
    virtual = [row["name"] for row in db.rows(f"SELECT name FROM sqlite_schema WHERE {_VIRTUAL}")]
    names = [
        row["name"]
        for row in db.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )
    ]
    return [name for name in names if name not in _MADE and not any(name.startswith(one) for one in virtual)]


def _copy(source: sqlite3.Connection, db: Connection, table: str) -> tuple[int, bool]:
    """(rows that were copied, whether there was no damage)."""
    known = {row["name"] for row in db.rows(f'PRAGMA table_info("{table}")')}
    names = [row["name"] for row in source.execute(f'PRAGMA table_info("{table}")') if row["name"] in known]
    keys = [
        row["name"]
        for row in sorted(db.rows(f'PRAGMA table_info("{table}")'), key=lambda row: row["pk"])
        if row["pk"]
    ]
    order = ", ".join(f'"{key}"' for key in keys) or "rowid"
    columns = ", ".join(f'"{name}"' for name in names)
    insert = f'INSERT OR REPLACE INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    count, whole = 0, True
    for way in ("ASC", "DESC"):
        by = ", ".join(f"{key} {way}" for key in order.split(", "))
        for row in _readable(source, f'SELECT {columns} FROM "{table}" ORDER BY {by}'):
            if row is None:
                whole = False
                break
            db.execute(insert, row)
            count += 1
        if whole:
            break
    return int(db.value(f'SELECT count(*) FROM "{table}"')) if count else 0, whole


def _readable(source: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...] | None]:
    """The rows up to the damage, then None."""
    try:
        for row in source.execute(sql):
            yield tuple(row)
    except sqlite3.DatabaseError:
        yield None


def _drop_orphans(db: Connection) -> int:
    """Remove rows that point to nothing, and then those that pointed to them."""
    dropped, before = 0, -1
    while dropped > before and (found := db.rows("PRAGMA foreign_key_check")):
        before = dropped
        for row in found:
            if row["rowid"] is not None:
                dropped += db.execute(
                    f'DELETE FROM "{row["table"]}" WHERE rowid = ?', [row["rowid"]]
                ).rowcount
            else:
                dropped += _drop_unkeyed(db, str(row["table"]), int(row["fkid"]))
    return dropped


def _drop_unkeyed(db: Connection, table: str, key: int) -> int:
    """Remove the rows of a table without rowids whose foreign key leads nowhere."""
    [link] = [row for row in db.rows(f'PRAGMA foreign_key_list("{table}")') if row["id"] == key]
    return db.execute(
        f'DELETE FROM "{table}" WHERE "{link["from"]}" IS NOT NULL AND "{link["from"]}" NOT IN'
        f' (SELECT "{link["to"] or "id"}" FROM "{link["table"]}")'
    ).rowcount
