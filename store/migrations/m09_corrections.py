"""What operators said of pages that were cut wrongly: kept beside the page, applied whenever it is parsed anew."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # Lines are 1-based; `text` is what they held, so that they are found again under other numbers. `other_line` is a line of
    # the article that is one with the first. A withdrawn correction stays, and counts no more.
    """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('title', 'kicker', 'subtitle', 'subhead', 'byline', 'caption', 'body', 'banner',
                                           'furniture', 'together')),
        first_line INTEGER NOT NULL,
        last_line INTEGER NOT NULL,
        text TEXT NOT NULL,
        other_line INTEGER NOT NULL,
        other_text TEXT NOT NULL,
        corrected_at TEXT NOT NULL,
        withdrawn_at TEXT
    ) STRICT""",
    "CREATE INDEX corrections_page ON corrections (page_id)",
    # Where a page of a file belongs, when file and page say otherwise.
    """
    CREATE TABLE page_moves (
        source TEXT NOT NULL,
        paper TEXT NOT NULL,
        day TEXT NOT NULL,
        number INTEGER NOT NULL,
        to_paper TEXT NOT NULL,
        to_day TEXT NOT NULL,
        to_number INTEGER NOT NULL,
        moved_at TEXT NOT NULL,
        PRIMARY KEY (source, paper, day, number)
    ) STRICT, WITHOUT ROWID""",
)


def upgrade(db: Connection) -> None:
    """Make the tables of corrections and of pages that were moved."""
    for statement in STATEMENTS:
        db.execute(statement)
