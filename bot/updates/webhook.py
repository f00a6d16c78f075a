"""Webhook mode: Telegram posts updates to us; a health path stands beside them.

python-telegram-bot's own webhook server has one path and no place for a second, so this is a small one of ours on the
same tornado. TLS is the reverse proxy's. An update is confirmed with 200 as soon as it is in the queue.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from telegram import Update
from telegram.ext import Application

log = logging.getLogger(__name__)

UPDATE_PATH = "/telegram"
HEALTH_PATH = "/health"
_LARGEST_UPDATE_BYTES = 1024 * 1024
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

HealthCheck = Callable[[], Awaitable[tuple[bool, str]]]
"""(well?, text) for the health path: status 200 or 503."""


class _UpdateHandler(tornado.web.RequestHandler):
    def initialize(self, application_of_bot: Application[Any, Any, Any, Any, Any, Any], secret: str) -> None:
        self._bot_application = application_of_bot
        self._secret = secret

    async def post(self) -> None:
        given = self.request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            raise tornado.web.HTTPError(403)
        try:
            update = Update.de_json(json.loads(self.request.body), self._bot_application.bot)
        except Exception as error:  # whatever stands in the body, the next update must be taken
            log.warning("webhook: an update could not be read (%s)", type(error).__name__)
            raise tornado.web.HTTPError(400) from None
        await self._bot_application.update_queue.put(update)


class _HealthHandler(tornado.web.RequestHandler):
    def initialize(self, check: HealthCheck) -> None:
        self._check = check

    async def get(self) -> None:
        well, text = await self._check()
        self.set_status(200 if well else 503)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(text + "\n")


class _Quiet(tornado.web.Application):
    def log_request(self, handler: tornado.web.RequestHandler) -> None:
        """No access log: paths and addresses are nobody's business."""


class WebhookServer:
    """Listens until `stop`; port 0 takes a free one, `port` says which. `secret` must come with every update."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        *,
        secret: str,
        health: HealthCheck,
        listen: str = "127.0.0.1",
        port: int = 8443,
    ) -> None:
        self._application = application
        self._secret = secret
        self._listen = listen
        self.port = port
        routes: list[tuple[str, Any, dict[str, Any]]] = [
            (UPDATE_PATH, _UpdateHandler, {"application_of_bot": application, "secret": secret}),
            (HEALTH_PATH, _HealthHandler, {"check": health}),
        ]
        self._server = tornado.httpserver.HTTPServer(_Quiet([*routes]), max_body_size=_LARGEST_UPDATE_BYTES)

    async def start(self, public_url: str, *, allowed_updates: list[str] | None = None) -> None:
        """Listen, then tell Telegram where. Raises TelegramError when Telegram will not have it."""
        sockets = tornado.netutil.bind_sockets(self.port, self._listen)
        self.port = sockets[0].getsockname()[1]
        self._server.add_sockets(sockets)
        await self._application.bot.set_webhook(
            public_url.rstrip("/") + UPDATE_PATH, secret_token=self._secret, allowed_updates=allowed_updates
        )
        log.info("webhook: listening on %s:%d", self._listen, self.port)

    async def stop(self) -> None:
        """Take no more updates. The webhook itself stays set: Telegram keeps what comes until the next start."""
        self._server.stop()
        await self._server.close_all_connections()
