"""/health and /metrics over HTTP on an address of the operator's choice, also while the bot polls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot import metrics

IDLE_SECONDS = 10.0
"""A connection that says nothing for so long is closed."""


class Monitor:
    """An HTTP server that only tells: GET /health (200 or 503) and GET /metrics."""

    def __init__(
        self,
        *,
        health: Callable[[], Awaitable[tuple[bool, str]]],
        figures: Callable[[], bytes],
        listen: str,
        port: int,
    ) -> None:
        self._listen, self._port = listen, port
        self.port = port
        """The port it listens on, also where 0 asked for any."""
        application = Application(
            [("/health", _Health, {"health": health}), ("/metrics", _Metrics, {"figures": figures})],
            log_function=lambda handler: None,
        )
        self._server = HTTPServer(
            application, idle_connection_timeout=IDLE_SECONDS, body_timeout=IDLE_SECONDS, max_body_size=1024
        )

    def start(self) -> None:
        """Listen. Raises OSError when the address is taken."""
        sockets = bind_sockets(self._port, self._listen)
        self._server.add_sockets(sockets)
        self.port = int(sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and close what is open."""
        self._server.stop()
        await self._server.close_all_connections()


class _Health(RequestHandler):
    def initialize(self, health: Callable[[], Awaitable[tuple[bool, str]]]) -> None:
        self._health = health

    async def get(self) -> None:
        """ "ok" with 200, what is wrong with 503."""
        well, text = await self._health()
        self.set_status(200 if well else 503)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(text.split("\n")[0] + "\n")


class _Metrics(RequestHandler):
    def initialize(self, figures: Callable[[], bytes]) -> None:
        self._figures = figures

    async def get(self) -> None:
        """OpenMetrics text."""
        text = await asyncio.to_thread(self._figures)
        self.set_header("Content-Type", metrics.CONTENT_TYPE)
        self.finish(text)
