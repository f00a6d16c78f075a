"""python-telegram-bot's seam to the network, answered by the model in memory.

`ApplicationBuilder().request(LoopbackRequest(api)).get_updates_request(LoopbackRequest(api))` is the whole joint:
everything above it (Application, handlers, rate limiter, outbox) is what runs against Telegram.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.loopback.errors import METHOD_NOT_FOUND, Refused
from bot.loopback.model import BotApi
from bot.loopback.parameters import Upload
from bot.loopback.polling import long_poll


class LoopbackRequest(BaseRequest):
    """A `BaseRequest` that speaks to a `BotApi` instead of a server."""

    __slots__ = ("_api",)

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """Nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer as the server would: status and body."""
        name = url.rpartition("/")[2]
        values: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        files = {
            field: Upload(filename, content if isinstance(content, bytes) else content.read(), mime_type)
            for field, (filename, content, mime_type) in (
                (request_data.multipart_data or {}) if request_data else {}
            ).items()
        }
        try:
            if method != "POST":  # files are fetched with GET; the model keeps none
                raise Refused(METHOD_NOT_FOUND)
            if name.lower() == "getupdates":
                result: Any = await long_poll(self._api, values)
            else:
                await asyncio.sleep(0)  # as any answer from a network, it lets others run first
                result = self._api.call(name, values, files)
        except Refused as refused:
            return refused.error.code, json.dumps(refused.error.as_json()).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()
