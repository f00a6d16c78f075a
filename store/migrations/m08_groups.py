"""A story's comments, round-ups and side reports: members of an item that are neither copies nor photos."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # SQLite cannot change a CHECK: the table is made anew.
    """
    CREATE TABLE digest_item_members_anew (
        digest_id INTEGER NOT NULL,
        item INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('also', 'group', 'photo')),
        position INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        PRIMARY KEY (digest_id, item, role, position),
        FOREIGN KEY (digest_id, item) REFERENCES digest_items(digest_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO digest_item_members_anew SELECT * FROM digest_item_members",
    "DROP TABLE digest_item_members",
    "ALTER TABLE digest_item_members_anew RENAME TO digest_item_members",
)


def upgrade(db: Connection) -> None:
    """Let a digest's item have a group."""
    for statement in STATEMENTS:
        db.execute(statement)
