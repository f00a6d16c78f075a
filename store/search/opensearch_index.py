"""The same index on an OpenSearch server (the extra `[opensearch]`), for those who outgrow one machine; SQLite stays the truth.

The tokens are our own, made here and separated by blanks on the server: no analyzer of its own could keep 5.2% and single
characters. Articles are put into the SQLite index as ever; before a search the server follows what SQLite says is
indexed. When the server does not answer, SQLite does: the hits are the same (tests/store/search/test_index_contract.py).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any as Value
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, OpenSearchException, RequestError

from store.connection import Connection
from store.search import tokens
from store.search.documents import documents
from store.search.plan import All, Any, Ids, Mark, Nothing, Phrase, Plan
from store.search.sql import simplify
from store.search.sqlite import SqliteIndex, columns_of

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

_TEXTS = {"title": 10.0, "body": 1.0, "more": 2.0}
"""Fields with text and what a hit in them weighs, as in sqlite.py."""
_AT_ONCE = 500
"""Articles in one request: well under the server's usual 100 MB of http.max_content_length."""
_PAGE = 10_000
"""The server's usual index.max_result_window."""
_LONGEST_TOKEN = 8_000
"""Characters of a token (usually 255): Lucene takes no term above 32,766 bytes."""
_BULK_SECONDS = 60.0
_REST_SECONDS = 30.0
"""After a failure the server is left alone for so long."""
_STATE = "followed"
"""The id of the document that says which change of SQLite the server has followed."""

_TEXT = {"type": "text", "analyzer": "blanks"}
_TERMS = {**_TEXT, "index_options": "docs", "norms": False}
MAPPING: dict[str, Value] = {
    "settings": {
        "number_of_shards": 1,  # weights of words are counted shard by shard
        "analysis": {
            "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}},
            "analyzer": {"blanks": {"type": "custom", "tokenizer": "blanks"}},
        },
    },
    "mappings": {
        "dynamic": "strict",
        "_source": {"excludes": [*_TEXTS, "own", "marks"]},
        "properties": {
            "id": {"type": "long"},
            "stamp": {"type": "long"},
            _STATE: {"type": "long"},
            **dict.fromkeys(_TEXTS, _TEXT),
            "own": _TERMS,
            "marks": _TERMS,
        },
    },
}


class OpenSearchIndex:
    """A SearchIndex that answers from a server and writes to SQLite.

    `address` is http://HOST:PORT/INDEX, perhaps with user:password@; `seconds` is how long a question may take. Raises
    ValueError for an address without an index name.
    """

    def __init__(self, db: Connection, address: str, *, seconds: float = 2.0) -> None:
        self._db, self._sqlite, self._seconds = db, SqliteIndex(db), seconds
        parts = urlsplit(address)
        self._name = parts.path.strip("/")
        if not self._name or "/" in self._name:
            raise ValueError(
                f"the address names no index: http://HOST:9200/INDEX, not {parts.hostname}{parts.path}"
            )
        self._host = f"{parts.hostname}:{parts.port or ''}"
        self._server = OpenSearch(
            [urlunsplit((parts.scheme, parts.netloc, "", "", ""))], timeout=seconds, max_retries=0
        )
        self._followed: int | None = None
        self._rests_until = 0.0

    # --- keeping it true

    def put(self, ids: Sequence[int]) -> None:
        """Index these articles; the server follows at the next search."""
        self._sqlite.put(ids)

    def remove(self, ids: Sequence[int]) -> None:
        """Take these articles out; the server follows at the next search."""
        self._sqlite.remove(ids)

    def rebuild(self) -> int:
        """Make the index in SQLite anew and empty the server's, which follows at the next search."""
        count = self._sqlite.rebuild()
        self._followed = None

        def empty() -> None:
            self._server.indices.delete(index=self._name, ignore_unavailable=True)

        self._or(empty, lambda: None)
        return count

    def follow(self) -> None:
        """Bring the server to what SQLite says is indexed. Raises OpenSearchException."""
        change = int(self._db.value("SELECT value FROM search_state WHERE name = 'changes'"))
        if change == self._followed:
            return
        reached = self._reached()
        # What a transaction has not committed may be rolled back and its stamps given again: then all is compared anew.
        passing = self._db.raw.in_transaction
        if reached != change or passing:
            if passing:
                self._note(-1)
            self._send(self._changed(reached, passing))
            if reached < 0 or passing or self._count() != self._wanted():
                self._send(self._gone())
            if not passing:
                self._note(change)
        self._followed = -1 if passing else change

    def _reached(self) -> int:
        """The change that the server has followed, -1 where that is not known; makes the index where there is none."""
        try:
            found = self._server.get(index=self._name, id=_STATE)
            return int(found["_source"][_STATE])
        except NotFoundError:
            if not self._server.indices.exists(index=self._name):
                try:
                    self._server.indices.create(index=self._name, body=MAPPING)
                except RequestError as error:  # another process was faster
                    if error.error != "resource_already_exists_exception":
                        raise
            return -1

    def _note(self, change: int) -> None:
        self._server.index(index=self._name, id=_STATE, body={_STATE: change}, refresh="true")

    def _changed(self, reached: int, passing: bool) -> Iterator[tuple[str, dict[str, Value] | None]]:
        """Documents that are newer in SQLite than what the server has followed."""
        rows = self._db.rows(
            "SELECT article_id, stamp FROM indexed_articles WHERE stamp > ? ORDER BY article_id", [reached]
        )
        stamps = {row["article_id"]: row["stamp"] for row in rows}
        if reached < 0:
            there = self._stored()
            stamps = {one: stamp for one, stamp in stamps.items() if there.get(one) != stamp}
        for document in documents(self._db, list(stamps)):
            tables = columns_of(document)
            texts = {**tables["article_bigrams"], **tables["article_marks"]}
            stamp = -1 if passing else stamps[document.article_id]
            yield str(document.article_id), {"id": document.article_id, "stamp": stamp, **texts}

    def _gone(self) -> Iterator[tuple[str, None]]:
        """What the server has and SQLite has not."""
        wanted = {row[0] for row in self._db.rows("SELECT article_id FROM indexed_articles")}
        for article_id in self._stored():
            if article_id not in wanted:
                yield str(article_id), None

    def _stored(self) -> dict[int, int]:
        """Article → stamp on the server."""
        found: dict[int, int] = {}
        after: list[int] = []
        while True:
            body: dict[str, Value] = {
                "query": {"exists": {"field": "id"}},
                "sort": [{"id": "asc"}],
                "size": _PAGE,
                "_source": ["stamp"],
            }
            if after:
                body["search_after"] = after
            hits = self._server.search(index=self._name, body=body, request_timeout=_BULK_SECONDS)["hits"][
                "hits"
            ]
            for hit in hits:
                found[int(hit["sort"][0])] = int(hit["_source"]["stamp"])
            if len(hits) < _PAGE:
                return found
            after = hits[-1]["sort"]

    def _count(self) -> int:
        answer = self._server.count(index=self._name, body={"query": {"exists": {"field": "id"}}})
        return int(answer["count"])

    def _wanted(self) -> int:
        return int(self._db.value("SELECT count(*) FROM indexed_articles"))

    def _send(self, changes: Iterator[tuple[str, dict[str, Value] | None]]) -> None:
        """Documents to be put (None: to be taken out), some hundred a request; they are found at once."""
        lines: list[str] = []
        for count, (identity, document) in enumerate(changes, 1):
            lines.append(json.dumps({"index" if document else "delete": {"_id": identity}}))
            if document:
                lines.append(json.dumps(document, ensure_ascii=False))
            if count % _AT_ONCE == 0:
                self._bulk(lines)
                lines = []
        if lines:
            self._bulk(lines)

    def _bulk(self, lines: list[str]) -> None:
        body = "\n".join(lines) + "\n"
        answer = self._server.bulk(index=self._name, body=body, refresh="true", request_timeout=_BULK_SECONDS)
        if answer["errors"]:
            refused = [
                one
                for item in answer["items"]
                for one in item.values()
                if one["status"] not in (200, 201, 404)
            ]
            if refused:
                raise OpenSearchException(f"the server refused a document: {refused[0].get('error')}")

    # --- looking things up

    def newest(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """The ids of the plan's articles, the highest first, at most `limit`, none above `upto`."""
        return self._or(
            lambda: self._ids(plan, limit, upto, [{"id": "desc"}]),
            lambda: self._sqlite.newest(plan, limit=limit, upto=upto),
        )

    def best(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """As `newest`, by the server's BM25."""
        return self._or(
            lambda: self._ids(plan, limit, upto, [{"_score": "desc"}, {"id": "desc"}]),
            lambda: self._sqlite.best(plan, limit=limit, upto=upto),
        )

    def count(self, plan: Plan, *, upto: int) -> int:
        """How many articles the plan has, up to `upto`."""

        def ask() -> int:
            wanted = self._prepared(plan, upto)
            if wanted is None:
                return 0
            return int(self._server.count(index=self._name, body={"query": wanted})["count"])

        return self._or(ask, lambda: self._sqlite.count(plan, upto=upto))

    def count_newest(self, plan: Plan, *, limit: int, upto: int) -> tuple[int, int]:
        """(how many ids `newest` would return, the lowest of them)."""
        ids = self.newest(plan, limit=limit, upto=upto)
        return len(ids), min(ids, default=0)

    def among(self, plan: Plan, ids: Sequence[int]) -> set[int]:
        """Which of these articles the plan has."""
        if not ids:
            return set()
        narrowed = All((plan, Ids(frozenset(ids))))
        return self._or(
            lambda: set(self._ids(narrowed, len(set(ids)), max(ids), [{"id": "desc"}])),
            lambda: self._sqlite.among(plan, ids),
        )

    def containing(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs with this part."""
        return self._sqlite.containing(part, limit)

    def starting(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that start with this part."""
        return self._sqlite.starting(part, limit)

    def ending(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs of signs that end with this part."""
        return self._sqlite.ending(part, limit)

    def _or(self, ask: Callable[[], Answer], otherwise: Callable[[], Answer]) -> Answer:
        """What the server says, or SQLite where it does not answer; then it is left alone for a while."""
        if time.monotonic() < self._rests_until:
            return otherwise()
        try:
            return ask()
        except OpenSearchException as error:
            self._rests_until = time.monotonic() + _REST_SECONDS
            self._followed = None
            log.warning("OpenSearch at %s: %s; SQLite answers meanwhile", self._host, type(error).__name__)
            return otherwise()

    def _prepared(self, plan: Plan, upto: int) -> dict[str, Value] | None:
        self.follow()
        plan = simplify(plan)
        if plan == Nothing():
            return None
        return {"bool": {"must": [_query(plan)], "filter": [{"range": {"id": {"lte": upto}}}]}}

    def _ids(self, plan: Plan, limit: int, upto: int, order: list[dict[str, str]]) -> list[int]:
        wanted = self._prepared(plan, upto)
        found: list[int] = []
        after: list[Value] = []
        while wanted is not None and len(found) < limit:
            size = min(limit - len(found), _PAGE)
            body: dict[str, Value] = {"query": wanted, "sort": order, "size": size, "_source": False}
            if after:
                body["search_after"] = after
            hits = self._server.search(index=self._name, body=body)["hits"]["hits"]
            found += [int(hit["_id"]) for hit in hits]
            if len(hits) < size:
                break
            after = hits[-1]["sort"]
        return found


def _query(plan: Plan) -> dict[str, Value]:
    """The plan as the server's query."""
    match plan:
        case Phrase((token,), "") if token.startswith(tokens.OWN):
            return _unweighed({"term": {"own": token}})
        case Phrase(parts, column):
            names = [column.replace("heading", "title")] if column else list(_TEXTS)
            phrases = [
                {"match_phrase": {name: {"query": " ".join(parts), "boost": _TEXTS[name]}}} for name in names
            ]
            return _any(phrases)
        case Mark(mark, column):
            return _unweighed({"term": {"marks": (tokens.TITLE if column else "") + mark}})
        case Any(parts):
            return _any([_query(part) for part in parts])
        case All(parts, but_not):
            return {
                "bool": {
                    "must": [_query(part) for part in parts],
                    "must_not": [_query(part) for part in but_not],
                }
            }
        case Ids(ids):
            return _unweighed({"terms": {"id": sorted(ids)}})
    return {"match_none": {}}


def _any(queries: list[dict[str, Value]]) -> dict[str, Value]:
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _unweighed(query: dict[str, Value]) -> dict[str, Value]:
    return {"constant_score": {"filter": query, "boost": 0.0}}
