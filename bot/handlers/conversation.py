"""Updates → requests, replies → Telegram. The only file of the handlers that speaks to Telegram."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from telegram import (
    CallbackQuery,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.handlers.exchange import Reply, Request
from bot.handlers.services import services
from bot.messages.callbacks import Press
from bot.messages.keyboard import keyboard
from bot.texts.markup import shown
from bot.updates.handling import HANDLING
from store.database import Store
from store.models.delivery import Buttons, Part

Answer = Callable[[Store, Request], Reply]
PATIENCE_SECONDS = 0.8
"""After this long a reader is shown that somebody is typing."""
_TOAST_CHARACTERS = 200
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
log = logging.getLogger(__name__)


async def converse(
    update: Update,
    context: ContextTypes.DEFAULT_TYPE,
    answer: Answer,
    *,
    words: str = "",
    press: Press | None = None,
    changes: bool = False,
) -> None:
    """Let `answer` answer the update. `changes` marks what only administrators of a group may do."""
    chat, given = update.effective_chat, services(context)
    if chat is None:
        return
    query = update.callback_query
    user = update.effective_user
    private = chat.type == ChatType.PRIVATE
    request = Request(
        chat_id=chat.id,
        user_id=user.id if user else 0,
        now=given.clock(),
        bot_username=context.bot.username,
        words=words,
        press=press or Press(""),
        private=private,
        may_change=private or not changes or await _is_administrator(update),
        forwarded=bool(isinstance(message := update.effective_message, Message) and message.forward_origin),
        is_admin=bool(user and user.id in given.admins),
        telegram_language=(user.language_code or "") if user else "",
        name=user.first_name if user else "",
        thread_id=_topic(update) or 0,
        hour=given.hour,
        time_zone=given.time_zone,
    )
    handling = HANDLING.get()

    def answered_by(store: Store) -> Reply:
        reply = answer(store, _known(store, request))
        if handling is not None:
            handling.carried_out(store)
        return reply

    work = asyncio.ensure_future(given.ask(answered_by))
    try:
        done, _ = await asyncio.wait({work}, timeout=PATIENCE_SECONDS)
        answered = False
        if not done:
            with suppress(TelegramError):
                if query:
                    await query.answer()
                    answered = True
                await chat.send_action(ChatAction.TYPING)
        reply = await work
    except BaseException:
        work.cancel()
        raise
    if reply.posts:
        given.wake()
    await send(update, reply, answered=answered)


def _known(store: Store, request: Request) -> Request:
    subscriber = store.subscribers.by_chat(request.chat_id)
    if subscriber is not None and not subscriber.reached:  # whoever speaks to us can be reached again
        subscriber = store.subscribers.seen(request.chat_id, request.language, request.now)
    return replace(request, subscriber=subscriber)


async def _is_administrator(update: Update) -> bool:
    """Asked anew each time: rights are taken away while buttons stay."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None:
        return False
    if (
        update.callback_query is None
        and message
        and message.sender_chat
        and message.sender_chat.id == chat.id
    ):
        return True  # an anonymous administrator writes as the group itself
    if user is None:
        return False
    try:
        member = await chat.get_member(user.id)
    except TelegramError:
        return False
    return member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


async def send(update: Update, reply: Reply, *, answered: bool = False) -> None:
    """Carry out the reply; a chat that has blocked us meanwhile is not an error."""
    query, chat = update.callback_query, update.effective_chat
    assert chat is not None
    if query and not answered:
        with suppress(BadRequest):  # too old, or answered already
            await query.answer(
                reply.toast[:_TOAST_CHARACTERS] or None,
                show_alert=reply.alert and bool(reply.toast),
                url=reply.opens or None,
            )
    try:
        parts = list(reply.parts)
        if reply.edit is not None and not (query and await _edit(query, reply.edit)):
            parts.insert(0, reply.edit)
        if reply.buttons is not None and query:
            await _edit_buttons(query, reply.buttons)
        asked = _asked(update)
        for part in parts:
            await _send_part(update, part, asked)
            asked = None
        if reply.document is not None:
            await chat.send_document(
                InputFile(io.BytesIO(reply.document.content), filename=reply.document.name),
                caption=reply.document.caption or None,
                parse_mode=ParseMode.HTML,
                message_thread_id=_topic(update),
                reply_parameters=asked,
            )
    except Forbidden:
        log.info("a chat cannot be answered: the bot was blocked or removed")


def _topic(update: Update) -> int | None:
    """The topic of a forum that the update came from; what stands in no topic of its own has none."""
    message = update.effective_message
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _asked(update: Update) -> ReplyParameters | None:
    """In a group an answer is a reply to the question, so that everybody sees who asked."""
    chat, message = update.effective_chat, update.message
    if chat is None or chat.type == ChatType.PRIVATE or message is None:
        return None
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


async def _send_part(update: Update, part: Part, asked: ReplyParameters | None) -> None:
    chat, thread = update.effective_chat, _topic(update)
    assert chat is not None
    try:
        await chat.send_message(
            part.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(part.buttons),
            message_thread_id=thread,
            reply_parameters=asked,
        )
    except BadRequest as error:
        if "entit" not in error.message.lower() and "too long" not in error.message.lower():
            raise
        log.error("Telegram refused the markup of a message: %s", error.message)
        await chat.send_message(
            shown(part.html)[:4096],
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(part.buttons),
            message_thread_id=thread,
            reply_parameters=asked,
        )


async def _edit(query: CallbackQuery, part: Part) -> bool:
    """Put the part in the place of the pressed message; False when that message cannot be edited any more."""
    if not isinstance(query.message, Message):
        return False
    try:
        await query.edit_message_text(
            part.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(part.buttons),
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True


async def _edit_buttons(query: CallbackQuery, buttons: Buttons) -> None:
    if isinstance(query.message, Message):
        with suppress(BadRequest):
            await query.edit_message_reply_markup(keyboard(buttons))
