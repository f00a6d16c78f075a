"""Printed page labels, and what is known of the places where pages come from by themselves."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # The number as printed (A01, 0607); `number` stays a whole number that sorts and is unique in its edition.
    "ALTER TABLE pages ADD COLUMN label TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE page_origins (
        page_id INTEGER PRIMARY KEY REFERENCES pages(id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        name TEXT NOT NULL,
        pdf TEXT NOT NULL,
        picture TEXT NOT NULL
    ) STRICT""",
    # `area` is the article's share of the page, 0 where the site does not tell it.
    """
    CREATE TABLE article_origins (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        area REAL NOT NULL
    ) STRICT""",
    """
    CREATE TABLE article_pictures (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        url TEXT NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    # What became of a paper on a day. A paper here may have no row in `papers` yet: nothing of it was ever stored.
    """
    CREATE TABLE source_days (
        paper TEXT NOT NULL,
        day TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('complete', 'incomplete', 'not-yet', 'no-edition', 'layout', 'failed')),
        reason TEXT NOT NULL,
        family TEXT NOT NULL,
        front_url TEXT NOT NULL,
        pages INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        first_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        told_at TEXT,
        PRIMARY KEY (paper, day)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE source_missing (
        paper TEXT NOT NULL,
        day TEXT NOT NULL,
        position INTEGER NOT NULL,
        page TEXT NOT NULL,
        url TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (paper, day, position)
    ) STRICT, WITHOUT ROWID""",
    # An answer with a validator, so that the next question can be "only if it has changed". Removed after some days.
    """
    CREATE TABLE source_answers (
        url TEXT PRIMARY KEY,
        etag TEXT NOT NULL,
        modified TEXT NOT NULL,
        final_url TEXT NOT NULL,
        content BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # The newest page of each paper that was no longer understood, for the operator.
    """
    CREATE TABLE source_pages_not_understood (
        paper TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        reason TEXT NOT NULL,
        content BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)


def upgrade(db: Connection) -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        db.execute(statement)
