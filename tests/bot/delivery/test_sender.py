"""bot/delivery/sender.py: planned, claimed, sent, marked; with a fake Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.due import SETTLE
from store.models import Timetable
from tests.bot.delivery_world import AT_ONE, TODAY, World
from tests.bot.fakes import (
    NOON,
    add_page,
    build,
    subscribe,
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose database is closed at the end."""
    made = World(tmp_path)
    yield made
    made.store.close()


async def test_digest_is_sent_at_its_hour_and_only_then(world: World) -> None:
    """Nothing at 12:59, one message at 13:00, none at the ticks after."""
    world.subscribers(3)
    async with world.delivery() as delivery:
        world.clock.move(minutes=59)
        await world.round(delivery)
        assert world.telegram.sent == []
        for _ in range(3):
            world.clock.move(minutes=1)
            await world.round(delivery)
    assert sorted(message.chat_id for message in world.telegram.sent) == [1, 2, 3]
    assert world.composing.calls == 1, "equal settings are composed once"
    assert world.states() == ["sent"] * 3


async def test_parts_come_in_order_with_sound_only_at_the_first(world: World) -> None:
    """A digest of three parts arrives as 1, 2, 3."""
    world.subscribers(1, articles=7)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
    texts = world.telegram.to(1)
    numbers = [line.split()[0] for text in texts for line in text.splitlines()[1:]]
    assert len(texts) == 3 and numbers == [f"#{n}" for n in range(1, 8)]
    assert [message.silent for message in world.telegram.sent] == [False, True, True]


async def test_late_pages_are_in_the_next_digest_and_nothing_twice(world: World) -> None:
    """Every article is in exactly one digest, whenever its page came."""
    world.subscribers(1)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
        add_page(world.store, TODAY, 2, ["晚到"], world.clock())
        await world.round(delivery)
        assert len(world.telegram.sent) == 1
        world.clock.move(days=1)
        add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
        await world.round(delivery)
    assert [text.splitlines()[1:] for text in world.telegram.to(1)] == [
        ["#1 第1条", "#2 第2条"],
        ["#3 晚到", "#4 次日"],
    ]


async def test_digest_waits_for_the_days_pages_and_comes_once(world: World) -> None:
    """No new page at the hour: it is looked for every ten minutes, and sent when it comes."""
    world.subscribers(1)
    async with world.delivery() as delivery:
        world.clock.move(hours=1)
        await world.round(delivery)
        world.clock.move(days=1)
        await world.round(delivery)
        assert len(world.telegram.sent) == 1, "nothing new"
        world.clock.move(minutes=5)
        add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
        await world.round(delivery)
        assert len(world.telegram.sent) == 1, "not looked for yet"
        for _ in range(3):
            world.clock.move(minutes=10)
            await world.round(delivery)
    assert [text.splitlines()[1:] for text in world.telegram.to(1)][1:] == [["#3 次日"]]


async def test_earliest_due_goes_first(world: World) -> None:
    """After an outage those who have waited longest are served first."""
    add_page(world.store, TODAY, 1, ["一条"], world.clock())
    for chat, hour in ((1, 15), (2, 13), (3, 14)):
        subscribe(world.store, chat, world.clock(), timetable=Timetable(hours=(time(hour),)))
    world.clock.move(hours=4)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert [message.chat_id for message in world.telegram.sent] == [2, 3, 1]


async def test_notice_is_sent_once_for_a_subject(world: World) -> None:
    """The same alert enqueued twice is one message."""
    from store.models import Part

    [reader] = world.subscribers(1)
    async with world.delivery() as delivery:
        for _ in range(2):
            world.store.outbox.enqueue(reader, "alert", "article 1", [Part("快讯")], NOON)
        await world.round(delivery)
    assert world.telegram.to(1) == ["快讯"]


async def test_late_page_is_added_to_todays_digest_for_those_who_want_it_so(world: World) -> None:
    """late = "edit": the digest is edited, what does not fit follows silently, tomorrow has nothing of it."""
    add_page(world.store, TODAY, 1, ["第1条", "第2条"], world.clock())
    subscribe(world.store, 1, world.clock(), timetable=AT_ONE, late="edit")
    subscribe(world.store, 2, world.clock(), timetable=AT_ONE)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
        assert len(world.telegram.sent) == 2
        world.clock.move(hours=1)
        add_page(world.store, TODAY, 2, ["晚到甲", "晚到乙"], world.clock())
        await world.round(delivery)
        world.clock.move(minutes=20)
        await world.round(delivery)
        assert [edit.chat_id for edit in world.telegram.edited] == [1]
        assert world.telegram.edited[0].text.splitlines()[1:] == ["#1 第1条", "#2 第2条", "#3 晚到甲"]
        assert [text.splitlines()[1:] for text in world.telegram.to(1)][1:] == [["#4 晚到乙"]]
        world.clock.move(days=1)
        add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
        await world.round(delivery)
    assert world.telegram.to(1)[-1].splitlines()[1:] == ["#5 次日"]
    assert [text.splitlines()[1:] for text in world.telegram.to(2)] == [
        ["#1 第1条", "#2 第2条"],
        ["#3 晚到甲", "#4 晚到乙", "#5 次日"],
    ]


async def test_pages_of_tomorrow_are_not_added_to_todays_digest(world: World) -> None:
    """They came early; they are tomorrow's."""
    add_page(world.store, TODAY, 1, ["第1条"], world.clock())
    subscribe(world.store, 1, world.clock(), timetable=AT_ONE, late="edit")
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
        add_page(world.store, date(2026, 3, 11), 1, ["次日"], world.clock())
        world.clock.move(hours=1)
        await world.round(delivery)
    assert world.telegram.edited == [] and len(world.telegram.sent) == 1


async def test_corrected_page_edits_what_was_sent_and_nothing_else(world: World) -> None:
    """Only the part that says something else now is edited, once, without a sound."""
    from store.models import PageRef, ParsedArticle, ParsedPage
    from tests.bot.fakes import put_page

    world.subscribers(2, articles=4)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        await world.round(delivery)
        world.clock.move(hours=1)
        titles = ["第1条改", "第2条", "第3条", "第4条"]
        bodies = ["第1条的正文。", "第2条的正文。", "第3条的正文。", "第4条的正文。"]
        parsed = ParsedPage(
            tuple(
                ParsedArticle("article", title, (body,)) for title, body in zip(titles, bodies, strict=True)
            )
        )
        put_page(world.store, PageRef("河湾日报", TODAY, 1), parsed, world.clock())
        for _ in range(3):
            world.clock.move(minutes=11)
            await world.round(delivery)
    assert len(world.telegram.sent) == 4, "nothing new is sent"
    assert sorted(edit.chat_id for edit in world.telegram.edited) == [1, 2]
    assert all("第1条改" in edit.text for edit in world.telegram.edited)


async def test_weekly_review_comes_with_the_last_digest_of_the_week(world: World) -> None:
    """For those who want it, once; the week is Monday to Sunday."""
    from dataclasses import replace as changed

    def build_weekly(store: Any, profile: Any, week_end_day: date, now: Any) -> Any:
        whole = build(
            store, profile=profile, after=0, upto=store.articles.newest_id(), day=week_end_day, now=now
        )
        return changed(whole, kind="weekly")

    world.build_weekly = build_weekly
    add_page(world.store, TODAY, 1, ["第1条"], world.clock())
    subscribe(world.store, 1, world.clock(), timetable=changed(AT_ONE, weekly=True))
    subscribe(world.store, 2, world.clock(), timetable=AT_ONE)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        for number in range(7):
            await world.round(delivery)
            world.clock.move(minutes=1)
            await world.round(delivery)
            world.clock.move(minutes=-1)
            world.clock.move(days=1)
            add_page(world.store, TODAY + timedelta(days=number + 1), 1, [f"{number}"], world.clock())
    assert len(world.telegram.to(1)) == 7 + 2, "six items by Sunday are two parts"
    assert len(world.telegram.to(2)) == 7


def _numbers(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines()[1:]]


async def test_hour_in_the_middle_of_an_ingest_waits_for_the_whole_edition(world: World) -> None:
    """Pages come at 12:59:50, 13:00:10 and 13:01:00: one digest with all of them, a minute and a half later."""
    world.settle = SETTLE
    async with world.delivery() as delivery:
        world.clock.move(minutes=59, seconds=50)
        world.subscribers(2, articles=1)
        for number, seconds in ((2, 20), (3, 50)):
            await world.round(delivery)
            world.clock.move(seconds=seconds)
            add_page(world.store, TODAY, number, [f"{number}版"], world.clock())
        for _ in range(8):
            await world.round(delivery)
            assert world.telegram.sent == []
            world.clock.move(seconds=10)
        world.clock.move(seconds=20)
        await world.round(delivery)
    assert [_numbers(text) for text in world.telegram.to(1)] == [["#1", "#2", "#3"]]
    assert len(world.telegram.to(2)) == 1


async def test_pages_stamped_with_the_start_of_a_long_ingest_are_noticed_as_they_come(world: World) -> None:
    """An ingest that began at 12:50 stores a page at 13:00:10: it is the tick that sees it is under way."""
    world.settle = SETTLE
    world.clock.move(minutes=50)
    began = world.clock()
    world.subscribers(1, articles=1)
    async with world.delivery() as delivery:
        world.clock.move(minutes=9, seconds=50)
        await world.round(delivery)
        world.clock.move(seconds=20)
        add_page(world.store, TODAY, 2, ["二版"], began)
        await world.round(delivery)
        assert world.telegram.sent == []
        world.clock.move(seconds=90)
        await world.round(delivery)
    assert [_numbers(text) for text in world.telegram.to(1)] == [["#1", "#2"]]


async def test_ingest_without_an_end_is_not_waited_for_longer_than_a_quarter_of_an_hour(world: World) -> None:
    """A page a minute for ever: at 13:15 what is there is sent, the rest is in the next digest."""
    world.settle = SETTLE
    world.subscribers(1, articles=1)
    world.clock.move(hours=1)
    async with world.delivery() as delivery:
        for number in range(2, 19):
            add_page(world.store, TODAY, number, [f"{number}版"], world.clock())
            await world.round(delivery)
            assert bool(world.telegram.sent) == (number >= 17), number
            world.clock.move(minutes=1)
    assert sum(len(_numbers(text)) for text in world.telegram.to(1)) == 17
