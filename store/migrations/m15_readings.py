"""Files whose reading was begun and never ended: noted before they are read, set aside after the second time."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # `begun` counts readings of the very file that `stamp` (size and time) names which came to no end.
    "ALTER TABLE unread_files ADD COLUMN begun INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE unread_files ADD COLUMN stamp TEXT NOT NULL DEFAULT ''",
)


def upgrade(db: Connection) -> None:
    """Run the statements."""
    for statement in STATEMENTS:
        db.execute(statement)
