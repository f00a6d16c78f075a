"""When the bot has done all it will do."""

from __future__ import annotations

import asyncio

from bot.loopback.model import BotApi
from bot.loopback.settling import running_tasks, settle
from tests.bot.loopback.tiny import running


async def test_many_updates_are_all_worked_off(api: BotApi) -> None:
    """Every message of many readers is answered and edited before settle returns."""
    async with running(api) as application:
        for user_id in range(50):
            api.user(100 + user_id).send("托班")
        await settle(application, api)
        for user_id in range(50):
            assert [message.text for message in api.user(100 + user_id).got()] == ["找到 托班"]


async def test_the_tasks_of_the_application_are_seen(api: BotApi) -> None:
    """python-telegram-bot keeps them under a private name: this test watches over it."""
    done = asyncio.Event()
    async with running(api) as application:
        task = application.create_task(done.wait())
        assert running_tasks(application) == {task}
        waiting = asyncio.create_task(settle(application, api))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        done.set()
        await waiting


async def test_lasting_tasks_are_ignored(api: BotApi) -> None:
    """A loop the application runs for its whole life does not keep the console waiting."""
    async with running(api) as application:
        lasting = application.create_task(asyncio.Event().wait())
        await asyncio.sleep(0)
        await settle(application, api, ignoring=frozenset({lasting}))
        lasting.cancel()


async def test_work_that_ends_without_an_event_is_noticed(api: BotApi) -> None:
    """`until` may turn content though nothing happens in the model."""
    answers = iter([False, False, True])
    async with running(api) as application:
        await settle(application, api, lambda: next(answers))
    assert list(answers) == []


async def test_false_means_ask_again(api: BotApi) -> None:
    """`until` may know that something is still to come."""
    reader = api.user(7)
    async with running(api) as application:
        waiting = asyncio.create_task(settle(application, api, lambda: len(reader.got()) == 1))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        reader.send("托班")
        await waiting
        assert reader.got()[0].text == "找到 托班"
