"""The first search index: the jieba words of each title and body. Empty: the fourth migration takes its place."""

from __future__ import annotations

from store.connection import Connection


def upgrade(db: Connection) -> None:
    """Make the words index."""
    db.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5"
        "(title, body, content = '', tokenize = 'unicode61 remove_diacritics 0')"
    )
