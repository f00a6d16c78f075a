"""bot/delivery/sender.py on a disk that is really full (SQLITE_FULL), before, in and after a broadcast."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.sender import Delivery
from store.errors import StoreFull
from tests.bot.delivery_world import World
from tests.bot.full_disk import Disk

READERS, PARTS = 150, 3


class FullWorld(World):
    """Readers due for three parts each, on a disk that can be filled."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.subscribers(READERS, articles=7)
        self.clock.move(hours=1)
        self.disk = Disk(self.open)
        self.open = self.disk.open

    async def until_trouble(self, delivery: Delivery) -> asyncio.Task[None]:
        """Send until the database refuses."""
        sending = asyncio.create_task(delivery.drain(patience=timedelta(0)))
        while not delivery.trouble:
            assert not sending.done(), "the disk is full, but nobody noticed"
            await asyncio.sleep(0)
        return sending

    def got(self) -> Counter[int]:
        """How many messages each chat got."""
        return Counter(message.chat_id for message in self.telegram.sent)


EVERYBODY = dict.fromkeys(range(1, READERS + 1), PARTS)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FullWorld]:
    """No waiting between two tries of the database."""
    monkeypatch.setattr("bot.delivery.sender._STORE_TROUBLE_SECONDS", 0.0)
    made = FullWorld(tmp_path)
    yield made
    made.disk.close()
    made.store.close()


async def test_full_before_the_planning_leaves_everybody_due(
    world: FullWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """The tick says so and ends; with room again the next one plans for all."""
    async with world.delivery() as delivery:
        world.disk.fill()
        report = await delivery.tick(world.clock())
        assert report.planned == 0 and "disk" in caplog.text and world.states() == []
        world.disk.make_room()
        await world.round(delivery)
    assert world.got() == EVERYBODY and set(world.states()) == {"sent"}


async def test_full_between_planning_and_sending_sends_nothing_that_cannot_be_written_down(
    world: FullWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """No claim, no call; the log names the reason once, not at every try."""
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        world.disk.fill()
        sending = await world.until_trouble(delivery)
        for _ in range(50):
            await asyncio.sleep(0)
        assert caplog.text.count("the outbox cannot be written") == 1 and "disk" in delivery.trouble
        before = len(world.telegram.sent)
        world.disk.make_room()
        await sending
        await world.round(delivery)
        assert delivery.trouble == ""
    assert before < READERS, "at most what still fitted into half-empty pages"
    assert world.got() == EVERYBODY and set(world.states()) == {"sent"}


async def test_full_after_some_were_sent_keeps_their_outcomes_until_there_is_room(world: FullWorld) -> None:
    """Messages went out and cannot be marked: kept in memory, not sent again."""
    world.telegram.trouble = lambda chat, text: world.disk.fill() if len(world.telegram.sent) == 20 else None
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        sending = await world.until_trouble(delivery)
        world.telegram.trouble = lambda chat, text: None
        assert delivery.under_way > 0
        world.disk.make_room()
        await sending
        await world.round(delivery)
    assert world.got() == EVERYBODY and set(world.states()) == {"sent"}


async def test_stop_on_a_full_disk_leaves_uncertain_only_what_was_in_flight(
    world: FullWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing can be written at the end: the log says how many; after the restart nobody gets a part twice."""
    world.options = {"in_flight": 120}  # enough rows to grow beyond the room left in half-empty pages
    world.telegram.trouble = lambda chat, text: world.disk.fill() if len(world.telegram.sent) == 20 else None
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        sending = await world.until_trouble(delivery)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        unwritten = delivery.under_way
    assert f"stops with {unwritten} outcomes unwritten" in caplog.text
    world.telegram.trouble = lambda chat, text: None
    world.disk.make_room()
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert Counter(world.states()) == {
        "sent": READERS * PARTS - unwritten * PARTS,
        "uncertain": unwritten,
        "expired": unwritten * (PARTS - 1),  # held back: parts come in order or not at all
    }
    assert Counter(world.got().values()) == {1: unwritten, PARTS: READERS - unwritten}, "none was sent again"


async def test_start_on_a_full_disk_is_tried_again_until_there_is_room(
    world: FullWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """Taking stock needs room: the start says what is wrong, changes nothing, and succeeds later."""
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
    world.store.outbox.claim(world.store.outbox.next(world.clock(), 120), world.clock())
    world.disk.fill()
    with pytest.raises(StoreFull):
        async with world.delivery():
            pass
    assert Counter(world.states()) == {"sending": 120, "waiting": READERS * PARTS - 120}
    world.disk.make_room()
    async with world.delivery() as delivery:
        await world.round(delivery)
    held = 120 * (PARTS - 1)  # the parts behind one in doubt stay back
    assert Counter(world.states()) == {
        "uncertain": 120,
        "expired": held,
        "sent": READERS * PARTS - 120 - held,
    }
