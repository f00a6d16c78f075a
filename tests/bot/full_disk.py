"""A disk that is really full: SQLite itself refuses pages beyond a limit (SQLITE_FULL), until room is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from store.database import Store
from store.errors import StoreFull

_SPARE_PAGES = 400


class Disk:
    """The disk under a database: `open` opens it with the limit, `fill` leaves no page, `make_room` gives them back."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open = open_store
        self._store = open_store()
        self._store.db.execute("CREATE TABLE ballast (bytes BLOB)")
        self._most = int(self._store.db.value("PRAGMA page_count")) + _SPARE_PAGES
        self._limit(self._store)

    def open(self) -> Store:
        """The database for the calling thread."""
        store = self._open()
        self._limit(store)
        return store

    def fill(self) -> None:
        """Not one free page is left, nor room in those there are for more than a few bytes."""
        for size in (200_000, 20_000, 3_000, 200, 10):
            with suppress(StoreFull):
                while True:
                    self._store.db.execute("INSERT INTO ballast VALUES (zeroblob(?))", [size])

    def make_room(self) -> None:
        """Somebody deletes what filled it."""
        self._store.db.execute("DELETE FROM ballast")

    def close(self) -> None:
        """Close the connection that fills it."""
        self._store.close()

    def _limit(self, store: Store) -> None:
        assert store.db.value(f"PRAGMA max_page_count = {self._most}") == self._most
