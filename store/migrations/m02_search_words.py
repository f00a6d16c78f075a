"""The first search index: the jieba words of each title and body."""

from __future__ import annotations

from store.chinese import words
from store.connection import Connection


def upgrade(db: Connection) -> None:
    """Make the words index and put in what is there."""
    db.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5"
        "(title, body, content = '', tokenize = 'unicode61 remove_diacritics 0')"
    )
    for row in db.rows("SELECT id, title, body FROM articles WHERE removed_at IS NULL ORDER BY id"):
        db.execute(
            "INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)",
            [row["id"], " ".join(words.cut(row["title"])), " ".join(words.cut(row["body"]))],
        )
