"""Updates posted to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiohttp import web

from tests.botapi.server import BotApiServer


class Hook:
    """A webhook that remembers what came, and answers as told."""

    def __init__(self) -> None:
        self.url = ""
        self.came: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.news = asyncio.Event()

    async def answer(self, request: web.Request) -> web.Response:
        """Take an update."""
        self.came.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), await request.json()))
        self.news.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    """A webhook on 127.0.0.1."""
    made = Hook()
    application = web.Application()
    application.router.add_post("/hook", made.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret_until_confirmed(botapi: BotApiServer, hook: Hook) -> None:
    """A refused one comes again, in order; a confirmed one does not."""
    hook.statuses = [500, 200]
    botapi.api.call("setWebhook", {"url": hook.url, "secret_token": "s3cret"})
    reader = botapi.api.user(7)
    reader.send("一")
    reader.send("二")
    while len(hook.came) < 3:
        hook.news.clear()
        await hook.news.wait()
    assert [secret for secret, _ in hook.came] == ["s3cret"] * 3
    assert [update["message"]["text"] for _, update in hook.came] == ["一", "一", "二"]


async def test_without_a_webhook_updates_wait(botapi: BotApiServer, hook: Hook) -> None:
    """What came before is posted once one is set, and nothing after it is deleted."""
    botapi.api.user(7).send("一")
    botapi.api.call("setWebhook", {"url": hook.url})
    await hook.news.wait()
    botapi.api.call("deleteWebhook", {})
    botapi.api.user(7).send("二")
    assert [update["message"]["text"] for _, update in hook.came] == ["一"]
    assert botapi.api.updates.pending[-1]["message"]["text"] == "二"
