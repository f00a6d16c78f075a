"""What operators hold up: sending paused, chats blocked, articles retracted."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # A row while something is held up; 'sending' keeps the outbox still.
    """
    CREATE TABLE holds (
        name TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        user_id INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Nothing that these chats send is kept, and nothing is sent to them.
    """
    CREATE TABLE blocked_chats (
        chat_id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        user_id INTEGER NOT NULL
    ) STRICT""",
    # Taken out by an operator: they stay out when their page is read again.
    """
    CREATE TABLE retractions (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id),
        at TEXT NOT NULL,
        user_id INTEGER NOT NULL
    ) STRICT""",
)


def upgrade(db: Connection) -> None:
    """Create the tables of what operators hold up."""
    for statement in STATEMENTS:
        db.execute(statement)
