"""Readers act while a broadcast runs at Telegram's own limits: their answers overtake it. Counted, not timed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.app import App, join, running
from bot.config import Config, load
from bot.health import examine, to_text
from bot.loopback.people import User
from store.database import Store
from store.ingest import ingest
from store.models import Timetable
from tests.bot.fakes import Clock, subscribe
from tests.botapi.limits import LIFTED, Flood, Limits
from tests.botapi.server import BotApiServer, Call

PAGES = Path(__file__).parents[2] / "samples" / "河汾日报" / "2026-11-19"
EVENING = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
HOUR = datetime(2026, 11, 18, 23, 30, 20, tzinfo=UTC)  # 07:30 in China, and a tick
CHATS = 150
OVERTAKEN = 45
"""Broadcast messages that may go out between an act and its answer: a second and a half of 30/s, for a busy machine.
Without a place of its own an answer would come behind all that is left of the 150."""
CROWD = 40
"""Readers who act at once, twice each: more than the server's burst of 30 forgives."""


def _config(folder: Path, server: BotApiServer) -> Config:
    file = folder / "config.toml"
    file.write_text(
        f"[telegram]\nbase_url = '{server.base_url}'\nbase_file_url = '{server.base_file_url}'\n"
        "[delivery]\nmessages_per_second = 30\n",
        encoding="utf-8",
    )
    return load(file, environ={"BAOZHAI_TOKEN": server.token})


class Hour:
    """The hour of a broadcast to many chats, and what readers do meanwhile."""

    def __init__(self, app: App, server: BotApiServer, clock: Clock) -> None:
        self.app, self.server, self.clock = app, server, clock

    def broadcast(self) -> int:
        """How many chats got their digest so far."""
        with Store(self.app.config.data.database) as store:
            return store.outbox.counts().sent

    def floods(self) -> int:
        """How many calls were answered 429."""
        return sum(call.outcome == "flood" for call in self.server.calls)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that the bot brings about."""
        async with asyncio.timeout(400):
            while not happened():
                await asyncio.sleep(0.002)

    async def act(self, act: Callable[[], object], answered: Callable[[], bool]) -> int:
        """Do something; how many broadcast messages went out before its answer did."""
        mark = len(self.server.calls)
        act()
        await self.until(answered)
        return sum(_is_broadcast(call) for call in self.server.calls[mark:])

    async def say(self, user: User, text: str, expected: str) -> int:
        """Write; as `act`."""
        before = {message.message_id for message in user.got()}
        return await self.act(
            lambda: user.send(text),
            lambda: any(expected in one.text and one.message_id not in before for one in user.got()),
        )

    async def press(self, user: User, button: str, expected: str) -> int:
        """Press a button by its words: the press is answered and the words expected are there; as `act`."""
        message, shown = next(
            (one, shown) for one in reversed(user.got()) for shown in one.buttons if button in shown.text
        )
        popped = len(user.toasts)
        return await self.act(
            lambda: user.press(shown.data, message.message_id),
            lambda: len(user.toasts) > popped and any(expected in one.text for one in user.got()),
        )


def _is_broadcast(call: Call) -> bool:
    """Chats from 5000 on only have what the broadcast brings them."""
    return call.chat_id is not None and call.chat_id >= 5000 and call.accepted


@pytest.fixture
async def hour(tmp_path: Path, botapi: BotApiServer) -> AsyncIterator[Hour]:
    """150 chats due at 07:30 with chat 1000 among them; a bot at 30/s, a server that permits 30/s."""
    clock = Clock(EVENING)
    botapi.api.clock = clock
    config = _config(tmp_path, botapi)
    botapi.api.user(1000, language_code="zh-hans").send("/start")
    with Store(config.data.database) as store:
        assert all(report.outcome == "new" for report in ingest(store, [PAGES], now=EVENING))
        with store.transaction():
            for chat in (1000, *range(5000, 5000 + CHATS - 1)):
                botapi.api.user(chat)
                botapi.api.user(chat).start()
                subscribe(store, chat, EVENING, timetable=Timetable(hours=(time(7, 30),)))
    botapi.api.updates.pending.clear()
    app = join(config, clock=clock)
    async with running(app):
        app.scheduler.pause()
        made = Hour(app, botapi, clock)
        warm = botapi.api.user(999, language_code="zh-hans")
        await made.say(
            warm, "/search 托管班", "托管班"
        )  # the dictionary is loaded before anything is counted
        botapi.flood, botapi.calls = Flood(Limits()), []
        clock.now = HOUR
        yield made


async def test_answers_overtake_the_broadcast(hour: Hour) -> None:
    """/help, a search, presses: of a reader who is in the broadcast, and of one who is not."""
    reader = hour.server.api.user(1000)
    stranger = hour.server.api.user(2000, language_code="zh-hans")
    await hour.app.delivery.tick(HOUR)
    await hour.until(lambda: hour.broadcast() >= 5)
    overtaken = []
    for who in (reader, stranger):
        overtaken.append(await hour.say(who, "/help", "怎么用"))
        overtaken.append(await hour.say(who, "/search 托管班", "🔎 托管班"))
        overtaken.append(await hour.press(who, "按时间", "🔎 托管班"))
        overtaken.append(await hour.press(who, "1", "晚自习有人管"))
    assert hour.broadcast() < CHATS, "the broadcast was on all the while"
    assert max(overtaken) <= OVERTAKEN, overtaken
    await hour.until(lambda: hour.broadcast() == CHATS)
    assert hour.floods() == 0
    got = hour.server.counts()
    assert all(got[chat] == 1 for chat in range(5000, 5000 + CHATS - 1))
    assert sum("2026年11月19日 星期四" in one.text for one in reader.got()) == 1


async def test_crowd_of_readers_at_the_hour_is_answered_first_without_a_flood(hour: Hour) -> None:
    """Forty people act at once in the middle of the broadcast: all are answered before it goes on, no 429 comes."""
    crowd = [hour.server.api.user(2000 + number, language_code="zh-hans") for number in range(CROWD)]
    await hour.app.delivery.tick(HOUR)
    await hour.until(lambda: hour.broadcast() >= 30)
    mark = len(hour.server.calls)
    for who in crowd:
        who.send("/help")
        who.send("/search 托管班")
    await hour.until(lambda: all(len(who.got()) == 2 for who in crowd))
    went_out = sum(_is_broadcast(call) for call in hour.server.calls[mark:])
    assert went_out <= OVERTAKEN, f"{went_out} broadcast messages went out before {2 * CROWD} answers"
    await hour.until(lambda: hour.broadcast() == CHATS)
    assert hour.floods() == 0 and hour.server.counts().total() == CHATS + 2 * CROWD


async def test_token_revoked_in_the_broadcast_and_given_back_loses_nobody(
    hour: Hour, caplog: pytest.LogCaptureFixture
) -> None:
    """401 in the middle: sending halts, nobody is deactivated; given back, all get it once and the bot listens again."""
    server, clock = hour.server, hour.clock
    server.flood = Flood(LIFTED)
    await hour.app.delivery.tick(HOUR)
    await hour.until(lambda: hour.broadcast() >= 30)
    server.revoked = True
    await hour.until(lambda: "token" in hour.app.delivery.trouble)
    await hour.until(lambda: hour.app.delivery.under_way == 0)
    ends_the_poll, waits = (server.api.user(chat, language_code="zh-hans") for chat in (2000, 2001))
    ends_the_poll.send("/help")
    await hour.until(lambda: "updates cannot be fetched" in caplog.text)
    waits.send("/help")  # with Telegram, until the bot may ask again
    got = hour.server.counts().total()
    for _ in range(3):
        clock.move(minutes=1)
        await hour.app.delivery.tick(clock())
    assert server.counts().total() == got < CHATS
    with Store(hour.app.config.data.database) as store:
        counts = store.outbox.counts()
        assert counts.waiting == CHATS - got and counts.uncertain == counts.failed == 0
        assert store.subscribers.count(active=True) == CHATS
        assert "token" in to_text(examine(store, clock()))
    server.revoked = False
    clock.move(minutes=2)
    hour.app.delivery.wake()
    await hour.until(lambda: hour.broadcast() == CHATS)
    assert all(server.counts()[chat] == 1 for chat in range(5000, 5000 + CHATS - 1))
    await hour.until(lambda: len(waits.got()) == 1)
    await hour.say(server.api.user(1000), "/help", "怎么用")
