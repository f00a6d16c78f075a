"""The index in SQLite: FTS5 tables of tokens made in Python, kept true by `put` and `remove`.

    article_bigrams   title, body, what is printed around them, own tokens; with positions, for phrases and BM25
    title_bigrams     titles once more, alone: small, so title hits of a common word cost next to nothing
    article_marks     single characters and short runs of signs, without positions
    article_runs      which runs of signs there are, by their endings
    indexed_articles  what was put in, as far as the articles table does not know it (see below)

The FTS5 tables are *contentless*: they hold no text. FTS5 then believes whatever a 'delete' command says was there, and a
wrong word leaves a ghost that its integrity check does not see (https://www.sqlite.org/fts5.html#the_delete_command).
So what is in the index is known exactly: a trigger keeps the old title and body of an article about to be changed in
`stale_articles` until the index has followed, and the rest stands in `indexed_articles`. The tables are made by
store/migrations/m04_search_bigrams.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from store.chinese.folding import fingerprint, fold
from store.connection import Connection
from store.search import tokens
from store.search.documents import Document, documents, own_tokens
from store.search.plan import Plan
from store.search.sql import Condition, condition

_COLUMNS = {
    "article_bigrams": ("title", "body", "more", "own"),
    "title_bigrams": ("title",),
    "article_marks": ("marks",),
}
TABLES = tuple(_COLUMNS)
_INSERTS = {
    table: f"INSERT INTO {table} (rowid, {', '.join(names)}) VALUES (?{', ?' * len(names)})"
    for table, names in _COLUMNS.items()
}
_DELETES = {
    table: f"INSERT INTO {table} ({table}, rowid, {', '.join(names)}) VALUES ('delete', ?{', ?' * len(names)})"
    for table, names in _COLUMNS.items()
}
_AT_ONCE = 250
"""Articles put into one table before the next table has its turn."""
_HASH_BYTES = 128 << 20
"""Tokens FTS5 gathers in memory before it writes, while everything is indexed anew (its default is 1 MiB)."""


class SqliteIndex:
    """The index beside the articles, on the same connection: what is committed together is found together."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    # --- keeping it true

    def put(self, ids: Sequence[int]) -> None:
        """Index these articles as they stand now, whether they were indexed before or not."""
        self.remove(ids)
        self._insert(documents(self._db, ids))

    def remove(self, ids: Sequence[int]) -> None:
        """Take these articles out, as they were put in."""
        if ids:
            self._next_change()
        for article_id in sorted(set(ids)):
            row = self._db.row(
                "SELECT coalesce(stale.title, articles.title) AS title, coalesce(stale.body, articles.body) AS body, more, labels, day, paper_id"
                " FROM indexed_articles AS was LEFT JOIN stale_articles AS stale USING (article_id)"
                " LEFT JOIN articles ON articles.id = was.article_id WHERE was.article_id = ?",
                [article_id],
            )
            if row is not None and row["title"] is not None:
                title, body = fold(row["title"]), fold(row["body"])
                own = own_tokens(row["labels"], date.fromisoformat(row["day"]), row["paper_id"])
                for table, columns in _columns(title, body, row["more"], own)[0].items():
                    self._db.execute(_DELETES[table], [article_id, *columns.values()])
            self._db.execute("DELETE FROM indexed_articles WHERE article_id = ?", [article_id])
            self._db.execute("DELETE FROM stale_articles WHERE article_id = ?", [article_id])

    def rebuild(self) -> int:
        """Empty the index and fill it from the articles; how many there are."""
        with self._db.transaction():
            for table in TABLES:
                self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
                # While filling, gather much and merge once at the end.
                self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', {_HASH_BYTES})")
                self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 0)")
            for table in ("article_runs", "indexed_articles", "stale_articles"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("UPDATE search_state SET value = ? WHERE name = 'folding'", [fingerprint()])
            ids = [
                row[0]
                for row in self._db.rows("SELECT id FROM articles WHERE removed_at IS NULL ORDER BY id")
            ]
            self._insert(documents(self._db, ids))
            for table in TABLES:
                self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
                self._db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 4)")
        return len(ids)

    def _insert(self, found: Iterable[Document]) -> None:
        stamp = self._next_change()
        listed: set[str] = set()
        found = iter(found)
        # Table by table for a few hundred articles: FTS5 gathers tokens in memory, and one table's fit the caches better.
        while chunk := list(islice(found, _AT_ONCE)):
            rows: dict[str, list[tuple[int | str, ...]]] = {table: [] for table in TABLES}
            signs: set[str] = set()
            for document in chunk:
                tables, its_signs = _columns(document.title, document.body, document.more, document.own)
                signs |= its_signs
                for table, columns in tables.items():
                    rows[table].append((document.article_id, *columns.values()))
            for table in TABLES:
                self._db.executemany(_INSERTS[table], rows[table])
            endings = [ending for run in sorted(signs - listed) for ending in tokens.endings(run)]
            self._db.executemany("INSERT OR IGNORE INTO article_runs VALUES (?, ?)", endings)
            listed |= signs
            self._db.executemany(
                "INSERT INTO indexed_articles VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (was.article_id, was.paper_id, was.day.isoformat(), was.more, was.labels, stamp)
                    for was in chunk
                ],
            )

    def _next_change(self) -> int:
        """A number for this change: the stamp of what it puts in, and how a follower sees that there is something new."""
        self._db.execute("UPDATE search_state SET value = value + 1 WHERE name = 'changes'")
        return int(self._db.value("SELECT value FROM search_state WHERE name = 'changes'"))

    # --- looking things up

    def newest(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """The ids of the plan's articles, the highest first, at most `limit`, none above `upto`."""
        where = condition(plan)
        if where is None:
            return []
        return self._ids(where, "{key} DESC", upto, limit)

    def count_newest(self, plan: Plan, *, limit: int, upto: int) -> tuple[int, int]:
        """(how many ids `newest` would return, the lowest of them)."""
        where = condition(plan)
        if where is None:
            return 0, 0
        key = f"{where.table}.{where.key}"
        row = self._db.row(
            f"SELECT count(*), min(id) FROM (SELECT {key} AS id FROM {where.table} WHERE {where.sql} AND {key} <= ?"
            f" ORDER BY {key} DESC LIMIT ?)",
            [*where.parameters, upto, limit],
        )
        return (int(row[0]), int(row[1] or 0)) if row is not None else (0, 0)

    def best(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """As `newest`, by BM25 with the title weighted; newest where the plan has nothing to weigh."""
        where = condition(plan)
        if where is None:
            return []
        if where.table != "article_bigrams":
            return self.newest(plan, limit=limit, upto=upto)
        return self._ids(where, "bm25(article_bigrams, 10.0, 1.0, 2.0, 0.0), {key} DESC", upto, limit)

    def count(self, plan: Plan, *, upto: int) -> int:
        """How many articles the plan has, up to `upto`."""
        where = condition(plan)
        if where is None:
            return 0
        sql = f"SELECT count(*) FROM {where.table} WHERE {where.sql} AND {where.table}.{where.key} <= ?"
        return int(self._db.value(sql, [*where.parameters, upto]))

    def among(self, plan: Plan, ids: Sequence[int]) -> set[int]:
        """Which of these articles the plan has."""
        where = condition(plan)
        if where is None or not ids:
            return set()
        sql = f"SELECT {where.table}.{where.key} FROM {where.table} WHERE {where.sql} AND {where.table}.{where.key} BETWEEN ? AND ?"
        return {row[0] for row in self._db.rows(sql, [*where.parameters, min(ids), max(ids)])} & set(ids)

    def _ids(self, where: Condition, order: str, upto: int, limit: int) -> list[int]:
        key = f"{where.table}.{where.key}"
        sql = f"SELECT {key} FROM {where.table} WHERE {where.sql} AND {key} <= ? ORDER BY {order.format(key=key)} LIMIT ?"
        return [row[0] for row in self._db.rows(sql, [*where.parameters, upto, limit])]

    # --- which runs of signs there are (plan.Runs)

    def containing(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs with this part."""
        return self._runs("ending >= ?1 AND ending < ?1 || ?2 AND instr(run, ?3)", part, limit)

    def starting(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that start with this part."""
        return self._runs(
            "ending >= ?1 AND ending < ?1 || ?2 AND substr(run, 1, length(ending)) = ending AND substr(run, 1, length(?3)) = ?3",
            part,
            limit,
        )

    def ending(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that end with this part."""
        return self._runs("ending = ?1 AND ?2 <> '' AND substr(run, -length(?3)) = ?3", part, limit)

    def _runs(self, test: str, part: str, limit: int) -> list[str]:
        values = [part[: tokens.LONGEST_ENDING], "\U0010ffff", part, limit]
        return [
            row["run"]
            for row in self._db.rows(f"SELECT DISTINCT run FROM article_runs WHERE {test} LIMIT ?4", values)
        ]


def columns_of(document: Document) -> dict[str, dict[str, str]]:
    """What of a document is in the columns of each FTS5 table."""
    return _columns(document.title, document.body, document.more, document.own)[0]


def _columns(title: str, body: str, more: str, own: str) -> tuple[dict[str, dict[str, str]], set[str]]:
    """(what goes into the columns of each FTS5 table, the runs of signs): the same going in and coming out."""
    title_tokens, title_signs = tokens.read(title)
    body_tokens, body_signs = tokens.read(body)
    more_tokens, more_signs = tokens.read(more)
    signs = title_signs | body_signs | more_signs
    marks = tokens.marks(f"{title}{body}{more}", signs)
    marks.update([tokens.TITLE + mark for mark in tokens.marks(title, title_signs)])
    in_title = " ".join(title_tokens)
    return {
        "article_bigrams": {
            "title": in_title,
            "body": " ".join(body_tokens),
            "more": " ".join(more_tokens),
            "own": own,
        },
        "title_bigrams": {"title": in_title},
        "article_marks": {"marks": " ".join(marks)},
    }, signs
