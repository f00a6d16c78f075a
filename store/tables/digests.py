"""The digests table and its rows: items in order, each sentence with article, paragraph and offsets.

What goes into a digest is decided in `digests/`; who gets it, in the outbox.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from store.connection import Connection
from store.errors import DigestNotFound
from store.models import Article, Digest, Edition, Item, Quote, Reason, Span
from store.models.digests import DigestKind, Tier
from store.tables.articles import Articles

_CHILDREN = (
    "digest_sentences",
    "digest_item_members",
    "digest_items",
    "digest_pages",
    "digest_editions",
    "digest_missing_papers",
)


class Digests:
    """Saved digests as records."""

    def __init__(self, db: Connection, articles: Articles) -> None:
        self._db = db
        self._articles = articles

    def get(self, digest_id: int) -> Digest:
        """The digest with its articles as they are now. Raises DigestNotFound."""
        row = self._db.row("SELECT * FROM digests WHERE id = ?", [digest_id])
        if row is None:
            raise DigestNotFound(digest_id)
        return self._record(row)

    def find(
        self, kind: DigestKind, *, day: date, profile_key: str, after: int, upto: int, input_hash: str = ""
    ) -> Digest | None:
        """The digest saved under this key, or None; with `input_hash` only if it was built from exactly that input."""
        row = self._db.row(
            "SELECT * FROM digests WHERE kind = ? AND profile_key = ? AND after_article_id = ?"
            " AND upto_article_id = ? AND day = ? AND (? = '' OR input_hash = ?)",
            [kind, profile_key, after, upto, day.isoformat(), input_hash, input_hash],
        )
        return None if row is None else self._record(row)

    def on(self, day: date, *, kind: DigestKind = "day") -> list[Digest]:
        """The digests of a day, oldest first."""
        rows = self._db.rows(
            "SELECT * FROM digests WHERE day = ? AND kind = ? ORDER BY id", [day.isoformat(), kind]
        )
        return [self._record(row) for row in rows]

    def put(self, digest: Digest, *, input_hash: str) -> Digest:
        """Save the digest with all its rows; the record with its id.

        A digest already saved under the same key keeps its id: from the same input it is returned as saved, else it
        takes the new rows and its revision rises.
        """
        key = [digest.kind, digest.profile_key, digest.after, digest.upto, digest.day.isoformat()]
        with self._db.transaction():
            # Another thread may have been faster since the caller looked.
            saved_before = self.find(
                digest.kind,
                day=digest.day,
                profile_key=digest.profile_key,
                after=digest.after,
                upto=digest.upto,
                input_hash=input_hash,
            )
            if saved_before is not None:
                return saved_before
            row = self._db.row(
                "INSERT INTO digests (kind, profile_key, after_article_id, upto_article_id, day, input_hash, built_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (kind, profile_key, after_article_id, upto_article_id, day) DO UPDATE SET"
                " revision = revision + 1, input_hash = excluded.input_hash, built_at = excluded.built_at"
                " RETURNING id, revision",
                [*key, input_hash, digest.built_at.isoformat()],
            )
            assert row is not None
            saved = replace(digest, id=row["id"], revision=row["revision"])
            if saved.revision > 1:
                for table in _CHILDREN:
                    self._db.execute(f"DELETE FROM {table} WHERE digest_id = ?", [saved.id])
            self._put_header(saved)
            self._put_items(saved)
        return saved

    def _put_header(self, digest: Digest) -> None:
        many = self._db.executemany
        many(
            "INSERT INTO digest_editions VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    digest.id,
                    n,
                    edition.paper,
                    edition.day.isoformat(),
                    edition.articles,
                    edition.expected_pages,
                )
                for n, edition in enumerate(digest.editions)
            ],
        )
        many(
            "INSERT INTO digest_pages VALUES (?, ?, ?)",
            [(digest.id, n, page) for n, edition in enumerate(digest.editions) for page in edition.pages],
        )
        many(
            "INSERT INTO digest_missing_papers VALUES (?, ?, ?)",
            [(digest.id, n, paper) for n, paper in enumerate(digest.missing)],
        )

    def _put_items(self, digest: Digest) -> None:
        many = self._db.executemany
        many(
            "INSERT INTO digest_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    digest.id,
                    n,
                    item.article.id,
                    item.section,
                    item.tier,
                    item.reason.kind,
                    item.reason.text,
                    int(item.late),
                    item.previous.id if item.previous else None,
                )
                for n, item in enumerate(digest.items)
            ],
        )
        many(
            "INSERT INTO digest_item_members VALUES (?, ?, ?, ?, ?)",
            [
                (digest.id, n, role, position, article.id)
                for n, item in enumerate(digest.items)
                for role, articles in (("also", item.also), ("group", item.group), ("photo", item.photos))
                for position, article in enumerate(articles)
            ],
        )
        many(
            "INSERT INTO digest_sentences"
            " (digest_id, role, item, thing, position, article_id, paragraph, start_offset, end_offset, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    digest.id,
                    *where,
                    quote.article_id,
                    quote.paragraph,
                    quote.span.start,
                    quote.span.end,
                    quote.span.text,
                )
                for where, quote in _sentences(digest)
            ],
        )

    def _record(self, row: sqlite3.Row) -> Digest:
        digest_id = row["id"]
        items = self._children("digest_items", digest_id)
        members = self._children("digest_item_members", digest_id)
        wanted = [item["article_id"] for item in items]
        wanted += [item["follows_up_article_id"] for item in items if item["follows_up_article_id"]]
        wanted += [member["article_id"] for member in members]
        articles = {article.id: article for article in self._articles.many(sorted(set(wanted)))}
        together: dict[tuple[int, str], list[Article]] = defaultdict(list)
        for member in members:
            together[member["item"], member["role"]].append(articles[member["article_id"]])
        said: dict[tuple[str, int | None], dict[int, list[Quote]]] = defaultdict(lambda: defaultdict(list))
        for sentence in self._children("digest_sentences", digest_id):
            said[sentence["role"], sentence["item"]][sentence["thing"]].append(_quote(sentence))
        return Digest(
            id=digest_id,
            kind=cast(DigestKind, row["kind"]),
            day=date.fromisoformat(row["day"]),
            profile_key=row["profile_key"],
            after=row["after_article_id"],
            upto=row["upto_article_id"],
            built_at=datetime.fromisoformat(row["built_at"]),
            editions=self._editions(digest_id),
            missing=tuple(paper["paper"] for paper in self._children("digest_missing_papers", digest_id)),
            points=tuple(said["point", None][0]),
            items=tuple(
                Item(
                    article=articles[item["article_id"]],
                    section=item["section"],
                    tier=cast(Tier, item["tier"]),
                    reason=Reason(item["reason"], item["reason_text"]),
                    quotes=tuple(said["summary", item["position"]][0]),
                    also=tuple(together[item["position"], "also"]),
                    group=tuple(together[item["position"], "group"]),
                    photos=tuple(together[item["position"], "photo"]),
                    previous=articles.get(item["follows_up_article_id"]),
                    late=bool(item["late"]),
                    differing=tuple(tuple(group) for group in said["differing", item["position"]].values()),
                )
                for item in items
            ),
            practical=tuple(said["practical", None][0]),
            revision=row["revision"],
        )

    def _editions(self, digest_id: int) -> tuple[Edition, ...]:
        pages: dict[int, list[int]] = defaultdict(list)
        for page in self._db.rows(
            "SELECT edition, page FROM digest_pages WHERE digest_id = ? ORDER BY edition, page", [digest_id]
        ):
            pages[page["edition"]].append(page["page"])
        return tuple(
            Edition(
                row["paper"],
                date.fromisoformat(row["day"]),
                tuple(pages[row["position"]]),
                row["articles"],
                row["expected_pages"],
            )
            for row in self._children("digest_editions", digest_id)
        )

    def _children(self, table: str, digest_id: int) -> list[sqlite3.Row]:
        order = {"digest_item_members": "item, role, position", "digest_sentences": "id"}.get(
            table, "position"
        )
        return self._db.rows(f"SELECT * FROM {table} WHERE digest_id = ? ORDER BY {order}", [digest_id])


def _sentences(digest: Digest) -> Iterable[tuple[tuple[Any, ...], Quote]]:
    """((role, item, thing, position), quote) of every sentence, in the order of reading."""
    for position, quote in enumerate(digest.points):
        yield ("point", None, 0, position), quote
    for n, item in enumerate(digest.items):
        for position, quote in enumerate(item.quotes):
            yield ("summary", n, 0, position), quote
        for thing, group in enumerate(item.differing):
            for position, quote in enumerate(group):
                yield ("differing", n, thing, position), quote
    for position, quote in enumerate(digest.practical):
        yield ("practical", None, 0, position), quote


def _quote(row: sqlite3.Row) -> Quote:
    return Quote(
        row["article_id"], row["paragraph"], Span(row["start_offset"], row["end_offset"], row["text"])
    )
