"""A bot with two days of an invented paper, talking over HTTP to the strict Bot API."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from telegram.ext import ApplicationBuilder

from bot.delivery.pace import Pace
from bot.handlers import register
from bot.handlers.services import SERVICES, Services
from bot.loopback.people import Group, User
from bot.loopback.records import Message
from bot.loopback.settling import LISTENER, settle
from bot.updates.inbox import Inbox
from bot.updates.polling import Poller
from store.database import Store
from tests.bot.builders import NOW, fill
from tests.botapi.server import BotApiServer

OPERATOR = 77


@dataclass
class House:
    """The bot, its server, and what readers do with both: each act waits until the bot has done what it will do."""

    server: BotApiServer
    application: Any
    database: Path

    def reader(self, user_id: int = 1000, **facts: Any) -> User:
        """A reader whose Telegram speaks Chinese, unless told otherwise."""
        return self.server.api.user(user_id, **{"language_code": "zh-hans", **facts})

    def group(self, chat_id: int = -100500) -> Group:
        """A group that the bot is in."""
        return self.server.api.group(chat_id)

    async def settle(self) -> None:
        """Until the bot is idle."""
        await settle(self.application, self.server.api)

    async def say(self, user: User, text: str, **where: Any) -> list[Message]:
        """The reader writes; the bot's messages that came of it."""
        chat_id = where.get("chat_id", user.id)
        before = self._last(chat_id)
        user.send(text, **where)
        await self.settle()
        return [
            one
            for one in self.server.api.user(user.id).sees(chat_id=chat_id)
            if one.from_bot and one.message_id > before
        ]

    async def press(self, user: User, button: Any, message_id: int | None = None, **how: Any) -> str:
        """The reader presses a button; what popped up ("" when nothing did)."""
        before = len(user.toasts)
        user.press(button, message_id, **how)
        await self.settle()
        new = user.toasts[before:]
        return (new[-1].text or "") if new else ""

    def latest(self, user: User) -> Message:
        """The bot's last message in the private chat."""
        return user.got()[-1]

    def store(self) -> Store:
        """The database, for a look inside."""
        return Store(self.database)

    def _last(self, chat_id: int) -> int:
        messages = self.server.api.chat(chat_id).messages
        return max(messages, default=0)


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two days of the paper, made once."""
    path = tmp_path_factory.mktemp("papers") / "baozhai.db"
    with Store(path) as store:
        fill(store)
    return path


@pytest_asyncio.fixture
async def house(botapi: BotApiServer, papers: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A running bot with a database of its own."""
    database = tmp_path / "baozhai.db"
    shutil.copy(papers, database)
    botapi.api.clock = lambda: NOW
    application = (
        ApplicationBuilder()
        .token(botapi.token)
        .base_url(botapi.base_url)
        .base_file_url(botapi.base_file_url)
        .updater(None)
        .build()
    )
    application.bot_data[SERVICES] = Services(
        open_store=lambda: Store(database), clock=lambda: NOW, admins=frozenset({OPERATOR})
    )
    register(application)
    pace = Pace(per_second=1e6, chat_interval=0, group_per_minute=0)
    inbox = Inbox(lambda: Store(database), application, pace=pace, clock=lambda: NOW)
    application.bot_data[LISTENER] = inbox
    wanted = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
    async with application:
        await application.start()
        await inbox.start(NOW)
        poller = Poller(application.bot, inbox, allowed=wanted, seconds=5)
        poller.start()
        yield House(botapi, application, database)
        await poller.stop()
        await inbox.stop()
        await application.stop()
