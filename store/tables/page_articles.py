"""The articles of one page, as the parser gives them → rows, with their places, people, lines and dates."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from store.connection import Connection
from store.models import ParsedArticle, ParsedPage
from store.tables.matching import same_articles


@dataclass(frozen=True, slots=True)
class PageChange:
    """What storing a page did. `outcome` is "new", "unchanged" or "updated"; ids are article ids."""

    outcome: str
    page_id: int
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


def put_articles(
    db: Connection, page_id: int, parsed: ParsedPage, now: datetime, *, is_new: bool
) -> PageChange:
    """Write a page's articles, in the caller's transaction: the same ones (by title and body) keep their ids, and what the
    page has no more is marked as removed."""
    stored = db.rows(
        "SELECT id, title, body, content_hash, id IN (SELECT article_id FROM retractions) AS retracted FROM articles"
        " WHERE page_id = ? AND (removed_at IS NULL OR retracted) ORDER BY position",
        [page_id],
    )
    match = same_articles(
        [(row["title"], row["body"]) for row in stored],
        [(article.title, "\n".join(article.body)) for article in parsed.articles],
    )
    added, changed, ids = [], [], []
    for position, article in enumerate(parsed.articles):
        fingerprint = article_hash(article)
        if position in match:
            row = stored[match[position]]
            article_id = int(row["id"])
            if row["content_hash"] != fingerprint:
                _update(db, article_id, position, article, fingerprint, now)
                if not row["retracted"]:  # an operator took it out: it stays out
                    changed.append(article_id)
            else:
                db.execute("UPDATE articles SET position = ? WHERE id = ?", [position, article_id])
        else:
            article_id = _insert(db, page_id, position, article, fingerprint, now)
            added.append(article_id)
        ids.append(article_id)
    for article_id, article in zip(ids, parsed.articles, strict=True):
        owner = None if article.photo_of is None else ids[article.photo_of]
        db.execute("UPDATE articles SET photo_of = ? WHERE id = ?", [owner, article_id])
    kept = set(match.values())
    removed = [
        int(row["id"]) for index, row in enumerate(stored) if index not in kept and not row["retracted"]
    ]
    db.executemany(
        "UPDATE articles SET removed_at = ? WHERE id = ?",
        [(now.isoformat(), article_id) for article_id in removed],
    )
    return PageChange("new" if is_new else "updated", page_id, tuple(added), tuple(changed), tuple(removed))


def _insert(
    db: Connection, page_id: int, position: int, article: ParsedArticle, fingerprint: str, now: datetime
) -> int:
    cursor = db.execute(
        "INSERT INTO articles (page_id, position, kind, kicker, title, subtitle, byline, body, confidence, legibility,"
        " complete, content_hash, first_seen_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [page_id, position, *_columns(article), fingerprint, now.isoformat(), now.isoformat()],
    )
    article_id = int(cursor.lastrowid or 0)
    _details(db, article_id, article)
    return article_id


def _update(
    db: Connection, article_id: int, position: int, article: ParsedArticle, fingerprint: str, now: datetime
) -> None:
    db.execute(
        "UPDATE articles SET position = ?, kind = ?, kicker = ?, title = ?, subtitle = ?, byline = ?, body = ?, confidence = ?,"
        " legibility = ?, complete = ?, content_hash = ?, updated_at = ?, revision = revision + 1 WHERE id = ?",
        [position, *_columns(article), fingerprint, now.isoformat(), article_id],
    )
    for table in (
        "article_subheads",
        "article_lines",
        "article_people",
        "article_places",
        "article_dates",
    ):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    _details(db, article_id, article)


def _details(db: Connection, article_id: int, article: ParsedArticle) -> None:
    byline = article.byline
    people = [(name, "reporter", "") for name in byline.reporters]
    people += [(name, "correspondent", "") for name in byline.correspondents]
    people += [(name, "photographer", "") for name in byline.photographers]
    people += [(person.name, "named", person.office) for person in article.people]
    many = db.executemany
    many(
        "INSERT INTO article_subheads VALUES (?, ?, ?, ?)",
        [(article_id, n, storable(t), at) for n, (t, at) in enumerate(article.subheads)],
    )
    many(
        "INSERT INTO article_lines VALUES (?, ?, ?, ?)",
        [(article_id, n, first, last) for n, (first, last) in enumerate(article.lines)],
    )
    many(
        "INSERT INTO article_people VALUES (?, ?, ?, ?, ?)",
        [
            (article_id, n, storable(name), role, storable(office))
            for n, (name, role, office) in enumerate(people)
        ],
    )
    many(
        "INSERT INTO article_places VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, n, storable(p.name), p.level, p.code, p.city, p.count)
            for n, p in enumerate(article.places)
        ],
    )
    many(
        "INSERT INTO article_dates VALUES (?, ?, ?, ?, ?)",
        [
            (
                article_id,
                n,
                storable(d.text),
                d.first and d.first.isoformat(),
                d.last and d.last.isoformat(),
            )
            for n, d in enumerate(article.dates)
        ],
    )


def article_hash(parsed: ParsedArticle) -> str:
    """A fingerprint of all that is stored of an article."""
    return hashlib.sha256(
        json.dumps(asdict(parsed), ensure_ascii=False, default=str).encode("utf-8", "replace")
    ).hexdigest()


def _columns(article: ParsedArticle) -> list[str | float | int]:
    return [
        article.kind,
        storable(article.kicker),
        storable(article.title),
        storable(article.subtitle),
        storable(article.byline.raw),
        storable("\n".join(article.body)),
        article.confidence,
        article.legibility,
        int(article.complete),
    ]


def storable(text: str) -> str:
    """The text without what UTF-8 cannot hold (lone surrogates become U+FFFD) and without NUL, which cuts SQL strings."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
