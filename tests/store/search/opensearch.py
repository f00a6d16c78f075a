"""An OpenSearch server in miniature over HTTP, for the few calls that store/search/opensearch_index.py makes.

It refuses what a real one refuses: unknown fields, unknown queries, windows above 10,000, an index made twice. Text is cut
as its mapping says, terms are not; what was written is found after a refresh only. Scores are BM25 without the norms' rounding.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WINDOW = 10_000


class Refusal(Exception):
    """What the server answers in place of a result."""

    def __init__(self, status: int, kind: str) -> None:
        self.status, self.kind = status, kind


@dataclass
class Index:
    """An index: documents as written, and as they are found since the last refresh."""

    mapping: dict[str, Any]
    longest: int
    written: dict[str, dict[str, Any]] = field(default_factory=dict)
    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, identity: str, document: dict[str, Any]) -> None:
        """Put a document; a field that the mapping does not know is refused (dynamic: strict)."""
        if unknown := set(document) - set(self.mapping["properties"]):
            raise Refusal(400, f"strict_dynamic_mapping_exception {sorted(unknown)}")
        self.written[identity] = document

    def terms(self, document: dict[str, Any], name: str) -> list[Any]:
        """The terms of a field as indexed."""
        if name not in self.mapping["properties"]:
            raise Refusal(400, f"no such field {name}")
        if name not in document:
            return []
        if self.mapping["properties"][name]["type"] != "text":
            return [document[name]]
        words = str(document[name]).split()
        return [word[at : at + self.longest] for word in words for at in range(0, len(word), self.longest)]


class Server:
    """The server; `asked` counts requests by method and path, `down` answers 503 to all."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.asked: list[str] = []
        self.down = False
        self.url = ""
        self._lock = threading.Lock()

    # --- requests

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, Any]:
        """(status, JSON) of a request."""
        with self._lock:
            parts = urlsplit(target)
            self.asked.append(f"{method} {parts.path}")
            if self.down:
                return 503, {"error": {"type": "unavailable", "reason": "down"}, "status": 503}
            try:
                return self._answer(method, parts.path.strip("/").split("/"), parse_qs(parts.query), body)
            except Refusal as refused:
                error = {"type": refused.kind.split()[0], "reason": refused.kind}
                return refused.status, {"error": {**error, "root_cause": [error]}, "status": refused.status}

    def _answer(
        self, method: str, path: list[str], query: dict[str, list[str]], body: bytes
    ) -> tuple[int, Any]:
        match method, path:
            case "HEAD", [name]:
                return (200 if name in self.indexes else 404), None
            case "PUT", [name]:
                return self._create(name, json.loads(body))
            case "DELETE", [name]:
                if self.indexes.pop(name, None) is None and query.get("ignore_unavailable") != ["true"]:
                    raise Refusal(404, "index_not_found_exception")
                return 200, {"acknowledged": True}
            case "POST", [name, "_bulk"]:
                return 200, self._bulk(self._index(name, make=True), body.decode(), query)
            case "POST", [name, "_search"]:
                return 200, self._search(self._index(name), json.loads(body))
            case "POST", [name, "_count"]:
                index = self._index(name)
                wanted = json.loads(body)["query"]
                return 200, {
                    "count": sum(score(index, one, wanted) is not None for one in index.found.values())
                }
            case "GET", [name, "_doc", identity]:
                document = self._index(name).written.get(identity)
                if document is None:
                    return 404, {"_index": name, "_id": identity, "found": False}
                return 200, {"_index": name, "_id": identity, "found": True, "_source": document}
            case "PUT", [name, "_doc", identity]:
                index = self._index(name, make=True)
                index.write(identity, json.loads(body))
                if query.get("refresh") == ["true"]:
                    index.found = dict(index.written)
                return 201, {"_id": identity, "result": "created"}
        raise Refusal(400, f"illegal_argument_exception {method} {path}")

    def _index(self, name: str, *, make: bool = False) -> Index:
        if name not in self.indexes:
            if not make:
                raise Refusal(404, "index_not_found_exception")
            # A real server makes an index by itself then, with fields it guesses: nobody wants that.
            raise Refusal(500, "an index without its mapping was about to be made")
        return self.indexes[name]

    def _create(self, name: str, body: dict[str, Any]) -> tuple[int, Any]:
        if name in self.indexes:
            raise Refusal(400, "resource_already_exists_exception")
        if name != name.lower() or name[:1] in "_-+":
            raise Refusal(400, "invalid_index_name_exception")
        [tokenizer] = body["settings"]["analysis"]["tokenizer"].values()
        assert tokenizer["type"] == "whitespace" and body["mappings"]["dynamic"] == "strict"
        self.indexes[name] = Index(body["mappings"], tokenizer["max_token_length"])
        return 200, {"acknowledged": True}

    def _bulk(self, index: Index, body: str, query: dict[str, list[str]]) -> dict[str, Any]:
        if not body.endswith("\n"):
            raise Refusal(400, "illegal_argument_exception the bulk request must be terminated by a newline")
        items = []
        lines = iter(body.split("\n")[:-1])
        for line in lines:
            [(act, meta)] = json.loads(line).items()
            status = 200
            try:
                if act == "index":
                    index.write(meta["_id"], json.loads(next(lines)))
                elif act == "delete":
                    status = 200 if index.written.pop(meta["_id"], None) else 404
                else:
                    raise Refusal(400, "illegal_argument_exception")
                items.append({act: {"_id": meta["_id"], "status": status}})
            except Refusal as refused:
                items.append(
                    {act: {"_id": meta["_id"], "status": refused.status, "error": {"type": refused.kind}}}
                )
        if query.get("refresh") == ["true"]:
            index.found = dict(index.written)
        return {"errors": any("error" in one for item in items for one in item.values()), "items": items}

    def _search(self, index: Index, body: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(body) - {"query", "sort", "size", "_source", "search_after"}:
            raise Refusal(400, f"parsing_exception {unknown}")
        if not 0 <= body["size"] <= WINDOW:
            raise Refusal(400, "illegal_argument_exception result window is too large")
        rows = []
        for identity, document in index.found.items():
            points = score(index, document, body["query"])
            if points is not None:
                keys = []
                for order in body["sort"]:
                    [(name, way)] = order.items()
                    value = points if name == "_score" else document[name]
                    keys.append(value if way == "asc" else -value)
                rows.append((keys, identity, document))
        rows.sort(key=lambda row: row[0])
        signs = [1 if way == "asc" else -1 for order in body["sort"] for way in order.values()]
        if after := body.get("search_after"):
            rows = [
                row
                for row in rows
                if row[0] > [value * sign for value, sign in zip(after, signs, strict=True)]
            ]
        wanted = body.get("_source")
        return {
            "hits": {
                "hits": [
                    {
                        "_id": identity,
                        "sort": [key * sign for key, sign in zip(keys, signs, strict=True)],
                        **({} if wanted is False else {"_source": {name: document[name] for name in wanted}}),
                    }
                    for keys, identity, document in rows[: body["size"]]
                ]
            }
        }

    @contextmanager
    def served(self) -> Iterator[Server]:
        """Listening on 127.0.0.1."""
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                status, record = fake.answer(self.command, self.path, self.rfile.read(length))
                text = b"" if record is None else json.dumps(record).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = respond

            def log_message(self, *words: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def score(index: Index, document: dict[str, Any], query: dict[str, Any]) -> float | None:
    """The weight of a document for a query, None where it does not match. One clause a query, as the server wants it."""
    [(kind, what)] = query.items()
    match kind:
        case "match_none":
            return None
        case "exists":
            return 1.0 if what["field"] in document else None
        case "term":
            [(name, value)] = what.items()
            return 1.0 if value in index.terms(document, name) else None
        case "terms":
            [(name, values)] = what.items()
            return 1.0 if set(values) & set(index.terms(document, name)) else None
        case "range":
            [(name, bounds)] = what.items()
            assert set(bounds) == {"lte"}
            return 1.0 if name in document and document[name] <= bounds["lte"] else None
        case "constant_score":
            assert set(what) == {"filter", "boost"} and what["boost"] >= 0
            return None if score(index, document, what["filter"]) is None else float(what["boost"])
        case "match_phrase":
            [(name, options)] = what.items()
            return _phrase(index, document, name, options["query"].split(), options["boost"])
        case "bool":
            return _bool(index, document, what)
    raise Refusal(400, f"parsing_exception unknown query [{kind}]")


def _bool(index: Index, document: dict[str, Any], what: dict[str, Any]) -> float | None:
    if unknown := set(what) - {"must", "filter", "must_not", "should", "minimum_should_match"}:
        raise Refusal(400, f"parsing_exception {unknown}")
    must = [score(index, document, one) for one in what.get("must", [])]
    must += [None if score(index, document, one) is None else 0.0 for one in what.get("filter", [])]
    if None in must or any(score(index, document, one) is not None for one in what.get("must_not", [])):
        return None
    should = [points for one in what.get("should", []) if (points := score(index, document, one)) is not None]
    if len(should) < what.get("minimum_should_match", 0):
        return None
    return sum(points for points in (*must, *should) if points is not None)


def _phrase(
    index: Index, document: dict[str, Any], name: str, parts: list[str], boost: float
) -> float | None:
    def often(one: dict[str, Any]) -> int:
        words = index.terms(one, name)
        return sum(words[at : at + len(parts)] == parts for at in range(len(words) - len(parts) + 1))

    times = often(document)
    if not times:
        return None
    lengths = [len(index.terms(one, name)) for one in index.found.values() if name in one]
    holding = sum(bool(often(one)) for one in index.found.values())
    rarity = math.log(1 + (len(lengths) - holding + 0.5) / (holding + 0.5))
    size = len(index.terms(document, name)) / (sum(lengths) / len(lengths))
    return boost * rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * size))
