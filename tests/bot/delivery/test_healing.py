"""What did not arrive for certain: its articles come with the next digest, the reader is told in one line, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import httpx
import pytest
from telegram.error import BadRequest, NetworkError

from bot.health import examine, to_text
from bot.messages.missed import compose_doubt
from store.models import Mail, Timetable
from store.tables.planning import HEALED
from tests.bot.delivery_world import AT_ONE, TODAY, World
from tests.bot.fakes import add_page, subscribe

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose database is closed at the end."""
    made = World(tmp_path)
    made.doubt_line = compose_doubt
    yield made
    made.store.close()


def lost(chat: int = 1) -> object:
    """A connection that is lost whenever a message goes to the chat."""
    error = NetworkError("lost")
    error.__cause__ = httpx.ReadError("reset")
    return lambda to, text: error if to == chat else None


async def next_day(world: World) -> None:
    """A page of tomorrow, and the hour after."""
    world.telegram.trouble = lambda chat, text: None
    world.clock.move(hours=23)
    add_page(world.store, TOMORROW, 1, ["次日"], world.clock())
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)


async def test_lost_digest_comes_with_the_next_and_the_reader_is_told_in_one_line(world: World) -> None:
    """The line first and silent, then one digest with both days; nothing is left in doubt; others get their own."""
    world.subscribers(2)
    world.clock.move(hours=1)
    world.telegram.trouble = lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
    health = examine(world.store, world.clock())
    assert (
        health.is_well
        and "not known whether these arrived" in to_text(health)
        and "ReadError" in to_text(health)
    )
    await next_day(world)
    line, digest = [message for message in world.telegram.sent if message.chat_id == 1]
    assert line.silent and not digest.silent
    assert "3月10日" in line.text and "#" not in line.text
    assert "#1 " in digest.text and "#2 " in digest.text and "#3 " in digest.text
    assert [text.count("#") for text in world.telegram.to(2)] == [2, 1]
    assert world.store.outbox.counts().uncertain == 0
    assert world.store.db.value("SELECT count(*) FROM outbox WHERE reason = ?", [HEALED]) == 1
    await next_day_of_nothing(world)


async def next_day_of_nothing(world: World) -> None:
    """Healed once is healed: the day after has nothing of it."""
    before = len(world.telegram.sent)
    world.clock.move(hours=23)
    add_page(world.store, TOMORROW + timedelta(days=1), 1, ["再次日"], world.clock())
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert all(message.text.count("#") == 1 for message in world.telegram.sent[before:])


async def test_reader_who_has_it_is_not_given_it_again(world: World) -> None:
    """「收到了」 before the next digest: that one is as any other."""
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.trouble = lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
    [part] = world.store.outbox.uncertain()
    assert world.store.outbox.arrived(part.outbox_id, world.clock())
    await next_day(world)
    assert [text.count("#") for text in world.telegram.to(1)] == [1]


async def test_digest_sent_again_by_policy_is_not_healed_besides(world: World) -> None:
    """The policy doubles at most the message that was lost; nothing else."""
    world.options["send_uncertain_again"] = True
    world.subscribers(1)
    world.clock.move(hours=1)
    errors = [lost()(1, "")]  # type: ignore[operator]
    world.telegram.after = lambda chat, text: errors.pop() if errors else None
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.clock.move(minutes=1)
        await world.round(delivery)
    assert len(world.telegram.to(1)) == 2
    await next_day(world)
    assert [text.count("#") for text in world.telegram.to(1)] == [2, 2, 1]


async def test_nothing_new_is_no_reason_to_send_the_old_again(world: World) -> None:
    """Without a new article no digest comes, so none heals; the doubt stays, and is healed when one does."""
    world.subscribers(1)
    world.clock.move(hours=1)
    world.telegram.trouble = lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.telegram.trouble = lambda chat, text: None
        world.clock.move(hours=24)
        await world.round(delivery)
        assert world.telegram.sent == [] and world.store.outbox.counts().uncertain == 1


async def test_refused_digest_gives_its_articles_to_the_next(world: World) -> None:
    """Missing rights for a day: nothing of it is lost."""
    world.subscribers(2)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: (
        BadRequest("Not enough rights to send text messages to the chat") if chat == 1 else None
    )
    async with world.delivery() as delivery:
        await world.round(delivery)
    await next_day(world)
    assert [text.count("#") for text in world.telegram.to(1)] == [3]
    assert [text.count("#") for text in world.telegram.to(2)] == [2, 1]


@pytest.mark.parametrize("certain", [True, False])
async def test_parts_come_in_order_or_not_at_all(world: World, certain: bool) -> None:
    """Part 1 is refused, or lost: part 2 does not come alone; all articles come the next day."""
    world.subscribers(1, articles=5)
    world.clock.move(hours=1)
    refused = BadRequest("Not enough rights to send text messages to the chat")
    world.telegram.trouble = (lambda chat, text: refused) if certain else lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.telegram.trouble = lambda chat, text: None
        world.clock.move(minutes=2)
        await world.round(delivery)
    assert world.telegram.sent == [] and world.states() == ["failed" if certain else "uncertain", "expired"]
    await next_day(world)
    assert sum(text.count("#") for text in world.telegram.to(1)) == 6


async def test_part_asked_for_again_brings_those_behind_it(world: World) -> None:
    """「再发一次」: the lost part and what was held back, in order."""
    world.subscribers(1, articles=5)
    world.clock.move(hours=1)
    world.telegram.trouble = lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.telegram.trouble = lambda chat, text: None
        [part] = world.store.outbox.uncertain()
        world.clock.move(minutes=2)
        assert world.store.outbox.send_again(part.outbox_id, world.clock())
        await world.round(delivery)
    assert [text.count("#") for text in world.telegram.to(1)] == [3, 2]


async def test_after_a_long_downtime_the_line_comes_and_no_old_digest(world: World) -> None:
    """Planned at the hour, not sent, 17 hours down: the planner looks before the sender sends; silent in quiet hours."""
    quiet = Timetable(hours=AT_ONE.hours, quiet_from=time(22), quiet_upto=time(7))
    world.subscribers(3, timetable=quiet)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: NetworkError("down")
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
    world.telegram.trouble = lambda chat, text: None
    world.clock.move(hours=13)  # two at night in Shanghai
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert [message.text.startswith("错过") for message in world.telegram.sent] == [True] * 3
    assert all(message.silent for message in world.telegram.sent)
    await next_day_at(world, hours=10)
    assert all(text.count("#") == 3 for chat in (1, 2, 3) for text in world.telegram.to(chat)[1:])


async def next_day_at(world: World, *, hours: int) -> None:
    """A page of tomorrow, and its hour."""
    world.clock.move(hours=hours)
    add_page(world.store, TOMORROW, 1, ["次日"], world.clock())
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)


async def test_days_down_bring_one_digest_and_no_line_beside_it(world: World) -> None:
    """The waiting one is part of the new one: a digest or the line, never both."""
    world.subscribers(2)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
    world.clock.move(hours=71)
    add_page(world.store, TODAY + timedelta(days=3), 1, ["三天后"], world.clock())
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
    for chat in (1, 2):
        [digest] = world.telegram.to(chat)
        assert digest.count("#") == 3


async def test_sender_waits_for_the_planner_after_a_start(world: World) -> None:
    """Nothing that waits from before is claimed until a planning has looked at it."""
    world.subscribers(1)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
    async with world.delivery() as delivery:
        await delivery.start(world.clock())
        for _ in range(3):
            assert await delivery._step() == 0
        await delivery.tick(world.clock())
        assert delivery._planned


async def test_bad_chats_in_a_row_hold_nobody_up(world: World) -> None:
    """Ten that reset the connection, thirty behind them: the one that goes alone is taken from anywhere in the queue."""
    world.subscribers(40)
    world.clock.move(hours=1)
    bad, error = set(range(1, 11)), lost()(1, "")  # type: ignore[operator]
    world.telegram.trouble = lambda chat, text: error if chat in bad else None

    def last(mails: list[Mail]) -> Mail:
        return mails[-1]

    world.options |= {"choose": last, "in_flight": 4}
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        begun = world.clock()
        while len(world.telegram.sent) < 30 and world.clock() - begun < timedelta(seconds=20):
            await delivery.drain(patience=timedelta(0))
            world.clock.move(seconds=0.5)
    assert {message.chat_id for message in world.telegram.sent} == set(range(11, 41))


async def test_clock_set_back_by_forty_minutes_delays_nothing(world: World) -> None:
    """What was put off into the false future goes now; /health says it until the next tick."""
    world.subscribers(1)
    subscribe(world.store, 2, world.clock(), timetable=AT_ONE)
    world.clock.move(hours=1, minutes=45)
    world.telegram.trouble = lost()  # type: ignore[assignment]
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.store.db.execute(
            "UPDATE outbox SET state = 'waiting', unsure = 0, again_at = '2026-03-10T05:50:00.000+00:00'"
        )
        world.clock.move(minutes=-40)
        assert "clock was set back" in to_text(examine(world.store, world.clock()))
        world.telegram.trouble = lambda chat, text: None
        await world.round(delivery)
        assert {message.chat_id for message in world.telegram.sent} == {1, 2}
        assert examine(world.store, world.clock()).is_well
