"""/subscribe @channel and /unsubscribe @channel, in private, for those who lead it: the digest as a channel's post.

A channel has the settings of whoever subscribed it, as they were then. Rights are asked of Telegram at each command.
"""

from __future__ import annotations

import re
from dataclasses import replace

from telegram import Bot, Chat, ChatFullInfo, ChatMember, ChatMemberAdministrator, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.handlers.conversation import Answer, converse
from bot.handlers.exchange import Reply, Request, tell
from bot.settings.screens import days_shown
from bot.texts import listed, say
from bot.texts.markup import Html
from store.database import Store
from store.models.subscribers import Subscriber
from store.tables.groups import Channel

_NAMED = re.compile(r"(?:https?://)?(?:t\.me/|@)(?P<name>[A-Za-z]\w{3,31})/?\Z|(?P<number>-100\d{5,13})\Z")
_LEADS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def named(words: str) -> str | int | None:
    """The chat that was named: @name, t.me/name or the number of a private one; None where none was."""
    found = _NAMED.fullmatch(words.strip())
    if found is None:
        return None
    return int(found["number"]) if found["number"] else f"@{found['name']}"


async def commanded(update: Update, context: ContextTypes.DEFAULT_TYPE, words: str, *, ends: bool) -> None:
    """Carry out /subscribe or (`ends`) /unsubscribe for the channel that `words` name."""
    await converse(update, context, await _looked_at(update, context.bot, words.strip(), ends))


async def _looked_at(update: Update, bot: Bot, words: str, ends: bool) -> Answer:
    chat_here, user, name = update.effective_chat, update.effective_user, named(words)
    if chat_here is None or user is None or chat_here.type != ChatType.PRIVATE:
        return _saying("channel_private_only")
    if name is None:
        return _saying("channel_how")
    try:
        chat: ChatFullInfo = await bot.get_chat(name)
    except TelegramError:
        return _saying("channel_unknown", name=words)
    title = chat.title or words
    if chat.type != ChatType.CHANNEL:
        return _saying("channel_not_one", name=words)
    if not ends and not may_post(await _member(bot, chat.id, bot.id)):
        return _saying("channel_not_mine", title=title)
    you = await _member(bot, chat.id, user.id)
    if you is None or you.status not in _LEADS:
        return _saying("channel_not_yours", title=title)
    if ends:
        return lambda store, request: _ended(store, request, chat.id, title, words)
    return lambda store, request: _subscribed(store, request, chat.id, title, chat.username or "", words)


async def _member(bot: Bot, chat_id: int, user_id: int) -> ChatMember | None:
    try:
        return await bot.get_chat_member(chat_id, user_id)
    except TelegramError:
        return None


def may_post(member: ChatMember | None) -> bool:
    """Whether a member of a channel may post there."""
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)


def _saying(key: str, **facts: str) -> Answer:
    def answer(store: Store, request: Request) -> Reply:
        return tell(say(request.language, key, **facts))

    return answer


def _subscribed(store: Store, request: Request, chat_id: int, title: str, username: str, name: str) -> Reply:
    """The channel gets what the asker would get, from its next hour on; asked again, the settings of now."""
    language = request.language
    with store.transaction():
        channel = store.subscribers.seen(chat_id, language, request.now, timetable=request.timetable)
        channel = replace(channel, language=language, profile=request.profile, timetable=request.timetable)
        channel = store.subscribers.save(channel, request.now)
        channel = store.subscribers.subscribe(chat_id, request.now)
        store.groups.put_channel(Channel(channel.id, title, username, request.user_id))
    places = request.profile.places
    what = (
        say(language, "channel_places", places=listed(language, places))
        if places
        else say(language, "channel_plain")
    )
    days, hours = when(channel)
    return tell(
        say(language, "channel_subscribed", days=days, hours=hours, title=title, what=what, name=name)
    )


def _ended(store: Store, request: Request, chat_id: int, title: str, name: str) -> Reply:
    known = store.subscribers.by_chat(chat_id)
    if known is None or not known.active:
        return tell(say(request.language, "channel_not_subscribed", name=name))
    store.subscribers.unsubscribe(chat_id, request.now)
    return tell(say(request.language, "channel_unsubscribed", title=title))


def when(channel: Subscriber) -> tuple[str, str]:
    """Days and hours in words."""
    hours = [f"{hour:%H:%M}" for hour in channel.timetable.hours]
    return days_shown(channel), listed(channel.language, hours)


def changed(store: Store, chat: Chat, *, by: int, may: bool, language: str) -> tuple[int, Html] | None:
    """What became of a channel the bot is in: (whom to tell in private, what); None where nobody waits for it.

    Nothing is posted into the channel itself. Whether it can be reached is written down by the caller.
    """
    known = store.subscribers.by_chat(chat.id)
    channel = store.groups.channel(known.id) if known else None
    title = chat.title or str(chat.id)
    if known is None or channel is None:
        name = f"@{chat.username}" if chat.username else str(chat.id)
        return (by, say(language, "channel_added", title=title, name=name)) if may and by else None
    if not known.active:
        return None
    owner = store.subscribers.by_chat(channel.owner_id)
    language = owner.language if owner else known.language
    if not may:
        return channel.owner_id, say(language, "channel_lost", title=title)
    days, hours = when(known)
    return channel.owner_id, say(language, "channel_regained", title=title, days=days, hours=hours)
