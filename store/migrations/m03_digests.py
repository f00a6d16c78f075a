"""Digests as rows: what was read, the items in order, and each sentence with its article and place in it."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    # UNIQUE: equal settings over the same articles share one digest. `input_hash` tells whether these articles
    # changed since; then the digest is built anew under the same id.
    """
    CREATE TABLE digests (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('day', 'delivery', 'weekly')),
        day TEXT NOT NULL,
        profile_key TEXT NOT NULL,
        after_article_id INTEGER NOT NULL,
        upto_article_id INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        input_hash TEXT NOT NULL,
        built_at TEXT NOT NULL,
        UNIQUE (kind, profile_key, after_article_id, upto_article_id, day)
    ) STRICT""",
    "CREATE INDEX digests_day ON digests(day)",
    """
    CREATE TABLE digest_editions (
        digest_id INTEGER NOT NULL REFERENCES digests(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        paper TEXT NOT NULL,
        day TEXT NOT NULL,
        articles INTEGER NOT NULL,
        expected_pages INTEGER NOT NULL,
        PRIMARY KEY (digest_id, position)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE digest_pages (
        digest_id INTEGER NOT NULL,
        edition INTEGER NOT NULL,
        page INTEGER NOT NULL,
        PRIMARY KEY (digest_id, edition, page),
        FOREIGN KEY (digest_id, edition) REFERENCES digest_editions(digest_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE digest_missing_papers (
        digest_id INTEGER NOT NULL REFERENCES digests(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        paper TEXT NOT NULL,
        PRIMARY KEY (digest_id, position)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE digest_items (
        digest_id INTEGER NOT NULL REFERENCES digests(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        section TEXT NOT NULL,
        tier TEXT NOT NULL CHECK (tier IN ('summary', 'headline')),
        reason TEXT NOT NULL,
        reason_text TEXT NOT NULL,
        late INTEGER NOT NULL CHECK (late IN (0, 1)),
        follows_up_article_id INTEGER REFERENCES articles(id),
        PRIMARY KEY (digest_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX digest_items_article ON digest_items(article_id)",
    """
    CREATE TABLE digest_item_members (
        digest_id INTEGER NOT NULL,
        item INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('also', 'photo')),
        position INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        PRIMARY KEY (digest_id, item, role, position),
        FOREIGN KEY (digest_id, item) REFERENCES digest_items(digest_id, position) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # `text` is the article's paragraph [start_offset:end_offset] in code points, as it was when the digest was built.
    # `item` is NULL for points and practical sentences; `thing` numbers the things on which an item's papers disagree.
    """
    CREATE TABLE digest_sentences (
        id INTEGER PRIMARY KEY,
        digest_id INTEGER NOT NULL REFERENCES digests(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('summary', 'differing', 'point', 'practical')),
        item INTEGER,
        thing INTEGER NOT NULL DEFAULT 0,
        position INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id),
        paragraph INTEGER NOT NULL,
        start_offset INTEGER NOT NULL,
        end_offset INTEGER NOT NULL,
        text TEXT NOT NULL,
        FOREIGN KEY (digest_id, item) REFERENCES digest_items(digest_id, position) ON DELETE CASCADE
    ) STRICT""",
    "CREATE INDEX digest_sentences_digest ON digest_sentences(digest_id, role, item, position)",
    # Covers Articles.stamp, which each digest asks for: without it SQLite walks through the pages of long bodies.
    "CREATE INDEX articles_stamp ON articles(page_id, removed_at, revision, content_hash, position, photo_of)",
    """
    CREATE VIEW digests_as_read AS
        SELECT digests.id AS digest_id, digests.day, digests.kind, digest_items.position, digest_items.section,
               articles.title, digest_items.tier, digest_items.reason, digest_items.reason_text, digest_items.late,
               (SELECT group_concat(text, ' ') FROM digest_sentences
                WHERE digest_sentences.digest_id = digests.id AND role = 'summary'
                  AND item = digest_items.position) AS summary
        FROM digests
        JOIN digest_items ON digest_items.digest_id = digests.id
        JOIN articles ON articles.id = digest_items.article_id""",
)


def upgrade(db: Connection) -> None:
    """Create the tables of digests."""
    for statement in STATEMENTS:
        db.execute(statement)
