"""A database put back from a backup: what the process before it may have sent is not sent again by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages.missed import compose_doubt
from store.backups import back_up, restore
from tests.bot.delivery_world import TODAY, World
from tests.bot.fakes import add_page

TOMORROW = TODAY + timedelta(days=1)


class Lost(World):
    """Two readers due at 13:00; a backup of noon; the digest went out at 13:00, then the disk died."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.doubt_line = compose_doubt

    def back_up(self) -> None:
        """As `baozhai backup`."""
        back_up(self.database, self.folder / "backup.db.gz", now=self.clock())

    def restore(self) -> None:
        """As `baozhai restore`."""
        self.store.close()
        restore(self.folder / "backup.db.gz", self.database, now=self.clock())
        self.store = self.open()

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "baozhai.db"

    async def broadcast(self) -> None:
        """A start, one round, a stop."""
        async with self.delivery() as delivery:
            await self.round(delivery)


@pytest.mark.parametrize("hours_later", [1, 17])
async def test_digest_sent_after_the_backup_is_not_sent_again(tmp_path: Path, hours_later: int) -> None:
    """In doubt, whether restored at once or late; the next digest holds it, with the line before it; then all is as ever."""
    world = Lost(tmp_path)
    world.subscribers(2)
    world.back_up()
    world.clock.move(hours=1)
    await world.broadcast()
    assert [len(world.telegram.to(chat)) for chat in (1, 2)] == [1, 1]
    world.clock.move(hours=hours_later)
    world.restore()
    world.clock.move(minutes=5)
    await world.broadcast()
    await world.broadcast()
    assert [len(world.telegram.to(chat)) for chat in (1, 2)] == [1, 1], "sent twice"
    assert world.states() == ["uncertain"] * 2 and world.store.restores.last() is None
    world.clock.move(hours=23 - hours_later)
    add_page(world.store, TOMORROW, 1, ["次日"], world.clock())
    world.clock.move(hours=1)
    await world.broadcast()
    _, line, digest = world.telegram.to(1)
    assert "3月10日" in line and digest.count("#") == 3
    world.store.close()


async def test_digest_of_pages_that_are_ingested_again_waits_in_doubt_too(tmp_path: Path) -> None:
    """The bot is started before the pages are back: the promise stays open, the mark with it."""
    world = Lost(tmp_path)
    world.subscribers(1, articles=2)
    world.clock.move(hours=1)
    await world.broadcast()
    world.clock.move(hours=1)
    world.back_up()
    world.clock.move(hours=23)
    titles = ["次日一", "次日二"]
    add_page(world.store, TOMORROW, 1, titles, world.clock())
    world.clock.move(minutes=10)
    await world.broadcast()
    assert [text.count("#") for text in world.telegram.to(1)] == [2, 2]
    world.clock.move(minutes=10)
    world.restore()
    await world.broadcast()
    assert world.store.restores.last() is not None, "a promise of before is open"
    world.clock.move(minutes=11)
    add_page(world.store, TOMORROW, 1, titles, world.clock())
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert world.store.restores.last() is None
    assert [text.count("#") for text in world.telegram.to(1)] == [2, 2], "sent twice"
    [part] = world.store.outbox.uncertain()
    assert world.store.outbox.send_again(part.outbox_id, world.clock())
    await world.broadcast()
    assert [text.count("#") for text in world.telegram.to(1)] == [2, 2, 2], "asked for, so sent"
    world.store.close()


async def test_sender_takes_nothing_of_before_a_restore(tmp_path: Path) -> None:
    """Between a planning and the doubt of it, in whatever process: such a row is not claimed."""
    world = Lost(tmp_path)
    world.subscribers(1)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await delivery.tick(world.clock())
        assert len(world.store.outbox.next(world.clock(), 10)) == 1
        world.back_up()
    world.restore()
    world.store.db.execute("UPDATE outbox SET state = 'waiting', unsure = 0")
    assert world.store.outbox.next(world.clock(), 10) == []
    assert world.store.restores.doubt(world.clock()) == 1 and world.store.restores.settle(world.clock())
    world.store.close()
