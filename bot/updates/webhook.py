"""Webhook mode: Telegram posts updates to us; a health path stands beside them.

python-telegram-bot's own webhook server has one path and no place for a second, so this is a small one of ours on the
same tornado. TLS is the reverse proxy's. An update is confirmed with 200 once it is a row in the inbox.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import tornado.httpserver
import tornado.iostream
import tornado.netutil
import tornado.web
from telegram.ext import ExtBot

from bot.updates.inbox import Inbox
from store.errors import StoreError

log = logging.getLogger(__name__)

UPDATE_PATH = "/telegram"
HEALTH_PATH = "/health"
_LARGEST_UPDATE_BYTES = 1024 * 1024
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_PATIENCE_SECONDS = 30.0
"""How long a connection may take to say what it wants: half-open ones would use up the process's files."""
_MOST_CONNECTIONS = 256
"""Telegram uses up to 100. A process has about a thousand files for everything, the database included."""

HealthCheck = Callable[[], Awaitable[tuple[bool, str]]]
"""(well?, text) for the health path: status 200 or 503."""


def _knows(handler: tornado.web.RequestHandler, secret: str) -> bool:
    given = handler.request.headers.get(_SECRET_HEADER, "")
    return hmac.compare_digest(given.encode(), secret.encode())


class _UpdateHandler(tornado.web.RequestHandler):
    def initialize(self, inbox: Inbox, secret: str) -> None:
        self._inbox = inbox
        self._secret = secret

    async def post(self) -> None:
        if not _knows(self, self._secret):
            raise tornado.web.HTTPError(403)
        try:
            update = self._inbox.read(json.loads(self.request.body))
        except Exception as error:  # whatever stands in the body, the next update must be taken
            log.warning("webhook: an update could not be read (%s)", type(error).__name__)
            raise tornado.web.HTTPError(400) from None
        try:
            await self._inbox.keep([update])
        except StoreError as error:
            log.error("webhook: an update cannot be kept and stays with Telegram: %s", error)
            raise tornado.web.HTTPError(503) from None


class _HealthHandler(tornado.web.RequestHandler):
    def initialize(self, check: HealthCheck, secret: str) -> None:
        self._check = check
        self._secret = secret

    async def get(self) -> None:
        well, text = await self._check()
        self.set_status(200 if well else 503)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if not _knows(self, self._secret):  # a load balancer needs no more, and nobody else either
            text = "ok" if well else "trouble"
        self.finish(text + "\n")


class _Quiet(tornado.web.Application):
    def log_request(self, handler: tornado.web.RequestHandler) -> None:
        """No access log: paths and addresses are nobody's business."""


class _BoundedServer(tornado.httpserver.HTTPServer):
    """Holds so many connections; for one more the oldest goes. An honest request takes milliseconds, so the oldest is
    most likely one that says nothing; and were it Telegram's, Telegram tells its update again."""

    def initialize(self, *args: Any, **options: Any) -> None:
        """As HTTPServer's, and `most_connections`."""
        self._most = int(options.pop("most_connections"))
        super().initialize(*args, **options)
        self._streams: dict[tornado.iostream.IOStream, None] = {}

    def handle_stream(self, stream: tornado.iostream.IOStream, address: tuple[Any, ...]) -> None:
        """As HTTPServer's."""
        self._streams = {one: None for one in self._streams if not one.closed()}
        while len(self._streams) >= self._most:
            oldest = next(iter(self._streams))
            del self._streams[oldest]
            oldest.close()
        self._streams[stream] = None
        super().handle_stream(stream, address)


class WebhookServer:
    """Listens until `stop`; port 0 takes a free one, `port` says which. `secret` must come with every update; without it
    the health path says "ok" or "trouble" and nothing else. A connection has `patience_seconds` for its request, and there
    are never more than `most_connections`."""

    def __init__(
        self,
        bot: ExtBot[Any],
        inbox: Inbox,
        *,
        secret: str,
        health: HealthCheck,
        listen: str = "127.0.0.1",
        port: int = 8443,
        patience_seconds: float = _PATIENCE_SECONDS,
        most_connections: int = _MOST_CONNECTIONS,
    ) -> None:
        self._bot = bot
        self._secret = secret
        self._listen = listen
        self.port = port
        routes: list[tuple[str, Any, dict[str, Any]]] = [
            (UPDATE_PATH, _UpdateHandler, {"inbox": inbox, "secret": secret}),
            (HEALTH_PATH, _HealthHandler, {"check": health, "secret": secret}),
        ]
        self._server = _BoundedServer(
            _Quiet([*routes]),
            most_connections=most_connections,
            max_body_size=_LARGEST_UPDATE_BYTES,
            idle_connection_timeout=patience_seconds,
            body_timeout=patience_seconds,
        )

    async def start(self, public_url: str, *, allowed_updates: list[str] | None = None) -> None:
        """Listen, then tell Telegram where. Raises TelegramError when Telegram will not have it."""
        sockets = tornado.netutil.bind_sockets(self.port, self._listen)
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)
        await self._bot.set_webhook(
            public_url.rstrip("/") + UPDATE_PATH, secret_token=self._secret, allowed_updates=allowed_updates
        )
        log.info("webhook: listening on %s:%d", self._listen, self.port)

    async def stop(self) -> None:
        """Take no more updates. The webhook itself stays set: Telegram keeps what comes until the next start."""
        self._server.stop()
        await self._server.close_all_connections()
