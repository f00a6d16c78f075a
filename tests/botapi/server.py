"""A strict Bot API over HTTP on 127.0.0.1, with trouble on demand: what the tests let the bot talk to.

The answers are the model's (bot/loopback); this file adds what a network and a stern server add: the token, documented
parameters only, TDLib's opinion on every text, flood limits, faults, and a record of what was really delivered.

    async with BotApiServer() as server: ...            in the test's own loop (fixture `botapi`)
    with in_thread() as server: ...                     for tests that are not async
    python -m tests.botapi.server --port 8081           for tests that kill the bot's process; /control/... tells and sets
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any

from aiohttp import web

from bot.loopback import html
from bot.loopback.errors import METHOD_NOT_FOUND, UNAUTHORIZED, ApiError, Refused
from bot.loopback.model import BotApi
from bot.loopback.parameters import Upload
from bot.loopback.polling import long_poll
from tests.botapi import control, strict, tdlib
from tests.botapi.faults import Fault, Faults
from tests.botapi.limits import LIFTED, Flood, Limits
from tests.botapi.webhooks import Poster

TOKEN = "12345:loopback"
_NOT_FOUND = ApiError(404, "Not Found")
_WRITING = frozenset(
    {"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup", "editMessageCaption"}
)
_HTML_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
_PHRASES = {
    500: "500 Internal Server Error",
    502: "502 Bad Gateway",
    503: "503 Service Unavailable",
    504: "504 Gateway Time-out",
}


@dataclass(frozen=True)
class Call:
    """A call that reached the server.

    `outcome`: ok, refused, flood, or the fault's kind; `accepted` says whether it was carried out, which the client knows
    only where `outcome` is ok.
    """

    method: str
    chat_id: int | None
    outcome: str
    accepted: bool
    at: float
    message_id: int = 0
    code: int = 200


class BotApiServer:
    """The server; `violations` are what a bot must never do, checked by the fixture at the end of the test."""

    def __init__(
        self,
        api: BotApi | None = None,
        *,
        token: str = TOKEN,
        limits: Limits = LIFTED,
        clock: Callable[[], datetime] | None = None,
        second_opinion: bool = True,
    ) -> None:
        self.api = api or BotApi(clock=clock or (lambda: datetime.now(UTC)))
        self.token = token
        self.faults = Faults()
        self.flood = Flood(limits)
        self.violations: list[str] = []
        self.calls: list[Call] = []
        self.revoked = False
        self.second_opinion = second_opinion
        self.port = 0
        self._runner: web.AppRunner | None = None
        self._poster = Poster(self.api)
        self._closing = asyncio.Event()

    # Life

    async def __aenter__(self) -> BotApiServer:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one."""
        self._closing.clear()
        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_route("*", "/bot{token}/{method}", self._answer)
        control.add_routes(application.router, self)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._poster.start()

    async def stop(self) -> None:
        """Close all; a stopped server can be started again on its old port (an outage)."""
        self._closing.set()
        await self._poster.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Where it stands, e.g. http://127.0.0.1:8081."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"{self.url}/file/bot"

    # What was delivered

    def sent(self, chat_id: int | None = None) -> list[Call]:
        """The messages that really were delivered (to `chat_id`), whatever the client heard of it."""
        return [
            call
            for call in self.calls
            if call.accepted
            and call.method.startswith("send")
            and call.message_id
            and chat_id in (None, call.chat_id)
        ]

    def counts(self) -> Counter[int]:
        """How many messages each chat got."""
        return Counter(call.chat_id for call in self.sent() if call.chat_id is not None)

    def unanswered(self) -> list[Call]:
        """The calls that were carried out though the client never heard so: all a doubled message may come from."""
        return [call for call in self.calls if call.accepted and call.outcome != "ok"]

    # Answering

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._answered(request)
        except Exception as error:  # a fault of this server must fail the test, not pass for Telegram's
            self.violations.append(f"the server itself failed: {error!r}")
            raise

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        refused = self._token_refused(request.match_info["token"])
        if refused is not None:
            return _refusal(refused)
        values, files = await _body(request)
        method = strict.method_named(request.match_info["method"])
        if method is None or not self.api.knows(method):
            self.violations.append(f"unknown method {request.match_info['method']!r}")
            return _refusal(METHOD_NOT_FOUND)
        wrong = strict.wrong(method, values, files)
        if wrong:
            self.violations.extend(wrong)
            return _refusal(ApiError(400, f"Bad Request: {wrong[0]}"))
        chat_id = _chat_id(values)
        fault = self.faults.next(method, chat_id)
        if fault is not None:
            return await self._trouble(request, fault, method, chat_id, values, files)
        return await self._carried_out(method, chat_id, values, files)

    def _token_refused(self, token: str) -> ApiError | None:
        if token == self.token and not self.revoked:
            return None
        number, colon, secret = token.partition(":")
        return UNAUTHORIZED if number.isdecimal() and colon and secret else _NOT_FOUND

    async def _carried_out(
        self,
        method: str,
        chat_id: int | None,
        values: dict[str, Any],
        files: dict[str, Upload],
        outcome: str = "ok",
    ) -> web.Response:
        """Do it and answer; `outcome` is what to record of a success."""
        try:
            if method == "getUpdates":
                return _success(await long_poll(self.api, values))
            wait = self.flood.refused(chat_id, _now()) if chat_id is not None and method in _WRITING else 0
            if wait:
                error = ApiError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
                self._record(method, chat_id, "flood", accepted=False, code=429)
                return _refusal(error)
            if self.second_opinion:
                self._ask_tdlib(method, values)
            result = self.api.call(method, values, files)
        except Refused as refused:
            if method != "getUpdates":
                self._record(method, chat_id, "refused", accepted=False, code=refused.error.code)
            return _refusal(refused.error)
        message_id = int(result.get("message_id", 0)) if isinstance(result, dict) else 0
        self._record(method, chat_id, outcome, accepted=True, message_id=message_id)
        return _success(result)

    def _ask_tdlib(self, method: str, values: dict[str, Any]) -> None:
        text = values.get("text") or values.get("caption")
        if text and str(values.get("parse_mode", "")).lower() == "html":
            self.violations.extend(f"{method}: {complaint}" for complaint in _second_opinion(str(text)))

    async def _trouble(
        self,
        request: web.Request,
        fault: Fault,
        method: str,
        chat_id: int | None,
        values: dict[str, Any],
        files: dict[str, Upload],
    ) -> web.StreamResponse:
        refusal = fault.refusal()
        if refusal is not None:
            self._record(method, chat_id, fault.kind, accepted=False, code=refusal.code)
            return _refusal(refusal)
        if fault.kind == "slow":
            await self._pause(fault.seconds)
            return await self._carried_out(method, chat_id, values, files)
        if fault.kind == "reset_after" or fault.accepted:
            await self._carried_out(method, chat_id, values, files, outcome=fault.kind)
        else:
            self._record(
                method, chat_id, fault.kind, accepted=False, code=fault.code if fault.kind == "status" else 0
            )
        if fault.kind == "status":
            return web.Response(
                status=fault.code,
                text=_HTML_PAGE.format(_PHRASES.get(fault.code, fault.code)),
                content_type="text/html",
            )
        if fault.kind == "hang":
            await self._pause(fault.seconds or 3600)
        _reset(request)
        return web.Response()  # into a connection that is gone

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond the server's own end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    def _record(
        self,
        method: str,
        chat_id: int | None,
        outcome: str,
        *,
        accepted: bool,
        message_id: int = 0,
        code: int = 200,
    ) -> None:
        self.calls.append(Call(method, chat_id, outcome, accepted, _now(), message_id, code))


@contextlib.contextmanager
def in_thread(**options: Any) -> Iterator[BotApiServer]:
    """A server in a thread of its own, for tests that are not async."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="botapi", daemon=True)
    thread.start()
    server = BotApiServer(**options)
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@lru_cache(maxsize=1024)  # a broadcast sends one text to many
def _second_opinion(markup: str) -> tuple[str, ...]:
    mine: tdlib.Parsed | str
    try:
        text, entities = html.parse(markup)
        mine = text, sorted((one.type, one.offset, one.length, one.url, one.language) for one in entities)
    except html.MarkupError as error:
        mine = str(error)
    opinion = tdlib.parse(markup)
    if opinion != mine:
        return (f"the model and TDLib disagree: {mine!r} and {opinion!r}",)
    return tuple(tdlib.complaints(markup, opinion))


async def _body(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values.update(await request.json())
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                values[name] = value
    return values, files


def _chat_id(values: dict[str, Any]) -> int | None:
    value = str(values.get("chat_id", ""))
    return int(value) if value.lstrip("-").isdecimal() else None


def _success(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    return web.json_response(error.as_json(), status=error.code)


def _reset(request: web.Request) -> None:
    """Close as a crashed server does: RST, so that the client sees a reset and not an orderly end."""
    transport = request.transport
    if transport is None:
        return
    opened = transport.get_extra_info("socket")
    if opened is not None:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _serve(port: int, limits: Limits, token: str) -> None:
    server = BotApiServer(limits=limits, token=token)
    await server.start(port)
    print(json.dumps({"url": server.url, "token": token}), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Run as a process of its own until it is ended."""
    parser = argparse.ArgumentParser(description="A strict Bot API on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limited", action="store_true", help="with Telegram's flood limits")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options.port, Limits() if options.limited else LIFTED, options.token))


if __name__ == "__main__":
    main()
