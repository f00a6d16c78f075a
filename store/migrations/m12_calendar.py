"""Dated notices of articles, and who wants to be reminded of one."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # A notice keeps its id while its article is corrected: (article, position) is what it is known by.
    """
    CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        first_day TEXT,
        last_day TEXT,
        expires TEXT NOT NULL,
        is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
        deadline INTEGER NOT NULL CHECK (deadline IN (0, 1)),
        weekdays TEXT NOT NULL,
        hours TEXT NOT NULL,
        place TEXT NOT NULL,
        spot TEXT NOT NULL,
        price TEXT NOT NULL,
        phone TEXT NOT NULL,
        paragraph INTEGER NOT NULL,
        span_start INTEGER NOT NULL,
        span_end INTEGER NOT NULL,
        sentence TEXT NOT NULL,
        score REAL NOT NULL,
        UNIQUE (article_id, position)
    ) STRICT""",
    "CREATE INDEX events_expires ON events(expires)",
    # The event may go with a correction; whoever wanted to be reminded is told that, so the row does not refer to it.
    """
    CREATE TABLE reminders (
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        event_id INTEGER NOT NULL,
        lead TEXT NOT NULL CHECK (lead IN ('evening', 'hour')),
        article_id INTEGER NOT NULL,
        asked_at TEXT NOT NULL,
        PRIMARY KEY (subscriber_id, event_id)
    ) STRICT, WITHOUT ROWID""",
    # Articles from before this table, newest first to be looked through; older ones announce nothing any more.
    "CREATE TABLE calendar_backlog (article_id INTEGER PRIMARY KEY) STRICT",
    """
    INSERT INTO calendar_backlog SELECT articles.id FROM articles
    JOIN pages ON pages.id = articles.page_id JOIN editions ON editions.id = pages.edition_id
    WHERE articles.removed_at IS NULL AND editions.day >= date((SELECT max(day) FROM editions), '-60 days')""",
)


def upgrade(db: Connection) -> None:
    """Create the tables, and note which articles are to be looked through."""
    for statement in STATEMENTS:
        db.execute(statement)
