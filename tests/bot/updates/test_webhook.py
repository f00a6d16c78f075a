"""bot/updates/webhook.py: updates with the secret come in, others do not; the health path answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from telegram.ext import ApplicationBuilder

from bot.updates.reading import read
from bot.updates.webhook import WebhookServer
from store.errors import StoreFull
from store.models.inbox import Arrived
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


@dataclass
class Kept:
    """An inbox that keeps in memory, or cannot."""

    updates: list[Arrived] = field(default_factory=list)
    full: bool = False

    def read(self, update: Any) -> Arrived:
        """As bot/updates/inbox.py."""
        return read(update, username="our_bot")

    async def keep(self, updates: Sequence[Arrived]) -> None:
        """As bot/updates/inbox.py."""
        if self.full:
            raise StoreFull
        self.updates.extend(updates)


@asynccontextmanager
async def listening(
    botapi: BotApiServer, *, well: bool = True, patience: float = 30.0, most: int = 256
) -> AsyncIterator[tuple[str, Kept]]:
    """A webhook server on a free port: its url, and what was kept."""
    application = ApplicationBuilder().token(botapi.token).base_url(botapi.base_url).build()

    async def health() -> tuple[bool, str]:
        return well, "ok" if well else "trouble: no tick for 600 s"

    kept = Kept()
    server = WebhookServer(
        application.bot,
        kept,
        secret=SECRET,
        health=health,
        port=0,
        patience_seconds=patience,  # type: ignore[arg-type]
        most_connections=most,
    )
    async with application.bot:
        await server.start("https://reader.example/")
        yield f"http://127.0.0.1:{server.port}", kept
        await server.stop()


async def post(url: str, body: bytes, secret: str | None) -> int:
    """Telegram's POST; the status."""
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    async with httpx.AsyncClient(timeout=60) as client:
        return (await client.post(f"{url}/telegram", content=body, headers=headers)).status_code


async def test_update_with_the_secret_is_taken(botapi: BotApiServer) -> None:
    """200, and it is kept; Telegram was told the path and the secret."""
    async with listening(botapi) as (url, kept):
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
    [update] = kept.updates
    assert update.queue == 7 and json.loads(update.body) == UPDATE


async def test_update_that_cannot_be_kept_stays_with_telegram(botapi: BotApiServer) -> None:
    """503: Telegram tells it again."""
    async with listening(botapi) as (url, kept):
        kept.full = True
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 503
        kept.full = False
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
        assert len(kept.updates) == 1


async def test_half_open_connections_are_closed(botapi: BotApiServer) -> None:
    """Nobody holds the process's files by saying half a sentence."""
    async with listening(botapi, patience=0.2) as (url, _):
        port = int(url.rpartition(":")[2])
        for half in (
            b"",
            b"POST /telegram HTTP/1.1\r\nHost: x\r\n",
            b"POST /telegram HTTP/1.1\r\nContent-Length: 99\r\n\r\nx",
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(half)
            async with asyncio.timeout(60):
                while await reader.read(1024):
                    pass
            writer.close()


async def test_a_crowd_of_half_open_connections_keeps_nobody_out(botapi: BotApiServer) -> None:
    """Sixty that say nothing where twenty are held: the oldest are sent away, and Telegram is heard at once."""
    async with listening(botapi, patience=3600.0, most=20) as (url, kept):
        port = int(url.rpartition(":")[2])
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(60)]
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
        assert len(kept.updates) == 1
        async with asyncio.timeout(60):
            assert [await reader.read(1) for reader, _ in crowd[:41]] == [b""] * 41
        for reader, writer in crowd:
            assert reader.at_eof() == (writer in {gone for _, gone in crowd[:41]})
            writer.close()


async def test_update_without_the_right_secret_is_refused(botapi: BotApiServer) -> None:
    """403, nothing is kept."""
    async with listening(botapi) as (url, kept):
        for secret in (None, "", "wrong", SECRET[:-1]):
            assert await post(url, json.dumps(UPDATE).encode(), secret) == 403
        assert kept.updates == []


async def test_body_that_is_no_update_is_refused_and_the_next_is_taken(botapi: BotApiServer) -> None:
    """A broken body ends nothing."""
    async with listening(botapi) as (url, kept):
        assert await post(url, b"{", SECRET) == 400
        assert await post(url, json.dumps(UPDATE).encode(), SECRET) == 200
        assert len(kept.updates) == 1


async def test_health_path_says_well_or_not(botapi: BotApiServer) -> None:
    """200 for a monitor while all is well, else 503; the reason is for those who know the secret."""
    for well, status, word, reason in ((True, 200, "ok", "ok"), (False, 503, "trouble", "no tick")):
        async with listening(botapi, well=well) as (url, _), httpx.AsyncClient(timeout=60) as client:
            answer = await client.get(f"{url}/health")
            known = await client.get(f"{url}/health", headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
        assert (answer.status_code, answer.text) == (status, f"{word}\n")
        assert known.status_code == status and reason in known.text
