"""bot/delivery/pace.py: governors over a clock that the test moves; nobody sleeps."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, RetryAfter

from bot.delivery.pace import BROADCAST, Pace
from bot.delivery.verdicts import StatusRefused


class Time:
    """Monotonic seconds; sleeping moves them."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds


@pytest.fixture
def time() -> Time:
    """A clock."""
    return Time()


def make(time: Time, **options: Any) -> Pace:
    """A pace over the clock."""
    return Pace(monotonic=time, sleep=time.sleep, **options)


def _noted(went_out: list[float], time: Time) -> Any:
    """A sleep that only notes when it would end: as if all had come at one moment."""

    async def sleep(seconds: float) -> None:
        if seconds > 1e-6:
            went_out.append(time.now + seconds)

    return sleep


def broadcast(pace: Pace, time: Time, seconds: float) -> list[float]:
    """When messages to ever new chats went out, looking every millisecond."""
    sent, chat, end = [], 0, time.now + seconds
    while time.now < end:
        for _ in range(pace.budget(50)):
            chat += 1
            pace.take(chat)
            sent.append(time.now)
        time.now += 0.001
    return sent


def test_broadcast_uses_its_pace_and_never_more(time: Time) -> None:
    """95 % of the permitted 30 a second at least, and never 31 in any second."""
    sent = broadcast(make(time, per_second=30), time, 20)
    assert len(sent) >= 0.95 * 30 * 20
    assert max(sum(at <= other < at + 1 for other in sent) for at in sent) <= 30


def test_chat_and_group_have_intervals_of_their_own(time: Time) -> None:
    """A second for a chat, three and a third for a group at 18 a minute."""
    pace = make(time, chat_interval=1, group_per_minute=18)
    pace.take(5)
    pace.take(-5)
    assert not pace.is_free(5) and not pace.is_free(-5) and pace.is_free(6)
    time.now += 1
    assert pace.is_free(5) and not pace.is_free(-5)
    time.now += 2.4
    assert pace.is_free(-5)


def test_refusal_of_one_chat_holds_that_chat_only(time: Time) -> None:
    """The others go on."""
    pace = make(time)
    assert not pace.refused(5, 60)
    assert not pace.is_free(5) and pace.is_free(6) and pace.budget(1) == 1


def test_refusal_of_two_chats_in_a_row_holds_the_bot_and_slows_it(time: Time) -> None:
    """It is the bot's limit: all wait, and the pace falls once, not for each answer that was under way."""
    pace = make(time, per_second=30)
    before = pace.per_second
    assert not pace.refused(5, 10)
    assert pace.refused(6, 10) and pace.refused(7, 10)
    assert pace.budget(1) == 0 and pace.held_seconds == 10
    assert pace.per_second == pytest.approx(before * 0.7)
    time.now += 10.1
    assert pace.budget(1) == 1


def test_pace_climbs_back_to_what_is_permitted(time: Time) -> None:
    """After a flood, with nothing but success."""
    pace = make(time, per_second=30)
    pace.refused(5, 1)
    pace.refused(6, 1)
    for _ in range(200):
        time.now += 5
        pace.succeeded()
    assert pace.per_second == pace.permitted_per_second


def test_success_between_two_refusals_leaves_them_to_their_chats(time: Time) -> None:
    """Two chats that talk too much do not stop the bot."""
    pace = make(time)
    pace.refused(5, 60)
    pace.succeeded()
    assert not pace.refused(6, 60) and pace.held_seconds == 0


async def answer(pace: Pace, chat: int, outcomes: list[Exception | bool]) -> Any:
    """A handler's send_message; each outcome is one call to Telegram."""

    async def call() -> bool:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return await pace.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, None)


async def test_answer_during_a_broadcast_goes_out_at_once(time: Time) -> None:
    """The broadcast has used up its pace; the answer does not wait, the broadcast makes room for it."""
    pace = make(time, per_second=30)
    broadcast(pace, time, 2)
    begun = time.now
    assert await answer(pace, 7, [True])
    assert time.now == begun
    assert pace.budget(50) == 0, "the answer's place is taken from the broadcast"


async def test_answers_cost_the_broadcast_their_own_places_and_no_more(time: Time) -> None:
    """Four answers a second beside a broadcast at 30: together the whole pace is used, and never more."""
    pace = make(time, per_second=30)
    sent: list[float] = []
    for second in range(20):
        for quarter in range(4):
            await answer(pace, 1000 + 4 * second + quarter, [True])
            sent.append(time.now)
            end = 1000 + second + (quarter + 1) / 4
            while time.now < end:
                for _ in range(pace.budget(50)):
                    pace.take(10_000 + len(sent))
                    sent.append(time.now)
                time.now += 0.001
    assert len(sent) >= 0.95 * 30 * 20
    assert max(sum(at <= other < at + 1 for other in sent) for at in sent) <= 31


async def test_place_taken_before_the_answer_is_known_is_the_answers_place(time: Time) -> None:
    """A chat waits for its turn once, not again when the answer goes out; the next message waits."""
    pace = make(time, chat_interval=10)
    for _ in range(4):
        await answer(pace, 7, [True])
    await pace.turn(7)
    begun = time.now
    assert await answer(pace, 7, [True]) and time.now == begun
    assert await answer(pace, 7, [True]) and time.now == pytest.approx(begun + 10)


async def test_answer_that_never_left_is_tried_again(time: Time) -> None:
    """No connection: nothing can be doubled by trying again, for as long as a reader waits."""
    refused = NetworkError("no connection")
    refused.__cause__ = httpx.ConnectError("refused")
    assert await answer(make(time), 7, [refused, StatusRefused(503), True])
    lost = NetworkError("no answer")
    lost.__cause__ = httpx.ReadError("reset")
    with pytest.raises(NetworkError):
        await answer(make(time), 8, [lost, True])


async def test_quick_answers_to_a_chat_follow_its_interval_after_a_short_burst(time: Time) -> None:
    """Nine quick answers are nine messages, none lost: four at once, then one a second."""
    pace = make(time, chat_interval=1)
    begun = time.now
    for _ in range(9):
        assert await answer(pace, 7, [True])
    assert time.now - begun == pytest.approx(5)


async def test_crowd_is_answered_at_the_pace_after_a_short_burst(time: Time) -> None:
    """Forty chats at once: never more than the permitted 30 in any second, and the broadcast waits for all of them."""
    went_out: list[float] = []
    pace = Pace(monotonic=time, sleep=_noted(went_out, time), per_second=30)
    for chat in range(1, 41):
        await answer(pace, chat, [True])
    assert len(went_out) == 40 - 8 and sorted(went_out) == went_out
    assert max(sum(at <= other < at + 1 for other in went_out) for at in went_out) <= 30
    assert time.now + pace.wait_seconds() >= went_out[-1]


async def test_answer_refused_twice_is_tried_a_third_time_and_no_more(time: Time) -> None:
    """A crowd's floods pass; what does not pass is told to the handler."""
    assert await answer(make(time), 7, [RetryAfter(1), RetryAfter(1), True])
    outcomes: list[Exception | bool] = [RetryAfter(1), RetryAfter(1), RetryAfter(1), True]
    with pytest.raises(RetryAfter):
        await answer(make(time), 8, outcomes)
    assert outcomes == [True]


async def test_refused_answer_is_tried_again_after_its_time(time: Time) -> None:
    """The reader gets it, a little later."""
    pace = make(time)
    assert await answer(pace, 7, [RetryAfter(3), True])
    assert time.now >= 1003


async def test_long_refusal_is_told_to_the_handler_at_once(time: Time) -> None:
    """Nobody waits an hour for an answer; the next call is not even made."""
    pace = make(time)
    with pytest.raises(RetryAfter):
        await answer(pace, 7, [RetryAfter(3600)])
    outcomes: list[Exception | bool] = [True]
    with pytest.raises(RetryAfter):
        await answer(pace, 7, outcomes)
    assert outcomes == [True]


async def test_broadcast_call_is_not_paced_twice(time: Time) -> None:
    """It asked for its place before it was claimed."""
    pace = make(time, chat_interval=100)
    pace.take(7)

    async def call() -> bool:
        return True

    begun = time.now
    assert await pace.process_request(call, (), {}, "sendMessage", {"chat_id": 7}, BROADCAST)
    assert time.now == begun
