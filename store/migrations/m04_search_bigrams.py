"""Search by pairs of characters instead of words (docs/search.md): finds what stands across the borders of words.

The tables are made empty; `store.schema.migrate` has them filled, for what goes in is decided by today's code.
"""

from __future__ import annotations

from store.connection import Connection

_TOKENIZER = "tokenize = \"ascii tokenchars '.%+-/#&@_*=$~^|\\'\""
_MARKS_TOKENIZER = "tokenize = \"ascii tokenchars '!\"\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'\""
STATEMENTS = (
    f"CREATE VIRTUAL TABLE article_bigrams USING fts5(title, body, more, own, content = '', {_TOKENIZER})",
    f"CREATE VIRTUAL TABLE title_bigrams USING fts5(title, content = '', {_TOKENIZER})",
    f"CREATE VIRTUAL TABLE article_marks USING fts5(marks, content = '', detail = none, {_MARKS_TOKENIZER})",
    "CREATE TABLE article_runs (ending TEXT NOT NULL, run TEXT NOT NULL, PRIMARY KEY (ending, run)) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE indexed_articles (
        article_id INTEGER PRIMARY KEY,
        paper_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        more TEXT NOT NULL,
        labels TEXT NOT NULL,
        stamp INTEGER NOT NULL
    ) STRICT""",
    "CREATE TABLE stale_articles (article_id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE TABLE search_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TRIGGER articles_reworded BEFORE UPDATE OF title, body ON articles
    WHEN OLD.title <> NEW.title OR OLD.body <> NEW.body
    BEGIN
        INSERT INTO stale_articles SELECT OLD.id, OLD.title, OLD.body
        WHERE EXISTS (SELECT 1 FROM indexed_articles WHERE article_id = OLD.id)
        AND NOT EXISTS (SELECT 1 FROM stale_articles WHERE article_id = OLD.id);
    END""",
    """
    CREATE TRIGGER articles_deleted BEFORE DELETE ON articles
    BEGIN
        INSERT INTO stale_articles SELECT OLD.id, OLD.title, OLD.body
        WHERE EXISTS (SELECT 1 FROM indexed_articles WHERE article_id = OLD.id)
        AND NOT EXISTS (SELECT 1 FROM stale_articles WHERE article_id = OLD.id);
    END""",
    "INSERT INTO search_state VALUES ('folding', ''), ('changes', '0')",
)


def upgrade(db: Connection) -> None:
    """Drop the words index and make the tables of the bigram index."""
    db.execute("DROP TABLE IF EXISTS article_words")
    for statement in STATEMENTS:
        db.execute(statement)
