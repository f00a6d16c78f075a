"""The bot is blocked, let in, removed, silenced or promoted somewhere; a group becomes a supergroup."""

from __future__ import annotations

from contextlib import suppress

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.handlers import channels, groups
from bot.handlers.conversation import converse
from bot.handlers.services import services
from bot.texts import language_of
from bot.texts.markup import Html
from store.database import Store

_OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


async def changed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Note whether a chat can be reached; greet a group that the bot was added to; tell a channel's owner."""
    change, given = update.my_chat_member, services(context)
    if change is None:
        return
    chat, now = change.chat, given.clock()
    before = reaches(change.old_chat_member, chat.type)
    after = reaches(change.new_chat_member, chat.type)
    if before == after:
        return

    if chat.type == ChatType.CHANNEL:
        by, language = change.from_user.id, language_of(change.from_user.language_code)

        def note(store: Store) -> tuple[int, Html] | None:
            told = channels.changed(store, chat, by=by, may=after, language=language)
            if after:
                store.subscribers.returned(chat.id, now)
            else:
                store.subscribers.gone(chat.id, "may not post", now)
            return told

        told = await given.ask(note)
        if told is not None:
            with suppress(TelegramError):  # who never spoke to us cannot be told
                await context.bot.send_message(told[0], told[1], parse_mode=ParseMode.HTML)
    elif not after:
        await given.ask(lambda store: store.subscribers.gone(chat.id, "left, blocked or silenced", now))
    elif chat.type in _GROUPS and change.old_chat_member.status in _OUT:
        await converse(update, context, groups.greet)
    else:  # a reader who lets us in again without a word, a group that lets us speak again: the next digest comes
        await given.ask(lambda store: store.subscribers.returned(chat.id, now))


def reaches(member: ChatMember, chat_type: str) -> bool:
    """Whether the bot as such a member can write there."""
    if member.status in _OUT:
        return False
    if chat_type == ChatType.CHANNEL:
        return channels.may_post(member)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return True


async def moved(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """A group became a supergroup: its subscription goes along. Both chats say so; the second time changes nothing."""
    message = update.effective_message
    if message is None:
        return
    old = message.chat_id if message.migrate_to_chat_id else message.migrate_from_chat_id
    new = message.migrate_to_chat_id or message.chat_id
    if old:
        await services(context).ask(lambda store: store.subscribers.migrate(old, new))
