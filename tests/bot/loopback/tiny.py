"""A bot small enough to test the loopback with: one Application, four handlers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.loopback.model import BotApi
from bot.loopback.request import LoopbackRequest

ARTICLE = "打开文章 {}"
DIGEST = (
    '<b>要点</b>\n<a href="https://t.me/baozhai_bot?start=a_1">一</a>\n<a href="https://a.com">二</a>\n'
    "<blockquote expandable>1\n2\n3\n4\n5</blockquote>"
)


def tiny(api: BotApi) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot: /start, buttons, and an echo that edits itself and works in the background."""
    made = ApplicationBuilder().token("1:loopback")
    made = made.request(LoopbackRequest(api)).get_updates_request(LoopbackRequest(api))
    application: Application[Any, Any, Any, Any, Any, Any] = made.build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_press))
    application.add_handler(MessageHandler(filters.TEXT, _echo, block=False))
    return application


@asynccontextmanager
async def running(api: BotApi) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """The bot, polling."""
    application = tiny(api)
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


async def _start(update: Update, context: Any) -> None:
    assert update.message is not None
    if context.args:
        await update.message.reply_text(ARTICLE.format(context.args[0]))
        return
    rows = [
        [InlineKeyboardButton("后一天", callback_data="n"), InlineKeyboardButton("网站", url="https://a.com")]
    ]
    await update.message.reply_html(DIGEST, reply_markup=InlineKeyboardMarkup(rows))


async def _press(update: Update, context: Any) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("已翻页")
    await update.callback_query.edit_message_text("次日")


async def _echo(update: Update, context: Any) -> None:
    assert update.message is not None and update.message.text is not None
    waiting = await update.message.reply_text("正在找…")
    for _ in range(20):  # work that gives way to others, without a clock
        await asyncio.sleep(0)
    await waiting.edit_text(f"找到 {update.message.text}")


Idle = Callable[[], Awaitable[Any] | Any]
