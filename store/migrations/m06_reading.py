"""What readers leave behind: alerts, promises, labels, votes, searches, questions."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # Up to which article a running bot has done what new articles ask for.
    """
    CREATE TABLE watermarks (
        name TEXT PRIMARY KEY,
        article_id INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Follows themselves stand in the subscriber's profile; here is only which of them ring at once.
    """
    CREATE TABLE follow_alerts (
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        rule TEXT NOT NULL,
        PRIMARY KEY (subscriber_id, rule)
    ) STRICT, WITHOUT ROWID""",
    # One row an article that rang: the key makes a second ring impossible, the day is what the daily cap counts.
    """
    CREATE TABLE alerts (
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        rule TEXT NOT NULL,
        local_day TEXT NOT NULL,
        queued_at TEXT NOT NULL,
        PRIMARY KEY (subscriber_id, article_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX alerts_day ON alerts(subscriber_id, local_day)",
    """
    CREATE TABLE promises (
        id INTEGER PRIMARY KEY,
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        words TEXT NOT NULL,
        after_article_id INTEGER NOT NULL,
        asked_at TEXT NOT NULL,
        UNIQUE (subscriber_id, words)
    ) STRICT""",
    # A label outlives its reader (/forget) without the name.
    """
    CREATE TABLE labels (
        id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        kind TEXT NOT NULL CHECK (kind IN ('cut', 'title', 'repeat')),
        subscriber_id INTEGER REFERENCES subscribers(id) ON DELETE SET NULL,
        source TEXT NOT NULL,
        page_text TEXT NOT NULL,
        lines TEXT NOT NULL,
        labelled_at TEXT NOT NULL,
        UNIQUE (article_id, kind, subscriber_id)
    ) STRICT""",
    """
    CREATE TABLE votes (
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        day TEXT NOT NULL,
        up INTEGER NOT NULL CHECK (up IN (0, 1)),
        voted_at TEXT NOT NULL,
        PRIMARY KEY (subscriber_id, day)
    ) STRICT, WITHOUT ROWID""",
    # Nobody's name: how often words were searched in a month, and how often that found nothing.
    """
    CREATE TABLE search_counts (
        month TEXT NOT NULL,
        words TEXT NOT NULL,
        searches INTEGER NOT NULL,
        found_nothing INTEGER NOT NULL,
        PRIMARY KEY (month, words)
    ) STRICT, WITHOUT ROWID""",
    # Lives for some days, so that the buttons under a result list work; removed by /forget.
    """
    CREATE TABLE search_sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        query TEXT NOT NULL,
        upto INTEGER NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX search_sessions_chat ON search_sessions(chat_id)",
    "CREATE INDEX search_sessions_age ON search_sessions(created_at)",
    """
    CREATE TABLE questions (
        chat_id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        PRIMARY KEY (chat_id, user_id)
    ) STRICT, WITHOUT ROWID""",
)


def upgrade(db: Connection) -> None:
    """Create the tables."""
    for statement in STATEMENTS:
        db.execute(statement)
