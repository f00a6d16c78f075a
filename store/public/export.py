"""Write the public file: what the papers printed, nothing of readers, deliveries or searches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from store.connection import Connection
from store.database import Store
from store.errors import BackupExists, StoreError
from store.public.grams import grams
from store.public.metadata import metadata

_AT_ONCE = 500
TABLES = {
    "papers": "SELECT id, name FROM papers ORDER BY id",
    "editions": "SELECT id, paper_id, day FROM editions ORDER BY id",
    "pages": "SELECT id, edition_id, number, legibility FROM pages ORDER BY id",
}
"""What comes before the articles, by its name in the public file."""
_PRESENT = "article_id IN (SELECT id FROM articles WHERE removed_at IS NULL) ORDER BY article_id, position"
MARKS = {
    "people": f"SELECT article_id, role, name, office FROM article_people WHERE {_PRESENT}",
    "places": f"SELECT article_id, name, level, city, mentions FROM article_places WHERE {_PRESENT}",
    "dates": f"SELECT article_id, text AS printed, first_day, last_day FROM article_dates WHERE {_PRESENT}",
    "events": "SELECT article_id, kind, what, first_day, last_day, hours, place, spot, price, phone, sentence"
    f" FROM events WHERE {_PRESENT}",
}
"""What hangs on the articles."""
_ARTICLES = """
    SELECT articles.id, page_id, papers.name AS paper, editions.day, pages.number AS page, articles.kind, kicker, title,
      subtitle, byline, body
    FROM articles JOIN pages ON pages.id = page_id JOIN editions ON editions.id = edition_id
    JOIN papers ON papers.id = paper_id
    WHERE removed_at IS NULL AND articles.id > ? ORDER BY articles.id LIMIT ?
"""
_FOREIGN = (
    ("editions", "paper_id", "papers", "id"),
    ("pages", "edition_id", "editions", "id"),
    ("articles", "page_id", "pages", "id"),
    ("people", "article_id", "articles", "id"),
    ("places", "article_id", "articles", "id"),
    ("dates", "article_id", "articles", "id"),
    ("events", "article_id", "articles", "id"),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows by table, and the file with titles and questions for Datasette."""

    file: Path
    metadata: Path
    rows: dict[str, int]


def export(store: Store, file: Path, *, force: bool = False) -> Exported:
    """Write the articles of `store` into `file` and `metadata.yaml` beside it; all of it or nothing.

    Raises BackupExists where the file is there and not `force`, StoreError.
    """
    if file.exists() and not force:
        raise BackupExists(str(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(file.name + ".writing")
    scratch.unlink(missing_ok=True)
    target = Connection(scratch)
    try:
        target.execute("PRAGMA journal_mode = DELETE")
        with store.db.transaction(), target.transaction():  # one moment of the store
            _write(store.db, target.tables)
        rows = {
            name: int(target.value(f"SELECT count(*) FROM {name}")) for name in (*TABLES, "articles", *MARKS)
        }
        target.execute("ANALYZE")
        target.close()
        scratch.chmod(0o644)  # made to be published
        scratch.replace(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        target.close()
        for rest in ("", "-journal", "-wal", "-shm"):
            scratch.with_name(scratch.name + rest).unlink(missing_ok=True)
    described = file.with_name("metadata.yaml")
    described.write_text(metadata(file.stem), encoding="utf-8")
    return Exported(file, described, rows)


def _write(source: Connection, db: sqlite_utils.Database) -> None:
    for name, sql in TABLES.items():
        rows = [dict(row) for row in source.rows(sql)]
        _create(db, name)
        db.table(name).insert_all(rows)
    _create(db, "articles")
    db.execute(
        'CREATE VIRTUAL TABLE articles_fts USING fts5(kicker, title, subtitle, byline, body, content="articles",'
        " content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    after = 0
    while rows := [dict(row) for row in source.rows(_ARTICLES, [after, _AT_ONCE])]:
        db.table("articles").insert_all(rows)
        db.conn.executemany(
            "INSERT INTO articles_fts (rowid, kicker, title, subtitle, byline, body) VALUES (?, ?, ?, ?, ?, ?)",
            [
                [
                    row["id"],
                    *(grams(row[column]) for column in ("kicker", "title", "subtitle", "byline", "body")),
                ]
                for row in rows
            ],
        )
        after = rows[-1]["id"]
    for name, sql in MARKS.items():
        _create(db, name)
        db.table(name).insert_all(dict(row) for row in source.rows(sql))
    for table, column, *_ in _FOREIGN:
        db.table(table).create_index([column], if_not_exists=True)
    db.table("articles").create_index(["day", "page"])


_COLUMNS: dict[str, dict[str, type]] = {
    "papers": {"id": int, "name": str},
    "editions": {"id": int, "paper_id": int, "day": str},
    "pages": {"id": int, "edition_id": int, "number": int, "legibility": float},
    "people": {"article_id": int, "role": str, "name": str, "office": str},
    "articles": {
        "id": int, "page_id": int, "paper": str, "day": str, "page": int, "kind": str, "kicker": str, "title": str,
        "subtitle": str, "byline": str, "body": str,
    },
    "places": {"article_id": int, "name": str, "level": str, "city": str, "mentions": int},
    "events": {
        "article_id": int, "kind": str, "what": str, "first_day": str, "last_day": str, "hours": str, "place": str,
        "spot": str, "price": str, "phone": str, "sentence": str,
    },
    "dates": {"article_id": int, "printed": str, "first_day": str, "last_day": str},
}  # fmt: skip


def _create(db: sqlite_utils.Database, name: str) -> None:
    columns = _COLUMNS[name]
    keys = [(column, other, there) for table, column, other, there in _FOREIGN if table == name]
    db.table(name).create(columns, pk="id" if "id" in columns else None, foreign_keys=keys)
