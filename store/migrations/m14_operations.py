"""Running it for years: page texts packed, the troubles operators were told of, what operators did and announced."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # zlib over UTF-8 (store/connection.py registers `packed` and `unpacked`): a third of the text's bytes.
    "ALTER TABLE pages ADD COLUMN packed_text BLOB",
    "UPDATE pages SET packed_text = packed(raw_text)",
    "ALTER TABLE pages DROP COLUMN raw_text",
    # One row while a trouble lasts; told once when it begins, once when it is over.
    """
    CREATE TABLE troubles (
        name TEXT PRIMARY KEY,
        says TEXT NOT NULL,
        since_at TEXT NOT NULL,
        told_at TEXT
    ) STRICT, WITHOUT ROWID""",
    # What operators did, by whom and with what result: never shortened, never a reader's words.
    """
    CREATE TABLE acts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        user_id INTEGER NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    # A notice of the operators to all readers: a draft until it is confirmed.
    """
    CREATE TABLE broadcasts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        drafted_at TEXT NOT NULL,
        sent_at TEXT,
        cancelled_at TEXT
    ) STRICT""",
)


def upgrade(db: Connection) -> None:
    """Pack the raw text of the pages; make the tables of troubles, acts and broadcasts."""
    for statement in STATEMENTS:
        db.execute(statement)
