"""bot/delivery.py: planned, claimed, sent, marked; with a fake Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time, timedelta
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

from bot.delivery import Delivery
from bot.pace import Pace
from bot.planner import Planner
from store.models import Timetable
from tests.bot.fakes import (
    NOON,
    Clock,
    Composing,
    FakeTelegram,
    add_page,
    build,
    missed_line,
    opener,
    subscribe,
)

TODAY = date(2026, 3, 10)
AT_ONE = Timetable(hours=(time(13, 0),))


class World:
    """A database with a page, a clock, a fake Telegram; `delivery` as after a start."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.open = opener(folder)
        self.store = self.open()
        self.clock = Clock()
        self.telegram = FakeTelegram(self.clock)
        self.composing = Composing()
        self.options = options
        self.catch_up = timedelta(hours=12)
        self.build_weekly: Any = None

    def subscribers(self, count: int, *, articles: int = 2, timetable: Timetable = AT_ONE) -> list[int]:
        """Chats 1 … count, due at 13:00; today's page has so many articles. Their subscriber ids."""
        add_page(self.store, TODAY, 1, [f"第{n}条" for n in range(1, articles + 1)], self.clock())
        with self.store.transaction():
            return [
                subscribe(self.store, chat, self.clock(), timetable=timetable) for chat in range(1, count + 1)
            ]

    @asynccontextmanager
    async def delivery(self) -> AsyncIterator[Delivery]:
        """A delivery that started now, stopped at the end."""
        planner = Planner(
            build,
            self.composing,
            missed_line,
            lambda: "bot",
            self.catch_up,
            build_weekly=self.build_weekly,
        )
        pace = Pace(per_second=1e6, chat_interval=0, group_per_minute=0)
        delivery = Delivery(
            self.open, self.telegram, planner=planner, pace=pace, clock=self.clock, **self.options
        )  # type: ignore[arg-type]
        await delivery.start(self.clock(), sender=False)
        yield delivery
        await delivery.stop()

    async def round(self, delivery: Delivery) -> None:
        """One tick and all that can be sent now."""
        await delivery.tick(self.clock())
        await delivery.drain(patience=timedelta(0))

    def states(self) -> list[str]:
        """The states in the outbox, in order."""
        return [row["state"] for row in self.store.db.rows("SELECT state FROM outbox ORDER BY id")]


@pytest.fixture
def world(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose database is closed at the end."""
    world = World(tmp_path)
    yield world  # type: ignore[misc]
    world.store.close()


def once(error: BaseException) -> Callable[[int, str], BaseException | None]:
    """Trouble for the first call only."""
    left = [error]
    return lambda chat, text: left.pop() if left else None


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


async def test_message_refused_twice_fails_and_the_next_part_goes_on(world: World) -> None:
    """Not retried for ever: failed, visible, and the rest of the digest arrives."""
    world.subscribers(1, articles=4)
    world.clock.move(hours=1)
    world.telegram.trouble = lambda chat, text: BadRequest("Message is too long") if "#1" in text else None
    async with world.delivery() as delivery:
        for _ in range(3):
            await world.round(delivery)
    assert world.states() == ["failed", "sent"] and world.telegram.calls == 3


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


async def test_earliest_due_goes_first(world: World) -> None:
    """After an outage those who have waited longest are served first."""
    add_page(world.store, TODAY, 1, ["一条"], world.clock())
    for chat, hour in ((1, 15), (2, 13), (3, 14)):
        subscribe(world.store, chat, world.clock(), timetable=Timetable(hours=(time(hour),)))
    world.clock.move(hours=4)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert [message.chat_id for message in world.telegram.sent] == [2, 3, 1]


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
    from store.outbox import Outbox

    world.subscribers(2)
    world.clock.move(hours=1)
    settle, full = Outbox.settle, [True, True]

    def settle_or_fail(self: Outbox, outcomes: Any, now: Any, **options: Any) -> None:
        if outcomes and full:
            full.pop()
            raise StoreFull()
        settle(self, outcomes, now, **options)

    monkeypatch.setattr(Outbox, "settle", settle_or_fail)
    monkeypatch.setattr("bot.delivery._STORE_TROUBLE_SECONDS", 0.0)
    async with world.delivery() as delivery:
        await world.round(delivery)
    assert not full and world.states() == ["sent", "sent"] and len(world.telegram.sent) == 2


async def test_notice_is_sent_once_for_a_subject(world: World) -> None:
    """The same alert enqueued twice is one message."""
    from store.models import Part

    [reader] = world.subscribers(1)
    async with world.delivery() as delivery:
        for _ in range(2):
            await delivery.enqueue_notice(reader, "alert", "article 1", [Part("快讯")], NOON)
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


async def test_database_locked_by_a_backup_delays_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the write lock: ticks and rounds fail, are tried again, and all goes out once."""
    monkeypatch.setattr("store.connection.BUSY_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr("bot.delivery._STORE_TROUBLE_SECONDS", 0.0)
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
