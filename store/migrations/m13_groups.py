"""Weekly clippings; topics of groups."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # done_week is the Monday of the week that was told last.
    """
    CREATE TABLE clipping_orders (
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        rule TEXT NOT NULL,
        done_week TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        PRIMARY KEY (subscriber_id, rule)
    ) STRICT, WITHOUT ROWID""",
    # Where in a group with topics its messages go; no row: where a message without a topic goes.
    """
    CREATE TABLE topics (
        subscriber_id INTEGER PRIMARY KEY REFERENCES subscribers(id) ON DELETE CASCADE,
        thread_id INTEGER NOT NULL CHECK (thread_id > 0)
    ) STRICT""",
    # Who is told of what becomes of a channel: whoever subscribed it, for a channel cannot be asked.
    """
    CREATE TABLE channels (
        subscriber_id INTEGER PRIMARY KEY REFERENCES subscribers(id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        username TEXT NOT NULL,
        owner_id INTEGER NOT NULL
    ) STRICT""",
)


def upgrade(db: Connection) -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        db.execute(statement)
