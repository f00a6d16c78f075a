"""The articles table and what hangs on it: reading articles back as records.

Writing a page with its articles is `store/tables/editions.py`'s and `page_articles.py`'s; finding words is `store/search`'s.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from store.connection import Connection
from store.errors import ArticleNotFound
from store.models import Article, Byline, MentionedDate, Person, Place
from store.models.pages import Kind

_SELECT = """
    SELECT articles.*, papers.name AS paper, editions.day, pages.number AS page, pages.label AS page_label,
           coalesce(article_origins.area, 0.0) AS area
    FROM articles
    JOIN pages ON pages.id = articles.page_id
    JOIN editions ON editions.id = pages.edition_id
    JOIN papers ON papers.id = editions.paper_id
    LEFT JOIN article_origins ON article_origins.article_id = articles.id
"""
_CHUNK = 500
"""Ids a query: SQLite's default limit of host parameters was 999 before 3.32 (https://sqlite.org/limits.html)."""


class Articles:
    """Articles as records. Removed ones are only returned by `get` and `many`, retracted ones only by `many`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, article_id: int) -> Article:
        """The article, also when its page has lost it since. Raises ArticleNotFound, also where it was retracted."""
        found = self.many([article_id])
        if not found or self._db.value("SELECT 1 FROM retractions WHERE article_id = ?", [article_id]):
            raise ArticleNotFound(article_id)
        return found[0]

    def many(self, ids: Sequence[int]) -> list[Article]:
        """The articles with these ids, in the order asked; unknown ids are left out."""
        rows: dict[int, sqlite3.Row] = {}
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            for row in self._db.rows(f"{_SELECT} WHERE articles.id IN ({marks})", part):
                rows[row["id"]] = row
        return self._records([rows[article_id] for article_id in ids if article_id in rows])

    def on(self, day: date, *, paper: str = "") -> list[Article]:
        """The articles printed on a day, by paper, page and position."""
        where, values = "editions.day = ?", [day.isoformat()]
        if paper:
            where += " AND papers.name = ?"
            values.append(paper)
        return self._records(
            self._db.rows(
                f"{_SELECT} WHERE {where} AND articles.removed_at IS NULL"
                " ORDER BY papers.id, pages.number, articles.position",
                values,
            )
        )

    def on_page(self, page_id: int) -> list[Article]:
        """The articles of a page in reading order."""
        return self._records(
            self._db.rows(
                f"{_SELECT} WHERE articles.page_id = ? AND articles.removed_at IS NULL ORDER BY articles.position",
                [page_id],
            )
        )

    def between(self, after: int, upto: int) -> list[Article]:
        """The articles with after < id <= upto, in order of arrival."""
        return self._records(
            self._db.rows(
                f"{_SELECT} WHERE articles.id > ? AND articles.id <= ? AND articles.removed_at IS NULL ORDER BY articles.id",
                [after, upto],
            )
        )

    def printed(self, first: date, last: date, *, upto: int | None = None) -> list[Article]:
        """The articles printed on these days (that had arrived by `upto`), in order of arrival."""
        where, values = _limits(first, last, 0, upto)
        return self._records(self._db.rows(f"{_SELECT} WHERE {where} ORDER BY articles.id", values))

    def stamp(
        self, *, first: date | None = None, last: date | None = None, after: int = 0, upto: int | None = None
    ) -> str:
        """A fingerprint of the articles of these days and ids: equal stamps mean equal records.

        It costs a fraction of reading them.
        """
        where, values = _limits(first, last, after, upto)
        rows = self._db.rows(
            "SELECT pages.id, editions.day, papers.name, pages.number, group_concat(articles.id || ' ' ||"
            " articles.revision || ' ' || articles.content_hash || ' ' || articles.position || ' ' ||"
            " coalesce(articles.photo_of, ''))"
            " FROM editions JOIN papers ON papers.id = editions.paper_id JOIN pages ON pages.edition_id = editions.id"
            f" JOIN articles ON articles.page_id = pages.id WHERE {where} GROUP BY pages.id",
            values,
        )
        # The order in which SQLite joins and concatenates is its own business.
        told = sorted("\t".join([*map(str, tuple(row)[:-1]), *sorted(row[-1].split(","))]) for row in rows)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def newest_id(self) -> int:
        """The highest id ever given (0: none): the upper end of a digest's range."""
        return int(self._db.value("SELECT coalesce(max(id), 0) FROM articles"))

    def came_at(self, after: int, upto: int) -> tuple[datetime, datetime] | None:
        """When the first and the last article of the range (`after`, `upto`] entered, as stamped; None when empty."""
        stamps = [
            self._db.value(
                f"SELECT first_seen_at FROM articles WHERE id > ? AND id <= ? ORDER BY id {order} LIMIT 1",
                [after, upto],
            )
            for order in ("ASC", "DESC")
        ]
        if stamps[0] is None:
            return None
        return datetime.fromisoformat(stamps[0]), datetime.fromisoformat(stamps[1])

    def newest_before(self, day: date) -> int:
        """The highest id among articles that entered before the first article printed on or after `day`."""
        first = self._db.value(
            "SELECT min(articles.id) FROM editions JOIN pages ON pages.edition_id = editions.id"
            " JOIN articles ON articles.page_id = pages.id WHERE editions.day >= ?",
            [day.isoformat()],
        )
        return self.newest_id() if first is None else int(first) - 1

    def frequent_places(self, *, after: int, limit: int = 12) -> list[str]:
        """The counties most named in articles with an id above `after`, most first."""
        return [
            row["name"]
            for row in self._db.rows(
                "SELECT name, count(*) AS named FROM article_places WHERE article_id > ? AND level = 'county'"
                " GROUP BY name ORDER BY named DESC, name LIMIT ?",
                [after, limit],
            )
        ]

    def count(self) -> int:
        """How many articles there are."""
        return int(self._db.value("SELECT count(*) FROM articles WHERE removed_at IS NULL"))

    def _records(self, rows: Iterable[sqlite3.Row]) -> list[Article]:
        rows = list(rows)
        ids = [row["id"] for row in rows]
        subheads = self._children("article_subheads", ids)
        people = self._children("article_people", ids)
        places = self._children("article_places", ids)
        dates = self._children("article_dates", ids)
        return [
            _record(row, subheads[row["id"]], people[row["id"]], places[row["id"]], dates[row["id"]])
            for row in rows
        ]

    def _children(self, table: str, ids: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        found: dict[int, list[sqlite3.Row]] = defaultdict(list)
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            for row in self._db.rows(
                f"SELECT * FROM {table} WHERE article_id IN ({marks}) ORDER BY article_id, position", part
            ):
                found[row["article_id"]].append(row)
        return found


def _limits(
    first: date | None, last: date | None, after: int, upto: int | None
) -> tuple[str, list[str | int]]:
    # Only what was asked goes into the query: "? IS NULL OR" would keep SQLite from its indexes.
    limits: list[tuple[str, str | int | None]] = [
        ("editions.day >= ?", first.isoformat() if first else None),
        ("editions.day <= ?", last.isoformat() if last else None),
        ("articles.id > ?", after or None),
        ("articles.id <= ?", upto),
    ]
    asked = [(condition, value) for condition, value in limits if value is not None]
    where = " AND ".join(["articles.removed_at IS NULL", *(condition for condition, _ in asked)])
    return where, [value for _, value in asked]


def _record(
    row: sqlite3.Row,
    subheads: list[sqlite3.Row],
    people: list[sqlite3.Row],
    places: list[sqlite3.Row],
    dates: list[sqlite3.Row],
) -> Article:
    def names(role: str) -> tuple[str, ...]:
        return tuple(person["name"] for person in people if person["role"] == role)

    return Article(
        id=row["id"],
        paper=row["paper"],
        day=date.fromisoformat(row["day"]),
        page=row["page"],
        position=row["position"],
        kind=cast(Kind, row["kind"]),
        title=row["title"],
        body=tuple(row["body"].split("\n")) if row["body"] else (),
        kicker=row["kicker"],
        subtitle=row["subtitle"],
        byline=Byline(
            raw=row["byline"],
            reporters=names("reporter"),
            correspondents=names("correspondent"),
            photographers=names("photographer"),
        ),
        subheads=tuple((subhead["text"], subhead["before_paragraph"]) for subhead in subheads),
        places=tuple(
            Place(place["name"], place["level"], place["code"], place["city"], place["mentions"])
            for place in places
        ),
        people=tuple(
            Person(person["name"], person["office"]) for person in people if person["role"] == "named"
        ),
        dates=tuple(
            MentionedDate(day["text"], _day(day["first_day"]), _day(day["last_day"])) for day in dates
        ),
        confidence=row["confidence"],
        legibility=row["legibility"],
        complete=bool(row["complete"]),
        photo_of=row["photo_of"],
        revision=row["revision"],
        first_seen_at=datetime.fromisoformat(row["first_seen_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        page_id=row["page_id"],
        removed=row["removed_at"] is not None,
        label=row["page_label"],
        area=row["area"],
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
