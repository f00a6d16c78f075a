"""Running it for years: page texts packed, the troubles operators were told of, and what operators did."""

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
)


def upgrade(db: Connection) -> None:
    """Pack the raw text of the pages; make the tables of troubles and acts."""
    for statement in STATEMENTS:
        db.execute(statement)
