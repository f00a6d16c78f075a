"""What a newer Baozhai would do to the database: told, tried on a copy, and done with a backup before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from store.backups import scratch
from store.connection import Connection
from store.database import Store
from store.errors import SchemaTooNew
from store.schema import applied, migrations


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What became of a database, or of its copy: `problems` are sentences, none where all is well."""

    migrations: tuple[str, ...]
    articles: int
    subscribers: int
    problems: tuple[str, ...]


def outstanding(database: Path) -> list[str]:
    """The names of the migrations that this database has not lived through, in order; nothing is changed.

    Raises SchemaTooNew where the database is of a newer Baozhai, StoreError.
    """
    db = Connection(database, read_only=True)
    try:
        lived = applied(db)
        known = migrations()
        if lived - {name for _, name, _ in known}:
            raise SchemaTooNew(int(db.value("PRAGMA user_version")), max(number for number, _, _ in known))
        return [name for _, name, _ in known if name not in lived]
    finally:
        db.close()


def rehearse(database: Path) -> Upgrade:
    """Run the outstanding migrations on a copy beside the database, look whether all is there, and remove the copy.

    Needs as much free disk as the database; the bot may run meanwhile. Raises StoreError.
    """
    with scratch(database, ".rehearsal") as copy:
        source = Connection(database, read_only=True)
        try:
            source.copy_to(copy)
        finally:
            source.close()
        return upgrade(copy)


def upgrade(database: Path) -> Upgrade:
    """Run the outstanding migrations and look whether all is there. The caller holds the process lock. Raises StoreError."""
    names = outstanding(database)
    before = _counted(database)
    with Store(database) as store:
        problems = [str(problem) for problem in store.search.verify()]
        damage = [str(row[0]) for row in store.db.rows("PRAGMA quick_check(5)")]
        problems += [] if damage == ["ok"] else damage
        orphans = len(store.db.rows("PRAGMA foreign_key_check"))
        problems += [f"{orphans} rows point to nothing"] if orphans else []
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    after = _counted(database)
    for what, was, now in zip(("articles", "subscribers"), before, after, strict=True):
        if was != now:
            problems.append(f"{was} {what} before, {now} after")
    return Upgrade(tuple(names), *after, tuple(problems))


def _counted(database: Path) -> tuple[int, int]:
    """Articles (removed ones too) and subscribers, whatever the schema."""
    db = Connection(database, read_only=True)
    try:
        tables = {str(row["name"]) for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = [
            int(db.value(f"SELECT count(*) FROM {table}")) if table in tables else 0
            for table in ("articles", "subscribers")
        ]
    finally:
        db.close()
    return counts[0], counts[1]
