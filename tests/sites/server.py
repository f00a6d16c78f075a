"""A site in memory, served on 127.0.0.1: what it holds, what it answers, and what it was asked."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx


@dataclass
class Page:
    """An answer. `drip` seconds between the chunks of an endless one; `validators` whether it has an ETag."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html"
    validators: bool = False
    drip: float = 0.0
    refusals: list[int] = field(default_factory=list)
    """Statuses given first, one a question, before the page itself."""


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    at: float
    status: int = 0


class Site:
    """The site: `pages` by path (with query, where one was given)."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.url = ""
        self.busy = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def put(self, path: str, body: str | bytes, *, encoding: str = "utf-8", **facts: Any) -> Page:
        """Put a page at a path."""
        data = body if isinstance(body, bytes) else body.encode(encoding)
        page = Page(data, **facts)
        self.pages["/" + path.lstrip("/")] = page
        return page

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Let a path lead elsewhere."""
        self.pages["/" + path.lstrip("/")] = Page(b"", status, {"Location": to})

    def validate_all(self) -> None:
        """Give every page an ETag."""
        for page in self.pages.values():
            page.validators = True

    def paths(self) -> list[str]:
        """What was asked, in order, robots.txt aside."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def transport(self) -> httpx.MockTransport:
        """The site without a socket: for tests about what is read, not about how it travels."""

        def handle(request: httpx.Request) -> httpx.Response:
            path = request.url.raw_path.decode()
            page = self.pages.get(path) or self.pages.get(path.split("?")[0])
            asked = Asked(
                path, {key.lower(): value for key, value in request.headers.items()}, time.monotonic()
            )
            self.asked.append(asked)
            asked.status = (page.refusals.pop(0) if page.refusals else page.status) if page else 404
            headers = {"content-type": page.kind, **page.headers} if page else {}
            if page and page.validators and asked.status == 200:
                headers["etag"] = f'"{hashlib.md5(page.body).hexdigest()}"'
                if asked.headers.get("if-none-match") == headers["etag"]:
                    asked.status = 304
            body = page.body if page and asked.status == 200 else b""
            return httpx.Response(asked.status, headers=headers, content=body)

        return httpx.MockTransport(handle)

    @contextmanager
    def served(self) -> Iterator[Site]:
        """Serve it while inside."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site._answer(self)

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that goes away in the middle is what some tests are about

        server = Quiet(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.busy += 1
            self.most_at_once = max(self.most_at_once, self.busy)
            asked = Asked(
                handler.path, {key.lower(): value for key, value in handler.headers.items()}, time.monotonic()
            )
            self.asked.append(asked)
            page = self.pages.get(handler.path) or self.pages.get(handler.path.split("?")[0])
            refusal = page.refusals.pop(0) if page and page.refusals else 0
        try:
            length = int(handler.headers.get("Content-Length") or 0)
            if length:
                handler.rfile.read(length)
            asked.status = self._send(handler, page, refusal)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
        finally:
            with self._lock:
                self.busy -= 1

    def _send(self, handler: BaseHTTPRequestHandler, page: Page | None, refusal: int) -> int:
        status = refusal or (page.status if page else 404)
        etag = f'"{hashlib.md5(page.body).hexdigest()}"' if page and page.validators and status == 200 else ""
        if etag and handler.headers.get("If-None-Match") == etag:
            status = 304
        handler.send_response(status)
        for key, value in (page.headers if page else {}).items():
            handler.send_header(key, value)
        if etag:
            handler.send_header("ETag", etag)
        body = page.body if page and status == 200 else b"" if status in (301, 302, 304) else b"<p>no</p>"
        if page and page.drip:
            handler.send_header("Content-Type", page.kind)
            handler.send_header("Connection", "close")
            handler.end_headers()
            handler.close_connection = True
            while True:
                handler.wfile.write(body)
                handler.wfile.flush()
                time.sleep(page.drip)
        handler.send_header("Content-Type", page.kind if page else "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        return status
