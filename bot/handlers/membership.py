"""The bot is blocked, unblocked, added to a group or removed; a group becomes a supergroup."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.ext import ContextTypes

from bot.handlers.conversation import converse
from bot.handlers.services import services
from bot.handlers.start import answer as welcome

_OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


async def changed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Note that a chat cannot be reached; greet a group that the bot was added to."""
    change, given = update.my_chat_member, services(context)
    if change is None:
        return
    chat_id = change.chat.id
    out_before = change.old_chat_member.status in _OUT
    if change.new_chat_member.status in _OUT:
        now = given.clock()
        await given.ask(lambda store: store.subscribers.gone(chat_id, "left or blocked", now))
    elif change.chat.type in ("group", "supergroup") and out_before:
        await converse(update, context, welcome)
    elif out_before:  # a reader who lets us in again without a word: the next digest comes
        now = given.clock()
        await given.ask(lambda store: store.subscribers.returned(chat_id, now))


async def moved(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A group became a supergroup: its subscription goes along."""
    message = update.effective_message
    if message is not None and message.migrate_to_chat_id:
        old, new = message.chat_id, message.migrate_to_chat_id
        await services(context).ask(lambda store: store.subscribers.migrate(old, new))
