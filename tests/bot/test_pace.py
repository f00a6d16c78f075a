"""How fast: readers are answered at once, the broadcast keeps to its governors, floods hold whom they concern."""

import pytest
from telegram.error import RetryAfter

from bot.pace import BROADCAST, Pace


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def pace(time: Time, **limits: float) -> Pace:
    """A pace over the test's clock."""
    return Pace(monotonic=time, sleep=time.sleep, **limits)


async def call(
    pace: Pace, chat_id: int, *, fails: list[Exception] | None = None, kind: str | None = None
) -> None:
    """A message through python-telegram-bot's seam."""

    async def send() -> bool:
        if fails:
            raise fails.pop(0)
        return True

    await pace.process_request(send, (), {}, "sendMessage", {"chat_id": chat_id}, kind)


async def test_quick_answers_to_one_reader_do_not_wait() -> None:
    """Four presses in a row are answered at once; a fifth keeps the chat's interval."""
    time = Time()
    limiter = pace(time)
    for _ in range(4):
        await call(limiter, 7)
    assert time.now == 1000.0
    await call(limiter, 7)
    assert time.now == pytest.approx(1001.0)


async def test_broadcast_to_a_chat_waits_out_what_its_reader_was_answered() -> None:
    """The digest does not add to a burst."""
    time = Time()
    limiter = pace(time)
    await call(limiter, 7)
    assert not limiter.is_free(7) and limiter.is_free(8)
    time.now += 1.0
    assert limiter.is_free(7)


async def test_flood_answer_of_one_chat_is_obeyed_in_full_and_holds_no_other() -> None:
    """retry_after is Telegram's word: no burst shortens it."""
    time = Time()
    limiter = pace(time)
    await call(limiter, 7, fails=[RetryAfter(12)])
    assert time.now == pytest.approx(1012.0)
    await call(limiter, 8)
    assert time.now == pytest.approx(1012.0)


async def test_two_chats_refused_in_a_row_hold_the_bot_and_lower_the_pace() -> None:
    """Then it is the bot that is too fast, not a chat."""
    time = Time()
    limiter = pace(time)
    assert limiter.refused(7, 5) is False
    assert limiter.refused(8, 5) is True
    assert limiter.budget(10) == 0 and limiter.per_second < limiter.permitted_per_second
    time.now += 5.1
    assert limiter.budget(10) > 0


async def test_long_flood_limit_is_told_to_the_handler_not_waited_for() -> None:
    """A reader has gone on after half a minute."""
    limiter = pace(Time())
    with pytest.raises(RetryAfter):
        await call(limiter, 7, fails=[RetryAfter(3600)])


async def test_broadcast_leaves_the_interactive_share_while_readers_are_served() -> None:
    """After a message of the broadcast the next one waits longer while a reader was just served."""
    time = Time()
    alone, beside = (pace(time, per_second=10.0, share=0.5) for _ in range(2))
    for limiter in (alone, beside):
        limiter.budget(1)
        if limiter is beside:
            await call(limiter, 7)
        for chat_id in (8, 9):
            limiter.take(chat_id)
    assert beside.wait_seconds() > alone.wait_seconds() * 1.5


async def test_call_that_asked_before_is_not_paced_twice() -> None:
    """The broadcast claims its place itself."""
    time = Time()
    limiter = pace(time)
    for _ in range(10):
        await call(limiter, 7, kind=BROADCAST)
    assert time.now == 1000.0
