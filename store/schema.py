"""Numbered migrations: `migrate` brings a database from whatever it is to what this Baozhai knows.

The number reached stands in SQLite's own `PRAGMA user_version`. A migration is never edited after a release.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import store.migrations
from store.connection import Connection
from store.errors import SchemaTooNew

Upgrade = Callable[[Connection], None]


def migrations() -> list[tuple[int, str, Upgrade]]:
    """(number, name, upgrade) of every file `store/migrations/mNN_name.py`, in order."""
    found = []
    for module in pkgutil.iter_modules(store.migrations.__path__):
        if module.name[:1] == "m" and module.name[1:3].isdigit():
            upgrade: Upgrade = importlib.import_module(f"store.migrations.{module.name}").upgrade
            found.append((int(module.name[1:3]), module.name, upgrade))
    return sorted(found)


def version(db: Connection) -> int:
    """The migration this database has reached (0: empty)."""
    return int(db.value("PRAGMA user_version"))


def migrate(db: Connection, *, upto: int | None = None) -> list[str]:
    """Run what is missing, each migration in a transaction of its own; the names of those that ran.

    Raises SchemaTooNew when the database comes from a newer Baozhai.
    """
    known = migrations()
    newest = max(number for number, _, _ in known)
    if version(db) > newest:
        raise SchemaTooNew(version(db), newest)
    ran = []
    for number, name, upgrade in known:
        if number <= version(db) or (upto is not None and number > upto):
            continue
        with db.transaction():
            if number > version(db):  # another process may have been faster
                upgrade(db)
                db.execute(f"PRAGMA user_version = {number}")
                ran.append(name)
    return ran
