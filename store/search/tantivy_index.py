"""The same index in tantivy (the extra `[tantivy]`), in a folder beside the database, which stays the truth.

Tantivy cannot take part in SQLite's transaction. So articles are put into the SQLite index as ever, and before a search
this one follows it: what SQLite says is indexed, with which stamp, against what is in here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any as Value

import tantivy

from store.connection import Connection
from store.search import tokens
from store.search.documents import documents
from store.search.plan import All, Any, Ids, Mark, Nothing, Phrase, Plan
from store.search.sql import simplify
from store.search.sqlite import SqliteIndex, columns_of

_TEXTS = {"title": 10.0, "body": 1.0, "more": 2.0}
"""Fields with text and what a hit in them weighs, as in sqlite.py."""
_WRITER_BYTES = 64_000_000
_MOST = 10_000_000


class TantivyIndex:
    """A SearchIndex that answers from tantivy and writes to SQLite."""

    def __init__(self, db: Connection, folder: Path) -> None:
        self._db, self._sqlite = db, SqliteIndex(db)
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True, fast=True)
        schema.add_integer_field("stamp", stored=True, fast=True)
        for name in _TEXTS:
            schema.add_text_field(name, tokenizer_name="blanks", index_option="position")
        for name in ("own", "marks"):
            schema.add_text_field(name, tokenizer_name="blanks", index_option="basic")
        self._schema = schema.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blanks", blanks)
        self._followed: int | None = None
        self._stamps: dict[int, int] = {}

    # --- keeping it true

    def put(self, ids: Sequence[int]) -> None:
        """Index these articles; tantivy follows at the next search."""
        self._sqlite.put(ids)

    def remove(self, ids: Sequence[int]) -> None:
        """Take these articles out; tantivy follows at the next search."""
        self._sqlite.remove(ids)

    def rebuild(self) -> int:
        """Make both indexes anew."""
        count = self._sqlite.rebuild()
        writer = self._index.writer(_WRITER_BYTES, 1)
        writer.delete_all_documents()
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._followed = None
        return count

    def follow(self) -> None:
        """Bring tantivy to what SQLite says is indexed."""
        change = int(self._db.value("SELECT value FROM search_state WHERE name = 'changes'"))
        if change == self._followed:
            return
        if self._followed is None:
            self._stamps = self._stored()
        wanted = {row[0]: row[1] for row in self._db.rows("SELECT article_id, stamp FROM indexed_articles")}
        gone = [article_id for article_id, stamp in self._stamps.items() if wanted.get(article_id) != stamp]
        new = sorted(
            article_id for article_id, stamp in wanted.items() if self._stamps.get(article_id) != stamp
        )
        # What a transaction has not committed may be rolled back and its stamps given again: looked at again next time.
        passing = self._db.raw.in_transaction
        if gone or new:
            writer = self._index.writer(_WRITER_BYTES, 1)
            for article_id in gone:
                writer.delete_documents_by_term("id", article_id)
            for document in documents(self._db, new):
                tables = columns_of(document)
                texts = {**tables["article_bigrams"], **tables["article_marks"]}
                writer.add_document(
                    tantivy.Document(
                        id=document.article_id, stamp=-1 if passing else wanted[document.article_id], **texts
                    )
                )
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        self._stamps = {**wanted, **dict.fromkeys(new, -1)} if passing else wanted
        self._followed = -1 if passing else change

    def _stored(self) -> dict[int, int]:
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1), count=False).hits
        found = (searcher.doc(address) for _, address in hits)
        return {int(document["id"][0]): int(document["stamp"][0]) for document in found}

    # --- looking things up

    def newest(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """The ids of the plan's articles, the highest first, at most `limit`, none above `upto`."""
        return self._ids(plan, limit, upto, order_by_field="id")

    def best(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """As `newest`, by tantivy's BM25."""
        return self._ids(plan, limit, upto)

    def count(self, plan: Plan, *, upto: int) -> int:
        """How many articles the plan has, up to `upto`."""
        return len(self._ids(plan, _MOST, upto))

    def count_newest(self, plan: Plan, *, limit: int, upto: int) -> tuple[int, int]:
        """(how many ids `newest` would return, the lowest of them)."""
        ids = self.newest(plan, limit=limit, upto=upto)
        return len(ids), min(ids, default=0)

    def among(self, plan: Plan, ids: Sequence[int]) -> set[int]:
        """Which of these articles the plan has."""
        wanted = set(ids)
        return wanted.intersection(self._ids(plan, _MOST, max(ids))) if wanted else set()

    def containing(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs with this part."""
        return self._sqlite.containing(part, limit)

    def starting(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that start with this part."""
        return self._sqlite.starting(part, limit)

    def ending(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that end with this part."""
        return self._sqlite.ending(part, limit)

    def _ids(self, plan: Plan, limit: int, upto: int, **options: Value) -> list[int]:
        self.follow()
        plan = simplify(plan)
        if plan == Nothing() or limit < 1:
            return []
        upper = tantivy.Query.range_query(self._schema, "id", tantivy.FieldType.Integer, None, upto)
        within = tantivy.Query.const_score_query(upper, 0.0)
        both = [(tantivy.Occur.Must, self._query(plan)), (tantivy.Occur.Must, within)]
        searcher = self._index.searcher()
        most = min(limit, max(searcher.num_docs, 1))
        hits = searcher.search(tantivy.Query.boolean_query(both), most, count=False, **options).hits
        addresses = (address for _, address in islice(hits, most))
        return [int(searcher.doc(address)["id"][0]) for address in addresses]

    def _query(self, plan: Plan) -> Value:
        make, occur = tantivy.Query, tantivy.Occur
        match plan:
            case Phrase((token,), "") if token.startswith(tokens.OWN):
                return make.const_score_query(make.term_query(self._schema, "own", token), 0.0)
            case Phrase(parts, column):
                names = [column.replace("heading", "title")] if column else list(_TEXTS)
                return make.boolean_query([(occur.Should, self._phrase(name, parts)) for name in names])
            case Mark(mark, column):
                mark = (tokens.TITLE if column else "") + mark
                return make.const_score_query(make.term_query(self._schema, "marks", mark), 0.0)
            case Any(parts):
                return make.boolean_query([(occur.Should, self._query(part)) for part in parts])
            case All(parts, but_not):
                every = [(occur.Must, self._query(part)) for part in parts]
                return make.boolean_query([*every, *((occur.MustNot, self._query(part)) for part in but_not)])
            case Ids(ids):
                return make.const_score_query(make.term_set_query(self._schema, "id", sorted(ids)), 0.0)
        return make.empty_query()

    def _phrase(self, name: str, parts: Sequence[str]) -> Value:
        make = tantivy.Query
        one = make.term_query(self._schema, name, parts[0]) if len(parts) == 1 else None
        return make.boost_query(one or make.phrase_query(self._schema, name, list(parts)), _TEXTS[name])
