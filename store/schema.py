"""Numbered migrations: `migrate` brings a database from whatever it is to what this Baozhai knows.

Which migrations a database has lived through stands in it by name (table `migrations`), so two that were written side
by side both run, whichever came first. Databases from before that table say how far they are in `PRAGMA user_version`.
A migration is never edited after a release.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import store.migrations
from store.connection import Connection
from store.errors import SchemaTooNew
from store.search.sqlite import SqliteIndex

Upgrade = Callable[[Connection], None]

_COUNTED = 6
"""Migrations up to this number were counted in `PRAGMA user_version` alone."""


def migrations() -> list[tuple[int, str, Upgrade]]:
    """(number, name, upgrade) of every file `store/migrations/mNN_name.py`, in order."""
    found = []
    for module in pkgutil.iter_modules(store.migrations.__path__):
        if module.name[:1] == "m" and module.name[1:3].isdigit():
            upgrade: Upgrade = importlib.import_module(f"store.migrations.{module.name}").upgrade
            found.append((int(module.name[1:3]), module.name, upgrade))
    return sorted(found)


def applied(db: Connection) -> set[str]:
    """The names of the migrations this database has lived through."""
    if db.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"):
        return {str(row["name"]) for row in db.rows("SELECT name FROM migrations")}
    reached = int(db.value("PRAGMA user_version"))
    return {name for number, name, _ in migrations() if number <= min(reached, _COUNTED)}


def version(db: Connection) -> int:
    """The newest migration this database has lived through (0: empty)."""
    return int(db.value("PRAGMA user_version"))


def migrate(db: Connection, *, upto: int | None = None) -> list[str]:
    """Run what is missing, each migration in a transaction of its own; the names of those that ran.

    Raises SchemaTooNew when the database comes from a newer Baozhai.
    """
    known = migrations()
    newest = max(number for number, _, _ in known)
    unknown = applied(db) - {name for _, name, _ in known}
    if unknown or version(db) > newest:
        raise SchemaTooNew(version(db), newest)
    wanted = [one for one in known if upto is None or one[0] <= upto]
    if applied(db) >= {name for _, name, _ in wanted}:
        return []
    ran = []
    for number, name, upgrade in wanted:
        with db.transaction():
            before = applied(db)  # another process may have been faster
            if name in before:
                continue
            upgrade(db)
            db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT")
            for done in sorted(before | {name}):
                db.execute("INSERT OR IGNORE INTO migrations (name) VALUES (?)", [done])
            db.execute(f"PRAGMA user_version = {max(number, version(db))}")
            ran.append(name)
    _fill_index(db)
    return ran


def _fill_index(db: Connection) -> None:
    """Migrations make the search index empty (folding ""): what goes into it is decided by today's code."""
    if not db.value("SELECT count(*) FROM sqlite_master WHERE name = 'search_state'"):
        return
    if db.value("SELECT value FROM search_state WHERE name = 'folding'") == "":
        SqliteIndex(db).rebuild()
