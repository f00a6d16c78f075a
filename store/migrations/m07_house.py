"""Messages for one reader go with the reader; buttons keep what they copy; one view says which digests are unbegun.

Databases made before migrations were frozen may lack what was added to 3, 5 and 6 afterwards, or have an older index
of 4 or none: it is made here.
"""

from __future__ import annotations

from store.connection import Connection
from store.migrations import m04_search_bigrams

MISSING = (
    "CREATE INDEX IF NOT EXISTS articles_stamp"
    " ON articles(page_id, removed_at, revision, content_hash, position, photo_of)",
    """
    CREATE TABLE IF NOT EXISTS watermarks (
        name TEXT PRIMARY KEY,
        article_id INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # OR, not IN: only so does SQLite see that `state = 'sending'` implies the index's condition.
    "DROP INDEX IF EXISTS outbox_state",
    "CREATE INDEX outbox_state ON outbox(state, id) WHERE state = 'sending' OR state = 'uncertain' OR state = 'failed'",
    """
    CREATE TABLE IF NOT EXISTS outbox_counts (
        state TEXT PRIMARY KEY,
        parts INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "DELETE FROM outbox_counts",
    """
    INSERT INTO outbox_counts
    SELECT name, (SELECT count(*) FROM outbox WHERE state = name)
    FROM (SELECT 'waiting' AS name UNION ALL SELECT 'sending' UNION ALL SELECT 'sent' UNION ALL SELECT 'uncertain'
          UNION ALL SELECT 'failed' UNION ALL SELECT 'expired')""",
    """
    CREATE TRIGGER IF NOT EXISTS outbox_row_added AFTER INSERT ON outbox BEGIN
        UPDATE outbox_counts SET parts = parts + 1 WHERE state = NEW.state;
    END""",
    """
    CREATE TRIGGER IF NOT EXISTS outbox_row_changed AFTER UPDATE OF state ON outbox WHEN OLD.state != NEW.state BEGIN
        UPDATE outbox_counts SET parts = parts - 1 WHERE state = OLD.state;
        UPDATE outbox_counts SET parts = parts + 1 WHERE state = NEW.state;
    END""",
    """
    CREATE TRIGGER IF NOT EXISTS outbox_row_removed AFTER DELETE ON outbox BEGIN
        UPDATE outbox_counts SET parts = parts - 1 WHERE state = OLD.state;
    END""",
)
INDEX = (
    "DROP TABLE IF EXISTS article_words",
    "DROP TRIGGER IF EXISTS articles_reworded",
    "DROP TRIGGER IF EXISTS articles_deleted",
    "DROP TABLE IF EXISTS article_bigrams",
    "DROP TABLE IF EXISTS title_bigrams",
    "DROP TABLE IF EXISTS article_marks",
    "DROP TABLE IF EXISTS article_runs",
    "DROP TABLE IF EXISTS indexed_articles",
    "DROP TABLE IF EXISTS stale_articles",
    "DROP TABLE IF EXISTS search_state",
    *m04_search_bigrams.STATEMENTS,
)
STATEMENTS = (
    # NULL: for all who have the same settings. Otherwise the one reader the message is for, with whom it goes.
    "ALTER TABLE mailings ADD COLUMN subscriber_id INTEGER REFERENCES subscribers(id) ON DELETE CASCADE",
    "CREATE INDEX mailings_subscriber ON mailings(subscriber_id) WHERE subscriber_id IS NOT NULL",
    "CREATE INDEX mailings_age ON mailings(composed_at)",
    # Until now the reader's id was the first word of the subject.
    """
    UPDATE mailings SET subscriber_id = CAST(subject AS INTEGER)
    WHERE kind IN ('alert', 'promise') AND CAST(subject AS INTEGER) IN (SELECT id FROM subscribers)""",
    """
    DELETE FROM mailings WHERE kind IN ('alert', 'promise') AND subscriber_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.mailing_id = mailings.id)""",
    "ALTER TABLE digest_message_buttons ADD COLUMN copied TEXT NOT NULL DEFAULT ''",
    # The first part of a digest of which nothing was sent, for certain: its articles can still be in another digest.
    # The condition on `state` stands here as in the index outbox_open, so that SQLite takes that index.
    """
    CREATE VIEW unbegun AS
        SELECT outbox.id, outbox.subscriber_id, outbox.mailing_id, outbox.state, outbox.due_at,
               mailings.after_article_id, mailings.day
        FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id
        WHERE outbox.kind = 'digest' AND outbox.part = 1 AND outbox.unsure = 0
          AND outbox.state IN ('waiting', 'sending')""",
)


def upgrade(db: Connection) -> None:
    """Make what is missing, then the new columns and the view."""
    for statement in (*INDEX, *MISSING, *STATEMENTS):
        db.execute(statement)
