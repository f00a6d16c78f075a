"""Up to which article something was done: one row a doer, so that a restart does nothing twice and leaves nothing out."""

from __future__ import annotations

from store.connection import Connection


class Watermarks:
    """The table `watermarks`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, name: str) -> int | None:
        """The article id up to which `name` is done; None when it never began."""
        found = self._db.value("SELECT article_id FROM watermarks WHERE name = ?", [name])
        return None if found is None else int(found)

    def set(self, name: str, article_id: int) -> None:
        """`name` is done up to this article; inside the transaction that did it."""
        self._db.execute(
            "INSERT INTO watermarks VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET article_id = excluded.article_id",
            [name, article_id],
        )
