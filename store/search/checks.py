"""Whether the index is what the articles say: what `baozhai check` asks, and the tests."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from store.chinese.folding import fingerprint
from store.connection import Connection
from store.errors import StoreError
from store.models.search import Problem
from store.search.documents import documents
from store.search.plan import Phrase
from store.search.sqlite import TABLES, SqliteIndex, columns_of

_SAMPLE = 50


def problems(db: Connection, *, deep: bool = False) -> Iterator[Problem]:
    """What is wrong, nothing when all is well.

    The quick check compares which articles are indexed and looks some of them up; the deep one reads every token of the
    index (a minute for 20,000 articles) and so finds single words that are missing or left behind.
    """
    if db.value("SELECT value FROM search_state WHERE name = 'folding'") != fingerprint():
        yield Problem(
            "folding_changed", detail="indexed with other character data (OpenCC, Unicode) than today's"
        )
    for code, sql in _LISTS.items():
        for row in db.rows(sql):
            yield Problem(code, row[0])
    for table in TABLES:
        for row in db.rows(
            f"SELECT id FROM {table}_docsize WHERE id NOT IN (SELECT article_id FROM indexed_articles)"
            f" UNION SELECT article_id FROM indexed_articles WHERE article_id NOT IN (SELECT id FROM {table}_docsize)"
        ):
            yield Problem("index_disagrees", row[0], table)
        try:
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except StoreError as error:
            yield Problem("index_damaged", detail=f"{table}: {error}")
    try:
        yield from _deep(db) if deep else _sampled(db)
    except StoreError as error:
        yield Problem("index_damaged", detail=str(error))


_LISTS = {
    "not_indexed": "SELECT id FROM articles WHERE removed_at IS NULL"
    " AND id NOT IN (SELECT article_id FROM indexed_articles) ORDER BY id",
    "ghost": "SELECT article_id FROM indexed_articles"
    " WHERE article_id NOT IN (SELECT id FROM articles WHERE removed_at IS NULL) ORDER BY article_id",
    "changed_since": "SELECT article_id FROM stale_articles ORDER BY article_id",
}


def _sampled(db: Connection) -> Iterator[Problem]:
    ids = [row[0] for row in db.rows("SELECT article_id FROM indexed_articles ORDER BY article_id")]
    if len(ids) > _SAMPLE:
        ids = sorted({*ids[-_SAMPLE // 2 :], *random.Random(len(ids)).sample(ids, _SAMPLE // 2)})
    index = SqliteIndex(db)
    for document in documents(db, ids):
        tokens = columns_of(document)["article_bigrams"]["title"].split()[:8]
        if tokens and document.article_id not in index.among(
            Phrase(tuple(tokens), "title"), [document.article_id]
        ):
            yield Problem("not_found_by_title", document.article_id)


def _deep(db: Connection) -> Iterator[Problem]:
    ids = [row[0] for row in db.rows("SELECT article_id FROM indexed_articles ORDER BY article_id")]
    for table in TABLES:
        held: dict[int, int] = defaultdict(int)
        name = f"temp.{table}_all"
        db.execute(f"CREATE VIRTUAL TABLE {name} USING fts5vocab('main', '{table}', 'instance')")
        try:
            for term, article_id, column, place in db.execute(f"SELECT term, doc, col, offset FROM {name}"):
                held[article_id] ^= hash((term, column, place))
        finally:
            db.execute(f"DROP TABLE {name}")
        without_places = table == "article_marks"
        for document in documents(db, ids):
            expected = 0
            for column, text in columns_of(document)[table].items():
                for place, term in enumerate(text.split(" ") if text else ()):
                    expected ^= hash(
                        (term, None if without_places else column, None if without_places else place)
                    )
            if held.pop(document.article_id, 0) != expected:
                yield Problem("words_differ", document.article_id, table)
        for article_id in sorted(held):
            yield Problem("ghost_words", article_id, table)
