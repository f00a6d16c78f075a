"""bot/updates/inbox.py, polling.py and reading.py: kept before confirmed, answered once, nobody kept waiting by another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot import metrics
from bot.delivery.pace import Pace
from bot.loopback import BotApi, LoopbackRequest
from bot.updates.handling import HANDLING
from bot.updates.inbox import Inbox
from bot.updates.polling import Poller
from bot.updates.reading import read
from store.database import Store
from store.errors import StoreFull
from store.models.inbox import Arrived


class Bot:
    """A bot that echoes, over the model in memory; `gate` holds its answers to `held`."""

    def __init__(self, folder: Path, **pace: Any) -> None:
        self.path = folder / "baozhai.db"
        self.api = BotApi(clock=lambda: datetime.now(UTC))
        self.held: set[int] = set()
        self.gate = asyncio.Event()
        self.full = False
        self.pace = {"per_second": 1e6, "chat_interval": 0, "group_per_minute": 0, **pace}

    def open(self) -> Store:
        """The database."""
        if self.full:
            raise StoreFull
        return Store(self.path)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Inbox]:
        """From start to stop, as bot/app.py does it."""
        request = LoopbackRequest(self.api)
        application = (
            ApplicationBuilder()
            .token("1:loopback")
            .request(request)
            .get_updates_request(request)
            .updater(None)
            .build()
        )
        application.add_handler(MessageHandler(filters.TEXT, self._echo))
        clock = lambda: datetime.now(UTC)  # noqa: E731
        inbox = Inbox(self.open, application, pace=Pace(**self.pace), clock=clock)
        async with application:
            await inbox.start(clock())
            poller = Poller(application.bot, inbox, allowed=["message"], seconds=5)
            poller.start()
            yield inbox
            await poller.stop()
            await inbox.stop(seconds=0.1)

    async def _echo(self, update: Any, context: ContextTypes.DEFAULT_TYPE) -> None:
        handling = HANDLING.get()
        assert handling is not None
        if handling.row_id:
            with Store(self.path) as store:
                handling.carried_out(store)
        if update.effective_chat.id in self.held:
            await self.gate.wait()
        await update.effective_chat.send_message(f"echo {update.message.text}")

    def got(self, chat: int) -> list[str]:
        """What the bot said to a reader."""
        return [message.text for message in self.api.user(chat).got()]

    async def until(self, happened: Any) -> None:
        """Wait for something that the bot brings about."""
        async with asyncio.timeout(60):
            while not happened():
                await asyncio.sleep(0.005)


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """A bot that is not started."""
    return Bot(tmp_path)


async def test_every_update_is_answered_once_and_in_its_chats_order(bot: Bot) -> None:
    """Ten readers, ten messages each."""
    for number in range(10):
        for chat in range(1, 11):
            bot.api.user(chat).send(str(number))
    before = metrics.REGISTRY.get_sample_value("baozhai_answer_seconds_count") or 0
    async with bot.running() as inbox:
        await bot.until(lambda: not bot.api.updates.pending)
        await inbox.join()
    assert metrics.REGISTRY.get_sample_value("baozhai_answer_seconds_count") == before + 100
    assert all(bot.got(chat) == [f"echo {number}" for number in range(10)] for chat in range(1, 11))


async def test_chat_that_hangs_keeps_nobody_waiting(bot: Bot) -> None:
    """Its own next message waits; others are answered."""
    bot.held.add(1)
    async with bot.running():
        for _ in range(15):
            bot.api.user(1).send("again")
        bot.api.user(2).send("hello")
        await bot.until(lambda: bot.got(2))
        assert bot.got(1) == []
        bot.gate.set()
        await bot.until(lambda: len(bot.got(1)) == 15)


async def test_what_waits_at_the_end_is_answered_after_the_next_start(bot: Bot) -> None:
    """Confirmed to Telegram and not answered: it is in a row. Begun and cut off: the reader is told once, not answered twice."""
    bot.held.add(1)
    async with bot.running():
        bot.api.user(1).send("begun")
        bot.api.user(1).send("waits")
        with Store(bot.path) as store:
            await bot.until(lambda: store.db.value("SELECT count(*) FROM inbox WHERE state = 'answering'"))
        await bot.until(lambda: not bot.api.updates.pending)
    assert bot.got(1) == []
    bot.held.clear()
    async with bot.running() as inbox:
        await bot.until(lambda: len(bot.got(1)) == 2)
        await inbox.join()
    told, answered = bot.got(1)
    assert "may not have reached you" in told or "没有送到" in told
    assert answered == "echo waits"


async def test_chat_that_sends_too_much_is_told_so_once(bot: Bot) -> None:
    """Twenty answers, then one sentence with the count of the rest."""
    for number in range(100):
        bot.api.user(1, language_code="zh-hans").send(str(number))
    async with bot.running() as inbox:
        await bot.until(lambda: not bot.api.updates.pending)
        await inbox.join()
    got = bot.got(1)
    assert got[:20] == [f"echo {number}" for number in range(20)]
    assert len(got) == 21 and "80 条" in got[20]


async def test_full_disk_does_not_silence_the_bot(bot: Bot) -> None:
    """What cannot be kept is answered before it is confirmed."""
    async with bot.running() as inbox:
        bot.full = True
        await inbox._rows.close()
        inbox._rows = type(inbox._rows)(bot.open, "inbox")
        bot.api.user(1).send("hello")
        await bot.until(lambda: bot.got(1) == ["echo hello"] and not bot.api.updates.pending)
        bot.full = False


def message(chat: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    """An update as Telegram writes it."""
    return {"update_id": 5, "message": {"message_id": 1, "chat": chat, "text": text, **more}}


@pytest.mark.parametrize(
    ("update", "queue", "asks"),
    [
        (message({"id": 7, "type": "private"}, "托管班"), 7, True),
        (message({"id": -7, "type": "group"}, "大家早"), -7, False),
        (message({"id": -7, "type": "group"}, "/digest"), -7, True),
        (message({"id": -7, "type": "group"}, "/digest@other_bot"), -7, False),
        (message({"id": -7, "type": "group"}, "/digest@Our_Bot"), -7, True),
        (message({"id": -7, "type": "group"}, "@our_bot 早"), -7, True),
        (
            message({"id": -7, "type": "group"}, "早", reply_to_message={"from": {"username": "our_bot"}}),
            -7,
            True,
        ),
        (message({"id": -7, "type": "group"}, "", migrate_to_chat_id=-8), -7, False),
        ({"update_id": 5, "callback_query": {"from": {"id": 3}, "message": {"chat": {"id": -7}}}}, -7, True),
        ({"update_id": 5, "callback_query": {"from": {"id": 3}}}, 3, True),
        ({"update_id": 5, "my_chat_member": {"chat": {"id": 9}, "from": {"id": 3}}}, 9, False),
        ({"update_id": 5}, 0, False),
    ],
)
def test_whose_turn_it_is_and_whether_somebody_waits(update: dict[str, Any], queue: int, asks: bool) -> None:
    """What a group says among itself takes no place and is never called too much."""
    found = read(update, username="our_bot")
    assert isinstance(found, Arrived) and (found.queue, found.asks) == (queue, asks)


def test_what_is_no_update_is_refused() -> None:
    """Without a number it cannot be known again."""
    for body in ({}, {"update_id": "x"}):
        with pytest.raises((KeyError, TypeError)):
            read(body, username="our_bot")
