"""python-telegram-bot over the model, without a network."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from bot.loopback.model import BotApi
from bot.loopback.request import LoopbackRequest


def joined(api: BotApi) -> Bot:
    """A Bot on the model."""
    return Bot("1:loopback", request=LoopbackRequest(api), get_updates_request=LoopbackRequest(api))


async def test_refusals_become_the_library_s_exceptions(api: BotApi) -> None:
    """Each with Telegram's words."""
    api.user(7).block()
    api.group(-5, kind="group").migrate(-6)
    async with joined(api) as bot:
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(7, "一")
        with pytest.raises(BadRequest, match="Can't parse entities"):
            await bot.send_message(-6, "a < b", parse_mode="HTML")
        with pytest.raises(ChatMigrated):
            await bot.send_message(-5, "一")
        with pytest.raises(InvalidToken, match="method not found"):
            await bot.log_out()
        with pytest.raises(BadRequest, match="Invalid file_id"):
            await bot.get_file("x")


async def test_documents_keep_their_bytes(api: BotApi) -> None:
    """Name, type and content."""
    reader = api.user(7)
    async with joined(api) as bot:
        await bot.send_document(7, b'{"a": 1}', filename="mydata.json")
    (message,) = reader.got()
    assert message.document is not None and message.document.content == b'{"a": 1}'


async def test_the_library_reads_what_the_model_answers(api: BotApi) -> None:
    """getMe, getChat, members, commands, descriptions: all parse."""
    api.group(-5).add(api.user(7), "administrator")
    async with joined(api) as bot:
        assert bot.username == "baozhai_bot"
        assert (await bot.get_chat(7)).first_name == "读者7"
        assert [member.status for member in await bot.get_chat_administrators(-5)] == ["administrator"]
        await bot.set_my_commands([("help", "帮助")], language_code="zh")
        assert (await bot.get_my_commands(language_code="zh"))[0].description == "帮助"
        assert (
            await bot.set_my_short_description("短")
            and (await bot.get_my_short_description()).short_description == "短"
        )
        assert (await bot.get_webhook_info()).pending_update_count == 0
        assert await bot.set_chat_menu_button() and (await bot.get_chat_menu_button()).type == "commands"


async def test_the_older_of_two_polls_ends_with_a_conflict(api: BotApi) -> None:
    """As at Telegram's; the younger one goes on."""
    async with joined(api) as bot:
        older = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0)
        younger = asyncio.create_task(bot.get_updates(timeout=5))
        with pytest.raises(Conflict):
            await older
        api.user(7).send("你好")
        (update,) = await younger
        assert update.effective_user is not None and update.effective_user.id == 7


async def test_a_poll_without_news_ends_empty(api: BotApi) -> None:
    """At once with timeout 0."""
    async with joined(api) as bot:
        assert await bot.get_updates(timeout=0) == ()
