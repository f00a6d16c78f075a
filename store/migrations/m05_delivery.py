"""Subscribers with their settings, what is composed for them, the outbox and the heartbeat.

Instants are UTC text of one width ("2026-11-20T07:30:00.000+00:00"), so they compare as text.
"""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # Equal settings are one row, so that a hundred thousand subscribers plan as a few dozen groups.
    """
    CREATE TABLE profiles (
        key TEXT PRIMARY KEY,
        length TEXT NOT NULL CHECK (length IN ('titles', 'summaries', 'detailed')),
        item_order TEXT NOT NULL CHECK (item_order IN ('importance', 'place', 'paper')),
        only_matching INTEGER NOT NULL CHECK (only_matching IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE profile_choices (
        profile_key TEXT NOT NULL REFERENCES profiles(key) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('paper', 'place', 'follow', 'mute')),
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (profile_key, kind, position)
    ) STRICT, WITHOUT ROWID""",
    # `promised_at` is the instant the next digest is promised for, `next_due_at` when the tick looks next (later than
    # promised while the day's pages are not there yet). `done_day`, `done_count`: how many of that local day's digests
    # are settled; they keep a change of hour or zone from skipping or doubling a day. `revision` rises with every
    # change, so that a plan made meanwhile is not applied.
    """
    CREATE TABLE subscribers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL UNIQUE,
        language TEXT NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
        active INTEGER NOT NULL DEFAULT 0 CHECK (active IN (0, 1)),
        reached INTEGER NOT NULL DEFAULT 1 CHECK (reached IN (0, 1)),
        unreached_reason TEXT NOT NULL DEFAULT '',
        silent INTEGER NOT NULL DEFAULT 0 CHECK (silent IN (0, 1)),
        late TEXT NOT NULL DEFAULT 'next' CHECK (late IN ('next', 'edit')),
        profile_key TEXT NOT NULL REFERENCES profiles(key),
        time_zone TEXT NOT NULL,
        hour TEXT NOT NULL,
        second_hour TEXT,
        days TEXT NOT NULL CHECK (days IN ('every', 'weekdays', 'workdays', 'chosen')),
        weekdays TEXT NOT NULL DEFAULT '',
        weekly INTEGER NOT NULL DEFAULT 0 CHECK (weekly IN (0, 1)),
        quiet_from TEXT NOT NULL,
        quiet_upto TEXT NOT NULL,
        paused_until TEXT,
        delivered_upto INTEGER NOT NULL DEFAULT 0,
        promised_at TEXT,
        next_due_at TEXT,
        next_due_day TEXT,
        next_due_number INTEGER NOT NULL DEFAULT 0,
        done_day TEXT,
        done_count INTEGER NOT NULL DEFAULT 0,
        weekly_done_day TEXT,
        first_seen_at TEXT NOT NULL,
        subscribed_at TEXT,
        revision INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX subscribers_due ON subscribers(next_due_at, id) WHERE next_due_at IS NOT NULL",
    "CREATE INDEX subscribers_profile ON subscribers(profile_key)",
    "CREATE INDEX subscribers_edit ON subscribers(delivered_upto) WHERE late = 'edit' AND active = 1",
    # What was composed once for all subscribers with equal settings and language (digests), or for one (the rest).
    """
    CREATE TABLE mailings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('digest', 'missed', 'alert', 'promise', 'notice', 'edit')),
        subject TEXT NOT NULL,
        language TEXT NOT NULL,
        digest_id INTEGER REFERENCES digests(id),
        digest_revision INTEGER NOT NULL DEFAULT 0,
        day TEXT,
        after_article_id INTEGER,
        upto_article_id INTEGER,
        parts INTEGER NOT NULL,
        composed_at TEXT NOT NULL,
        UNIQUE (kind, subject, language)
    ) STRICT""",
    "CREATE INDEX mailings_digest ON mailings(digest_id)",
    """
    CREATE TABLE digest_messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        mailing_id INTEGER NOT NULL REFERENCES mailings(id) ON DELETE CASCADE,
        part INTEGER NOT NULL,
        html TEXT NOT NULL,
        UNIQUE (mailing_id, part)
    ) STRICT""",
    """
    CREATE TABLE digest_message_buttons (
        message_id INTEGER NOT NULL REFERENCES digest_messages(id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        data TEXT NOT NULL,
        url TEXT NOT NULL,
        PRIMARY KEY (message_id, line, position)
    ) STRICT, WITHOUT ROWID""",
    # A row stands here before any call. The two UNIQUE keys, not care, make a second message impossible.
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subscriber_id INTEGER NOT NULL REFERENCES subscribers(id) ON DELETE CASCADE,
        mailing_id INTEGER NOT NULL REFERENCES mailings(id),
        digest_id INTEGER,
        kind TEXT NOT NULL,
        part INTEGER NOT NULL,
        message_id INTEGER NOT NULL REFERENCES digest_messages(id),
        state TEXT NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'expired')),
        due_at TEXT NOT NULL,
        again_at TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        unsure INTEGER NOT NULL DEFAULT 0,
        plain INTEGER NOT NULL DEFAULT 0,
        silent INTEGER NOT NULL DEFAULT 0,
        claimed_at TEXT,
        settled_at TEXT,
        telegram_message_id INTEGER,
        reason TEXT NOT NULL DEFAULT '',
        edits_outbox_id INTEGER REFERENCES outbox(id) ON DELETE CASCADE,
        UNIQUE (subscriber_id, mailing_id, part),
        UNIQUE (subscriber_id, digest_id, part)
    ) STRICT""",
    "CREATE INDEX outbox_waiting ON outbox(due_at, id) WHERE state = 'waiting'",
    "CREATE INDEX outbox_open ON outbox(subscriber_id, id) WHERE state IN ('waiting', 'sending')",
    # OR, not IN: only so does SQLite see that `state = 'sending'` implies the index's condition.
    "CREATE INDEX outbox_state ON outbox(state, id) WHERE state = 'sending' OR state = 'uncertain' OR state = 'failed'",
    "CREATE INDEX outbox_mailing ON outbox(mailing_id)",
    "CREATE INDEX outbox_edits ON outbox(edits_outbox_id) WHERE edits_outbox_id IS NOT NULL",
    # How many rows are in each state, kept by triggers: /health asks every minute, and counting millions takes a second.
    """
    CREATE TABLE outbox_counts (
        state TEXT PRIMARY KEY,
        parts INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """
    INSERT INTO outbox_counts
    VALUES ('waiting', 0), ('sending', 0), ('sent', 0), ('uncertain', 0), ('failed', 0), ('expired', 0)""",
    """
    CREATE TRIGGER outbox_row_added AFTER INSERT ON outbox BEGIN
        UPDATE outbox_counts SET parts = parts + 1 WHERE state = NEW.state;
    END""",
    """
    CREATE TRIGGER outbox_row_changed AFTER UPDATE OF state ON outbox WHEN OLD.state != NEW.state BEGIN
        UPDATE outbox_counts SET parts = parts - 1 WHERE state = OLD.state;
        UPDATE outbox_counts SET parts = parts + 1 WHERE state = NEW.state;
    END""",
    """
    CREATE TRIGGER outbox_row_removed AFTER DELETE ON outbox BEGIN
        UPDATE outbox_counts SET parts = parts - 1 WHERE state = OLD.state;
    END""",
    """
    CREATE TABLE heartbeats (
        name TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        started_at TEXT NOT NULL,
        process_id INTEGER NOT NULL,
        lag_seconds REAL NOT NULL,
        detail TEXT NOT NULL
    ) STRICT""",
    # What an operator wants to see first in Datasette.
    """
    CREATE VIEW outbox_by_state AS
        SELECT mailings.kind, mailings.day, outbox.state, count(*) AS parts, min(outbox.due_at) AS first_due_at,
               max(outbox.settled_at) AS last_settled_at
        FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id
        GROUP BY mailings.kind, mailings.day, outbox.state""",
)


def upgrade(db: Connection) -> None:
    """Create the tables of subscribers and of delivery."""
    for statement in STATEMENTS:
        db.execute(statement)
