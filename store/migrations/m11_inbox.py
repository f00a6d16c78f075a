"""The inbox: what Telegram has handed over, kept until it is answered."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # `queue` is the chat (0 once done: a settled row names nobody); `asks` says that somebody waits for an answer.
    # `mark` is a hash of the update: a settled row keeps it, so that the same update told again is known.
    """
    CREATE TABLE inbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        update_id INTEGER NOT NULL UNIQUE,
        mark TEXT NOT NULL,
        queue INTEGER NOT NULL,
        body TEXT NOT NULL,
        asks INTEGER NOT NULL CHECK (asks IN (0, 1)),
        state TEXT NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'answering', 'unanswered', 'flooded', 'done')),
        tries INTEGER NOT NULL DEFAULT 0,
        dropped INTEGER NOT NULL DEFAULT 0,
        again_at TEXT,
        came_at TEXT NOT NULL,
        done_at TEXT
    ) STRICT""",
    "CREATE INDEX inbox_open ON inbox(queue, id) WHERE state <> 'done'",
    "CREATE INDEX inbox_done ON inbox(done_at) WHERE state = 'done'",
)


def upgrade(db: Connection) -> None:
    """Create the table of updates."""
    for statement in STATEMENTS:
        db.execute(statement)
