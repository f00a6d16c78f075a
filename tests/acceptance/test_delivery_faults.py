"""A broadcast over HTTP with trouble of every kind: what arrives, what is doubled, what is lost, what is uncertain."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.pace import Pace
from bot.delivery.planner import Planner
from bot.delivery.sender import Delivery
from store.models import Timetable
from tests.bot.fakes import Clock, Composing, add_page, build, missed_line, opener, subscribe
from tests.bot.full_disk import Disk
from tests.botapi.limits import Flood, Limits
from tests.botapi.server import BotApiServer

READERS = 40
"""Chats 1 … 40; fault tests pick from them."""


class Broadcast:
    """Readers due now, and a bot that speaks HTTP to the strict server. The clock jumps over waits."""

    def __init__(
        self, folder: Path, server: BotApiServer, *, readers: int = READERS, articles: int = 2
    ) -> None:
        self.server = server
        self.open = opener(folder)
        self.clock = Clock()
        self.store = self.open()
        add_page(self.store, date(2026, 3, 10), 1, [f"第{n}条" for n in range(1, articles + 1)], self.clock())
        with self.store.transaction():
            for chat in range(1, readers + 1):
                server.api.user(chat).send("/start")
                subscribe(self.store, chat, self.clock(), timetable=Timetable(hours=(time(13),)))
        self.clock.move(hours=1)

    @asynccontextmanager
    async def delivery(self, *, per_second: float = 1e5, sender: bool = False) -> AsyncIterator[Delivery]:
        """A delivery over HTTP."""
        request = HTTPXRequest(connection_pool_size=64, read_timeout=20)
        pace = Pace(per_second=per_second, chat_interval=0, group_per_minute=0)
        bot = ExtBot(self.server.token, base_url=self.server.base_url, request=request, rate_limiter=pace)
        planner = Planner(build, Composing(), missed_line, lambda: "bot")
        delivery = Delivery(self.open, bot, planner=planner, pace=pace, clock=self.clock, in_flight=8)
        async with bot:
            await delivery.start(self.clock(), sender=sender)
            yield delivery
            await delivery.stop()

    async def rounds(
        self, count: int = 4, *, minutes: float = 2, per_second: float = 1e5, patience: float = 0
    ) -> None:
        """Ticks with time between them."""
        async with self.delivery(per_second=per_second) as delivery:
            for _ in range(count):
                await delivery.tick(self.clock())
                await delivery.drain(patience=timedelta(seconds=patience))
                self.clock.move(minutes=minutes)

    def states(self) -> Counter[str]:
        """How many outbox rows are in each state."""
        return Counter(row["state"] for row in self.store.db.rows("SELECT state FROM outbox"))

    def doubled(self) -> list[int]:
        """Chats that got more than one message."""
        return [chat for chat, count in self.server.counts().items() if count > 1]

    def close(self) -> None:
        """Close the database."""
        self.store.close()


@pytest.fixture
def broadcast(tmp_path: Path, botapi: BotApiServer) -> AsyncIterator[Broadcast]:
    """Forty readers, due."""
    made = Broadcast(tmp_path, botapi)
    yield made  # type: ignore[misc]
    made.close()


async def test_everybody_gets_it_once_when_nothing_goes_wrong(broadcast: Broadcast) -> None:
    """The base line."""
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS}
    assert broadcast.server.counts() == dict.fromkeys(range(1, READERS + 1), 1)


@pytest.mark.parametrize(
    "kind", ["blocked", "deactivated", "not_found", "kicked", "not_started", "group_deleted"]
)
async def test_chat_that_is_gone_costs_one_call_and_nobody_else(broadcast: Broadcast, kind: str) -> None:
    """One Forbidden does not end the broadcast; the chat is not called again."""
    broadcast.server.faults.add(kind, chat_id=7, times=None)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS - 1, "failed": 1} and broadcast.doubled() == []
    assert sum(call.chat_id == 7 for call in broadcast.server.calls) == 1
    reader = broadcast.store.subscribers.by_chat(7)
    assert reader is not None and reader.active and not reader.reached


async def test_missing_rights_fail_without_unsubscribing(broadcast: Broadcast) -> None:
    """An administrator may give the right back: tomorrow's digest is tried."""
    broadcast.server.faults.add("no_rights", chat_id=7, times=None)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS - 1, "failed": 1}
    reader = broadcast.store.subscribers.by_chat(7)
    assert reader is not None and reader.reached


async def test_entities_too_long_go_out_as_plain_text(broadcast: Broadcast) -> None:
    """The words arrive without their links."""
    broadcast.server.faults.add("entities_too_long", chat_id=7)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []


async def test_flood_of_one_chat_delays_that_chat_only(broadcast: Broadcast) -> None:
    """Refused for certain: sent again when the time is over."""
    broadcast.server.faults.add("flood", chat_id=7, retry_after=1)
    await broadcast.rounds()
    assert set(broadcast.server.counts()) == set(range(1, READERS + 1)) - {7}
    await broadcast.rounds(2)  # a new process: the pace's own clock, which nobody moved, starts anew
    assert broadcast.doubled() == [] and broadcast.states() == {"sent": READERS}


async def test_hour_of_floods_loses_nothing_and_is_not_hammered(broadcast: Broadcast) -> None:
    """429 with an hour for everybody: after what was in flight no call is made; later everybody gets it, once."""
    broadcast.server.faults.add("flood", method="sendMessage", retry_after=3600, times=None)
    await broadcast.rounds(4)
    assert broadcast.states() == {"waiting": READERS}
    assert len(broadcast.server.calls) <= 2 * 8 + 2
    broadcast.server.faults.clear()
    broadcast.clock.move(hours=1)
    await broadcast.rounds(2)  # a new process: the pace's own clock, which nobody moved, starts anew
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []


@pytest.mark.parametrize("code", [500, 502, 504])
@pytest.mark.parametrize("accepted", [False, True])
async def test_server_error_pages_are_uncertain_and_never_doubled(
    broadcast: Broadcast, code: int, accepted: bool
) -> None:
    """Five HTML pages in a row: at most so many uncertain, all others sent, nobody twice, whatever was accepted."""
    broadcast.server.faults.add("status", method="sendMessage", code=code, times=5, skip=3, accepted=accepted)
    await broadcast.rounds()
    states = broadcast.states()
    assert states["uncertain"] == 5 and states["sent"] == READERS - 5 and broadcast.doubled() == []
    assert len(broadcast.server.counts()) == READERS - (0 if accepted else 5)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_reset_connection_is_uncertain_and_never_doubled(broadcast: Broadcast, kind: str) -> None:
    """Both look the same from here; neither is repeated by itself."""
    for chat in (3, 9, 27):
        broadcast.server.faults.add(kind, chat_id=chat)
    await broadcast.rounds()
    states = broadcast.states()
    assert states == {"sent": READERS - 3, "uncertain": 3} and broadcast.doubled() == []
    readers = [broadcast.store.subscribers.by_chat(chat) for chat in (3, 9, 27)]
    assert all(reader and broadcast.store.outbox.uncertain_for(reader.id) for reader in readers)


@pytest.mark.parametrize("accepted", [False, True])
async def test_hanging_answer_is_uncertain(
    broadcast: Broadcast, accepted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The read timeout ends the wait, the outcome is unknown."""
    monkeypatch.setattr("bot.delivery.call.READ_TIMEOUT_SECONDS", 0.2)
    broadcast.server.faults.add("hang", chat_id=5, accepted=accepted)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS - 1, "uncertain": 1} and broadcast.doubled() == []


async def test_slow_answers_only_take_longer(broadcast: Broadcast) -> None:
    """No timeout, no doubt."""
    broadcast.server.faults.add("slow", method="sendMessage", seconds=0.2, times=5)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []


async def test_moved_group_gets_it_once_under_its_new_id(broadcast: Broadcast) -> None:
    """400 with migrate_to_chat_id."""
    broadcast.server.api.user(900).send("/start")
    broadcast.server.faults.add("migrated", chat_id=7, to=900, times=None)
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []
    assert broadcast.server.counts()[900] == 1 and 7 not in broadcast.server.counts()


async def test_server_that_is_down_loses_nothing(broadcast: Broadcast) -> None:
    """No connection: refused for certain. When the server is back everybody gets it, once."""
    port = broadcast.server.port
    async with broadcast.delivery() as delivery:
        await broadcast.server.stop()
        await delivery.tick(broadcast.clock())
        for _ in range(3):
            await delivery.drain(patience=timedelta(0))
            broadcast.clock.move(minutes=2)
        assert broadcast.states() == {"waiting": READERS}
        await broadcast.server.start(port)
        await delivery.drain(patience=timedelta(0))
        broadcast.clock.move(minutes=6)
        await delivery.drain(patience=timedelta(0))
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []


async def test_revoked_token_waits_and_unsubscribes_nobody(broadcast: Broadcast) -> None:
    """401 for every chat; the token is mended an hour later."""
    async with broadcast.delivery() as delivery:
        await delivery.tick(broadcast.clock())
        broadcast.server.revoked = True
        for _ in range(5):
            await delivery.drain(patience=timedelta(0))
            broadcast.clock.move(minutes=10)
        assert broadcast.states() == {"waiting": READERS} and "token" in delivery.trouble
        broadcast.server.revoked = False
        await delivery.drain(patience=timedelta(0))
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []
    assert broadcast.store.subscribers.count(active=True) == READERS


async def test_orderly_stop_in_the_middle_leaves_nothing_uncertain(broadcast: Broadcast) -> None:
    """As at SIGTERM: what is in flight finishes, nothing new is claimed; the rest goes after the next start."""
    broadcast.server.faults.add("slow", method="sendMessage", seconds=0.05, times=None)
    async with broadcast.delivery(sender=True) as delivery:
        await delivery.tick(broadcast.clock())
        while len(broadcast.server.sent()) < 10:
            await asyncio.sleep(0.005)
    stopped = broadcast.states()
    assert set(stopped) == {"sent", "waiting"} and 10 <= stopped["sent"] < READERS
    broadcast.server.faults.clear()
    await broadcast.rounds()
    assert broadcast.states() == {"sent": READERS} and broadcast.doubled() == []


async def test_flood_limits_are_kept_without_a_refusal(tmp_path: Path, botapi: BotApiServer) -> None:
    """A hundred messages at a permitted 200/s: the strict server never says 429."""
    botapi.flood = Flood(Limits(per_second=200, burst=10, chat_per_second=0, group_per_minute=0))
    broadcast = Broadcast(tmp_path, botapi, readers=100)
    await broadcast.rounds(1, per_second=200, patience=1)
    assert broadcast.states() == {"sent": 100}
    assert [call.outcome for call in botapi.calls if call.outcome == "flood"] == []
    broadcast.close()


async def test_disk_that_fills_up_in_a_broadcast_loses_and_doubles_nothing(
    tmp_path: Path, botapi: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLITE_FULL while the sender runs: it waits, says why, and goes on by itself once there is room."""
    monkeypatch.setattr("bot.delivery.sender._STORE_TROUBLE_SECONDS", 0.01)
    broadcast = Broadcast(tmp_path, botapi, readers=200)
    disk = Disk(broadcast.open)
    broadcast.open = disk.open
    async with broadcast.delivery(sender=True) as delivery:
        await delivery.tick(broadcast.clock())
        while len(botapi.sent()) < 20:
            await asyncio.sleep(0)
        disk.fill()
        while not delivery.trouble:
            assert len(botapi.sent()) < 200, "the disk is full, but nobody noticed"
            await asyncio.sleep(0)
        assert "disk" in delivery.trouble
        disk.make_room()
        while broadcast.states() != {"sent": 200}:
            await asyncio.sleep(0.005)
        assert delivery.trouble == ""
    assert broadcast.doubled() == [] and len(botapi.counts()) == 200
    disk.close()
    broadcast.close()
