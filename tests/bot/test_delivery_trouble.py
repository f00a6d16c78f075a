"""bot/delivery/sender.py in trouble: lost answers, refusals, floods, outages, a full disk, a wrong clock; with a fake Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.bot.delivery_world import TODAY, World, once
from tests.bot.fakes import (
    add_page,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose database is closed at the end."""
    made = World(tmp_path)
    yield made
    made.store.close()


async def test_restart_resumes_at_the_first_unsent_part(world: World) -> None:
    """Part 1 was sent before the flood limit; after the restart part 2 and 3 follow, part 1 does not."""
    world.subscribers(1, articles=7)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        world.telegram.trouble = lambda chat, text: RetryAfter(600) if len(world.telegram.sent) == 1 else None
        await world.round(delivery)
    assert world.states() == ["sent", "waiting", "waiting"]
    world.telegram.trouble = lambda chat, text: None
    world.clock.move(minutes=11)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert len(world.telegram.to(1)) == 3 and world.states() == ["sent"] * 3


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("httpx.ReadError: "),
        TimedOut(),
        NetworkError("Bad Gateway"),
    ],
)
async def test_unknown_outcome_is_uncertain_and_not_repeated(world: World, error: NetworkError) -> None:
    """The answer was lost: by default the part is not sent again, and its reader can be told."""
    [reader] = world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.after = once(error)
    async with world.delivery() as delivery:
        for _ in range(3):
            await world.round(delivery)
            world.clock.move(minutes=5)
    assert len(world.telegram.sent) == 1 and world.states() == ["uncertain"]
    [part] = world.store.outbox.uncertain_for(reader)
    assert (part.day, part.part, part.parts) == (TODAY, 1, 1)


async def test_unknown_outcome_is_sent_once_more_if_the_operator_says_so(world: World) -> None:
    """Policy "once more": a second attempt, and no third."""
    world.options = {"send_uncertain_again": True}
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.after = lambda chat, text: NetworkError("httpx.ReadError: ")
    async with world.delivery() as delivery:
        for _ in range(5):
            await world.round(delivery)
            world.clock.move(minutes=5)
    assert len(world.telegram.sent) == 2 and world.states() == ["uncertain"]


@pytest.mark.parametrize(
    "cause", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")]
)
async def test_refusal_before_leaving_the_machine_is_retried(world: World, cause: httpx.HTTPError) -> None:
    """Nothing was sent for certain, so it is sent again."""
    world.subscribers(1)
    world.clock.move(hours=1)
    error = NetworkError("no connection")
    error.__cause__ = cause
    world.telegram.trouble = once(error)
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert world.states() == ["waiting"]
        world.clock.move(minutes=1)
        await world.round(delivery)
    assert len(world.telegram.sent) == 1 and world.states() == ["sent"]


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: user is deactivated"),
        Forbidden("Forbidden: bot was kicked from the supergroup chat"),
        BadRequest("Chat not found"),
    ],
)
async def test_gone_reader_is_left_alone_until_they_speak(world: World, error: Exception) -> None:
    """No further call; when they come back, the latest edition is not lost for them."""
    world.subscribers(1, articles=7)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: error
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.clock.move(days=1)
        await world.round(delivery)
        assert world.telegram.calls == 1
        reader = world.store.subscribers.by_chat(1)
        assert reader and reader.active and not reader.reached
        world.telegram.trouble = lambda chat, text: None
        world.store.subscribers.seen(1, "zh", world.clock())
        world.clock.move(days=1)
        await world.round(delivery)
    assert len(world.telegram.to(1)) == 3, "the digest that never began is made again, whole"


async def test_refused_token_halts_and_deactivates_nobody(world: World) -> None:
    """401 for every chat: all wait, nobody is unsubscribed, and it goes on when the token is good again."""
    world.subscribers(5)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: InvalidToken("Unauthorized")
    world.telegram.probe_trouble = lambda: InvalidToken("Unauthorized")
    async with world.delivery() as delivery:
        for _ in range(4):
            await world.round(delivery)
            world.clock.move(seconds=30)
        assert world.states() == ["waiting"] * 5 and "token" in delivery.trouble
        assert world.telegram.calls <= 5
        assert world.store.subscribers.count(active=True) == 5
        world.telegram.trouble = lambda chat, text: None
        world.telegram.probe_trouble = lambda: None
        world.clock.move(minutes=2)
        await world.round(delivery)
        assert delivery.trouble == ""
    assert sorted(message.chat_id for message in world.telegram.sent) == [1, 2, 3, 4, 5]


async def test_silent_telegram_costs_no_more_than_what_was_in_flight(world: World) -> None:
    """502 for everybody: sending stops after what was under way; the rest waits and arrives later."""
    world.options = {"in_flight": 4}
    world.subscribers(50)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: NetworkError("Bad Gateway")
    world.telegram.probe_trouble = lambda: NetworkError("Bad Gateway")
    async with world.delivery() as delivery:
        await world.round(delivery)
        uncertain = world.states().count("uncertain")
        assert 0 < uncertain <= 4 + 2 and world.states().count("waiting") == 50 - uncertain
        world.telegram.trouble = lambda chat, text: None
        world.telegram.probe_trouble = lambda: None
        world.clock.move(minutes=5)
        await world.round(delivery)
    assert world.states().count("sent") == 50 - uncertain
    assert len(world.telegram.sent) == 50 - uncertain


async def test_moved_group_gets_it_once_under_its_new_id(world: World) -> None:
    """A group that became a supergroup keeps its subscription."""
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: ChatMigrated(-1001) if chat == 1 else None
    async with world.delivery() as delivery:
        await world.round(delivery)
        await world.round(delivery)
    assert [message.chat_id for message in world.telegram.sent] == [-1001]
    assert world.store.subscribers.by_chat(1) is None and world.store.subscribers.by_chat(-1001) is not None


async def test_unparsable_html_goes_out_once_as_plain_text(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Our own bug must not cost the reader the digest; the log has no word of it."""
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: (
        BadRequest("can't parse entities: …") if "<b>" in text else None
    )
    async with world.delivery() as delivery:
        await world.round(delivery)
    [message] = world.telegram.sent
    assert message.parse_mode is None and message.text.startswith("2026-03-10 zh\n#1 第1条")
    assert "parse entities" in caplog.text and "第1条" not in caplog.text


async def test_message_refused_twice_fails_and_the_parts_behind_it_stay_back(world: World) -> None:
    """Not retried for ever: failed, visible; half a digest is none, and the next one has it all."""
    world.subscribers(1, articles=4)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: BadRequest("Message is too long") if "#1" in text else None
    async with world.delivery() as delivery:
        for _ in range(3):
            await world.round(delivery)
    assert world.states() == ["failed", "expired"] and world.telegram.calls == 2


async def test_flood_limit_of_one_chat_holds_that_chat_only(world: World) -> None:
    """The others are served meanwhile; the held one gets it after its time, once."""
    world.subscribers(3)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: RetryAfter(60) if chat == 2 else None
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert sorted(message.chat_id for message in world.telegram.sent) == [1, 3]
        world.telegram.trouble = lambda chat, text: None
        await world.round(delivery)
        assert world.telegram.to(2) == []
    world.clock.move(seconds=61)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert len(world.telegram.to(2)) == 1


async def test_after_long_downtime_one_line_says_what_was_missed(world: World) -> None:
    """Too late to be of use: a line instead; the articles are in the next digest."""
    world.catch_up = timedelta(hours=3)
    world.subscribers(1)
    world.clock.move(days=1, hours=8)
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert world.telegram.to(1) == ["错过 2026-03-10 2026-03-11"]
        world.clock.move(hours=17)
        await world.round(delivery)
    [_, digest] = world.telegram.to(1)
    assert digest.splitlines() == ["<b>2026-03-12</b> zh", "#1 第1条", "#2 第2条"]


async def test_after_short_downtime_one_digest_stands_for_all_missed(world: World) -> None:
    """Three promises gone by, the last of them an hour ago: one digest, with everything."""
    world.subscribers(1)
    world.clock.move(days=2, hours=2)
    async with world.delivery() as delivery:
        await world.round(delivery)
        await world.round(delivery)
    [digest] = world.telegram.to(1)
    assert digest.splitlines()[0] == "<b>2026-03-12</b> zh"


async def test_unsent_digest_too_late_to_be_of_use_is_taken_back(world: World) -> None:
    """A flood limit of a day: the digest expires, a line says so, its articles are in the next one."""
    world.catch_up = timedelta(hours=3)
    world.subscribers(1, articles=5)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: RetryAfter(5 * 3600)
    async with world.delivery() as delivery:
        await world.round(delivery)
    world.telegram.trouble = lambda chat, text: None
    world.clock.move(hours=6)
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert world.telegram.to(1) == ["错过 2026-03-10"]
        world.clock.move(hours=18)
        await world.round(delivery)
    numbers = [line.split()[0] for text in world.telegram.to(1)[1:] for line in text.splitlines()[1:]]
    assert numbers == ["#1", "#2", "#3", "#4", "#5"]


async def test_unsent_digest_is_absorbed_by_the_next_one(world: World) -> None:
    """Two digests are never sent at once: the later one holds the earlier one's articles."""
    world.catch_up = timedelta(hours=48)
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: RetryAfter(20 * 3600)
    async with world.delivery() as delivery:
        await world.round(delivery)
    world.clock.move(days=1)
    world.telegram.trouble = lambda chat, text: None
    add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
    async with world.delivery() as delivery:
        await world.round(delivery)
    [digest] = world.telegram.to(1)
    assert digest.splitlines() == ["<b>2026-03-11</b> zh", "#1 第1条", "#2 第2条", "#3 次日"]


async def test_killed_process_leaves_uncertain_only_what_was_in_flight(world: World) -> None:
    """A row found "sending" at the start is uncertain; the rest goes out."""
    world.subscribers(3)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        world.store.outbox.claim(world.store.outbox.next(world.clock(), 1), world.clock())
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert sorted(world.states()) == ["sent", "sent", "uncertain"] and len(world.telegram.sent) == 2


async def test_clock_that_ran_ahead_and_back_costs_no_digest(world: World) -> None:
    """A year ahead for a tick, then back: the digests of the days to come are sent all the same."""
    world.subscribers(1)
    async with world.delivery() as delivery:
        world.clock.move(hours=1)
        await world.round(delivery)
        right = world.clock.now
        world.clock.move(days=365)
        await world.round(delivery)
        world.clock.now = right + timedelta(minutes=1)
        await world.round(delivery)
        world.clock.move(days=1)
        add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
        await world.round(delivery)
    assert [text.splitlines()[1:] for text in world.telegram.to(1)] == [["#1 第1条", "#2 第2条"], ["#3 次日"]]


async def test_unwritable_database_keeps_what_was_sent_from_being_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message went out and the disk was full: the outcome is kept until it can be written."""
    from store.errors import StoreFull
    from store.tables.outbox import Outbox

    world.subscribers(2)
    world.clock.move(hours=1)
    settle, full = Outbox.settle, [True, True]

    def settle_or_fail(self: Outbox, outcomes: Any, now: Any, **options: Any) -> None:
        if outcomes and full:
            full.pop()
            raise StoreFull()
        settle(self, outcomes, now, **options)

    monkeypatch.setattr(Outbox, "settle", settle_or_fail)
    monkeypatch.setattr("bot.delivery.sender._STORE_TROUBLE_SECONDS", 0.0)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert not full and world.states() == ["sent", "sent"] and len(world.telegram.sent) == 2


async def test_database_locked_by_a_backup_delays_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the write lock: ticks and rounds fail, are tried again, and all goes out once."""
    monkeypatch.setattr("store.connection.BUSY_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr("bot.delivery.sender._STORE_TROUBLE_SECONDS", 0.0)
    world.subscribers(3)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        world.store.db.execute("BEGIN IMMEDIATE")
        report = await delivery.tick(world.clock())
        assert report.planned == 0
        world.store.db.execute("COMMIT")
        await delivery.tick(world.clock())
        world.store.db.execute("BEGIN IMMEDIATE")
        sending = asyncio.create_task(delivery.drain(patience=timedelta(0)))
        while not delivery.trouble:
            await asyncio.sleep(0)
        assert "locked" in delivery.trouble and world.telegram.sent == []
        world.store.db.execute("COMMIT")
        while not sending.done():
            await asyncio.sleep(0)
        await world.round(delivery)
    assert sorted(message.chat_id for message in world.telegram.sent) == [1, 2, 3]
    assert world.states() == ["sent"] * 3
