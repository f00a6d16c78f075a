"""Pages that operators sent to the bot, until they are confirmed or given up."""

from __future__ import annotations

from store.connection import Connection

STATEMENT = """
    CREATE TABLE uploads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        content BLOB NOT NULL,
        paper TEXT NOT NULL,
        day TEXT,
        number INTEGER,
        label TEXT NOT NULL,
        sent_at TEXT NOT NULL
    ) STRICT"""


def upgrade(db: Connection) -> None:
    """Create the table."""
    db.execute(STATEMENT)
