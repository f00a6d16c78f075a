"""Chats run side by side, one chat keeps its order."""

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.updates.per_chat import PerChat


def update(number: int, chat_id: int) -> Update:
    """A message in a chat."""
    message = Message(number, datetime(2026, 11, 19, tzinfo=UTC), Chat(chat_id, "private"))
    return Update(number, message=message)


async def test_one_chat_keeps_its_order_while_another_goes_ahead() -> None:
    """The second press of a reader waits for the first; another reader does not."""
    processor, done, gate = PerChat(), [], asyncio.Event()

    async def slow(name: str) -> None:
        await gate.wait()
        done.append(name)

    async def quick(name: str) -> None:
        done.append(name)

    tasks = [
        asyncio.create_task(processor.process_update(update(1, 7), slow("first of 7"))),
        asyncio.create_task(processor.process_update(update(2, 7), quick("second of 7"))),
        asyncio.create_task(processor.process_update(update(3, 8), quick("first of 8"))),
    ]
    await tasks[2]
    assert done == ["first of 8"]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["first of 8", "first of 7", "second of 7"]
    assert processor._queues == {}


async def test_failing_update_lets_the_next_one_through() -> None:
    """An error in one update does not lock the chat."""
    processor, done = PerChat(), []

    async def fail() -> None:
        raise ValueError

    async def succeed() -> None:
        done.append(True)

    await asyncio.gather(
        processor.process_update(update(1, 7), fail()),
        processor.process_update(update(2, 7), succeed()),
        return_exceptions=True,
    )
    assert done == [True]
