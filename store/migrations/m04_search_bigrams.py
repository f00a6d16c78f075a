"""Search by pairs of characters instead of words (docs/search.md): finds what stands across the borders of words."""

from __future__ import annotations

from store.connection import Connection
from store.search.sqlite import SqliteIndex, create


def upgrade(db: Connection) -> None:
    """Drop the words index, make the tables of the bigram index and fill them from the articles."""
    db.execute("DROP TABLE IF EXISTS article_words")
    create(db)
    SqliteIndex(db).rebuild()
