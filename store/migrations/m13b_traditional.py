"""Readers of traditional characters: Chinese as the bot speaks it, in the script of Taiwan and Hong Kong."""

from __future__ import annotations

from store.connection import Connection

# Beside `language` and not in it: its CHECK knows two languages, and a table that others refer to is not made anew for a third.
STATEMENT = (
    "ALTER TABLE subscribers ADD COLUMN traditional INTEGER NOT NULL DEFAULT 0 CHECK (traditional IN (0, 1))"
)


def upgrade(db: Connection) -> None:
    """Add the column."""
    db.execute(STATEMENT)
