"""bot/updates/webhook.py: updates with the secret come in, others do not; the health path answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.updates.webhook import WebhookServer
from tests.botapi.server import BotApiServer

SECRET = "a-secret-of-the-test"
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1773115200,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "读者"},
        "text": "/digest",
    },
}


@asynccontextmanager
async def listening(
    botapi: BotApiServer, *, well: bool = True
) -> AsyncIterator[tuple[str, asyncio.Queue[Any]]]:
    """A webhook server on a free port: its url, and the queue that updates go into."""
    application = ApplicationBuilder().token(botapi.token).base_url(botapi.base_url).build()

    async def health() -> tuple[bool, str]:
        return well, "ok" if well else "trouble: no tick for 600 s"

    server = WebhookServer(application, secret=SECRET, health=health, port=0)
    async with application.bot:
        await server.start("https://reader.example/")
        yield f"http://127.0.0.1:{server.port}", application.update_queue
        await server.stop()


async def post(url: str, body: bytes, secret: str | None) -> int:
    """Telegram's POST; the status."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    async with httpx.AsyncClient() as client:
        return (await client.post(f"{url}/telegram", content=body, headers=headers)).status_code


async def test_update_with_the_secret_is_taken(botapi: BotApiServer) -> None:
    """200, and it is in the queue; Telegram was told the path and the secret."""
    async with listening(botapi) as (url, queue):
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
        update = queue.get_nowait()
    assert isinstance(update, Update) and update.message and update.message.text == "/digest"


async def test_update_without_the_right_secret_is_refused(botapi: BotApiServer) -> None:
    """403, nothing in the queue."""
    async with listening(botapi) as (url, queue):
        for secret in (None, "", "wrong", SECRET[:-1]):
            assert await post(url, json.dumps(UPDATE).encode(), secret) == 403
        assert queue.empty()


async def test_body_that_is_no_update_is_refused_and_the_next_is_taken(botapi: BotApiServer) -> None:
    """A broken body ends nothing."""
    async with listening(botapi) as (url, queue):
        assert await post(url, b"{", SECRET) == 400
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
        assert queue.qsize() == 1


async def test_health_path_says_well_or_not(botapi: BotApiServer) -> None:
    """200 for a monitor while all is well, else 503 with the reason."""
    for well, status, word in ((True, 200, "ok"), (False, 503, "no tick")):
        async with listening(botapi, well=well) as (url, _), httpx.AsyncClient() as client:
            answer = await client.get(f"{url}/health")
        assert answer.status_code == status and word in answer.text
