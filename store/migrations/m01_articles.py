"""Papers, editions, pages, articles and what was found in them; the first search index, by words."""

from __future__ import annotations

from store.connection import Connection

STATEMENTS = (
    """
    CREATE TABLE papers (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        first_seen_at TEXT NOT NULL
    ) STRICT""",
    """
    CREATE TABLE editions (
        id INTEGER PRIMARY KEY,
        paper_id INTEGER NOT NULL REFERENCES papers(id),
        day TEXT NOT NULL,
        UNIQUE (paper_id, day)
    ) STRICT""",
    "CREATE INDEX editions_day ON editions(day)",
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        edition_id INTEGER NOT NULL REFERENCES editions(id),
        number INTEGER NOT NULL,
        source TEXT NOT NULL,
        format TEXT NOT NULL,
        raw_text TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        legibility REAL NOT NULL,
        parser TEXT NOT NULL,
        read_at TEXT NOT NULL,
        UNIQUE (edition_id, number)
    ) STRICT""",
    """
    CREATE TABLE page_pieces (
        id INTEGER PRIMARY KEY,
        page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('banner', 'furniture', 'repeat')),
        text TEXT NOT NULL,
        first_line INTEGER NOT NULL,
        last_line INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX page_pieces_page ON page_pieces(page_id)",
    """
    CREATE TABLE page_warnings (
        id INTEGER PRIMARY KEY,
        page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE,
        code TEXT NOT NULL,
        text TEXT NOT NULL,
        line INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX page_warnings_page ON page_warnings(page_id)",
    # AUTOINCREMENT: an id is never used twice and ids grow in commit order, so an id is the article's arrival.
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        page_id INTEGER NOT NULL REFERENCES pages(id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('article', 'photo', 'notice')),
        kicker TEXT NOT NULL,
        title TEXT NOT NULL,
        subtitle TEXT NOT NULL,
        byline TEXT NOT NULL,
        body TEXT NOT NULL,
        confidence REAL NOT NULL,
        legibility REAL NOT NULL,
        complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
        photo_of INTEGER REFERENCES articles(id),
        content_hash TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1,
        first_seen_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        removed_at TEXT
    ) STRICT""",
    "CREATE INDEX articles_page ON articles(page_id, position)",
    """
    CREATE TABLE article_subheads (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        before_paragraph INTEGER NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE article_lines (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        first_line INTEGER NOT NULL,
        last_line INTEGER NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE article_people (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('reporter', 'correspondent', 'photographer', 'named')),
        office TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX article_people_name ON article_people(name)",
    """
    CREATE TABLE article_places (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        code TEXT NOT NULL,
        city TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX article_places_name ON article_places(name)",
    """
    CREATE TABLE article_dates (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        first_day TEXT,
        last_day TEXT,
        PRIMARY KEY (article_id, position)
    ) STRICT, WITHOUT ROWID""",
    # A file that could not be read is kept here by name until it can.
    """
    CREATE TABLE unread_files (
        source TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        first_seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL
    ) STRICT""",
    # What a reader of the database file (Datasette) wants to see first.
    """
    CREATE VIEW articles_as_printed AS
        SELECT articles.id, papers.name AS paper, editions.day, pages.number AS page, articles.position,
               articles.kind, articles.kicker, articles.title, articles.subtitle, articles.byline, articles.body
        FROM articles
        JOIN pages ON pages.id = articles.page_id
        JOIN editions ON editions.id = pages.edition_id
        JOIN papers ON papers.id = editions.paper_id
        WHERE articles.removed_at IS NULL""",
)


def upgrade(db: Connection) -> None:
    """Create the tables of pages and articles."""
    for statement in STATEMENTS:
        db.execute(statement)
