"""Everything a reader can do, joined to the application. The commands are listed in commands.py, one file each."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import PurePath

from telegram import MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.handlers import (
    article,
    calendar,
    channels,
    clips,
    correcting,
    digest,
    doubt,
    follow,
    help,
    holding,
    home,
    inline,
    membership,
    operating,
    privacy,
    rewording,
    search,
    settings,
    subscribe,
    thread,
    uploads,
    words,
)
from bot.handlers.commands import COMMANDS, Command
from bot.handlers.conversation import Answer, converse
from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.failures import failed
from bot.handlers.services import services
from bot.messages.callbacks import decode
from bot.texts import plain, say
from store.chinese.folding import simplify_typed
from store.database import Store

log = logging.getLogger(__name__)
PASTED = "text.txt"
"""What a page is called that was sent as a message."""

PRESSES: dict[str, tuple[Answer, bool]] = {
    "subscribe": (subscribe.pressed, True),
    "day": (digest.pressed_day, False),
    "digest": (digest.pressed_digest, False),
    "arrived": (doubt.pressed_arrived, True),
    "again": (doubt.pressed_again, True),
    "vote": (digest.pressed_vote, False),
    "article": (article.pressed, False),
    "why": (article.pressed_why, False),
    "wrong": (article.pressed_wrong, False),
    "label": (article.pressed_label, False),
    "follow": (follow.pressed_follow, True),
    "mute": (follow.pressed_mute, True),
    "unfollow": (follow.pressed_end, True),
    "unmute": (follow.pressed_unmute, True),
    "ring": (follow.pressed_ring, True),
    "quiet": (follow.pressed_quiet, True),
    "proposed": (follow.pressed_proposed, True),
    "keep_rule": (follow.pressed_keep, True),
    "following": (follow.pressed_list, True),
    "promise_end": (follow.pressed_promise_end, True),
    "reword": (rewording.pressed, True),
    "reword_cancel": (rewording.pressed_cancel, True),
    "leave": (follow.pressed_leave, False),
    "results": (search.pressed_results, False),
    "narrow": (search.pressed_narrow, False),
    "instead": (search.pressed_instead, False),
    "try": (search.pressed_try, False),
    "keep": (search.pressed_keep, True),
    "promise": (search.pressed_promise, True),
    "set": (settings.pressed_screen, True),
    "put": (settings.pressed_change, True),
    "ask": (settings.pressed_ask, True),
    "home": (home.pressed, True),
    "elsewhere": (home.pressed_elsewhere, True),
    "services": (calendar.pressed, False),
    "remind": (calendar.pressed_remind, True),
    "remind_at": (calendar.pressed_remind_at, True),
    "remind_end": (calendar.pressed_remind_end, True),
    "clips": (clips.pressed, False),
    "clips_before": (clips.pressed_before, False),
    "clips_file": (clips.pressed_file, False),
    "clips_weekly": (clips.pressed_weekly, True),
    "clips_end": (clips.pressed_end, True),
    "thread": (thread.pressed, False),
    "failed": (operating.pressed_failed, False),
    "broadcast": (operating.pressed_broadcast, False),
    "retract": (correcting.pressed_retract, False),
    "resume": (holding.pressed_resume, False),
    "unblock": (holding.pressed_unblock, False),
    "upload": (uploads.pressed_upload, False),
    "forget": (privacy.pressed_forget, True),
    "run": (words.pressed_run, True),
}
"""Button action → who answers, and whether it changes the chat's settings."""


def register(application: Application) -> None:  # type: ignore[type-arg]
    """Add all handlers to the application."""
    add = application.add_handler
    # What a channel posts is copied into its group of comments by Telegram itself: nobody asks us there.
    new = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD
    for command in COMMANDS:
        add(
            CommandHandler(
                [command.name, *command.aliases], partial(_commanded, command=command), filters=new
            )
        )
    add(MessageHandler(new & filters.COMMAND, _unknown_command))
    add(MessageHandler(filters.StatusUpdate.MIGRATE, membership.moved))
    add(MessageHandler(new & filters.TEXT, _said))
    add(MessageHandler(new & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, _showed))
    add(CallbackQueryHandler(_pressed))
    add(InlineQueryHandler(inline.asked))
    add(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(failed)


def guarded(answer: Answer) -> Answer:
    """The answer, for those who may; everybody else is told why not."""

    def ask(store: Store, request: Request) -> Reply:
        if request.may_change:
            return answer(store, request)
        text = plain(request.language, "group_admins_only")
        if request.press.action:
            return Reply(toast=text, alert=True)
        return tell(text)

    return ask


def _unasked(answer: Answer) -> Answer:
    """The answer; what the bot had asked before is not waited for any more."""

    def ask(store: Store, request: Request) -> Reply:
        store.searches.answered(request.chat_id, request.user_id, now=request.now)
        return answer(store, request)

    return ask


async def _commanded(update: Update, context: ContextTypes.DEFAULT_TYPE, *, command: Command) -> None:
    said = (update.effective_message.text or "").split(maxsplit=1) if update.effective_message else []
    words = said[1] if len(said) > 1 else ""
    # places, rules and days are known in simplified characters; an operator's notice is as written
    if not command.admin:
        words = simplify_typed(words)
    if words and command.name in ("subscribe", "unsubscribe"):
        await channels.commanded(update, context, words, ends=command.name == "unsubscribe")
        return
    answer = guarded(command.answer) if command.changes else command.answer
    await converse(
        update,
        context,
        answer if command.name == "cancel" else _unasked(answer),
        words=words,
        changes=command.changes,
    )


async def _unknown_command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None and message.text is not None
    name, _, addressee = message.text.split(maxsplit=1)[0][1:].partition("@")
    ours = addressee.lower() == (context.bot.username or "").lower()
    if addressee and not ours:
        return  # a command for another bot
    if message.chat.type != ChatType.PRIVATE and not ours:
        return  # in a group it may be meant for anybody
    rest = message.text.split(maxsplit=1)[1:]
    await converse(update, context, words.answer_unknown, words=simplify_typed(" ".join([name, *rest])))


async def _said(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    text = message.text or ""
    if message.chat.type != ChatType.PRIVATE:
        spoken = _addressed(message.text or "", update, context)
        if spoken is None:
            return
        text = spoken
    elif uploads.is_page(text) and _is_operator(update, context):
        answer = partial(uploads.answer_upload, name=PASTED, content=text.encode())
        await converse(update, context, answer)
        return
    await converse(update, context, words.answer, words=simplify_typed(text), changes=True)


def _addressed(text: str, update: Update, context: ContextTypes.DEFAULT_TYPE) -> str | None:
    """In a group only what names the bot or answers it is meant for it; the text without the name."""
    message, name = update.effective_message, f"@{context.bot.username}"
    assert message is not None
    for entity, mention in message.parse_entities([MessageEntity.MENTION]).items():
        if mention.lower() == name.lower():
            before = text.encode("utf-16-le")[: entity.offset * 2].decode("utf-16-le")
            return (before + text[len(before) + len(mention) :]).strip()
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == context.bot.id:
        return text
    return None


def _is_operator(update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    user = update.effective_user
    return bool(user and user.id in services(context).admins)


async def _sent_file(update: Update, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """A document or photo of an operator is a page; False for everything else."""
    message = update.effective_message
    file = (message.document or (message.photo[-1] if message.photo else None)) if message else None
    if message is None or file is None or not _is_operator(update, context):
        return False
    name = PurePath(getattr(file, "file_name", None) or "photo.jpg").name
    if (file.file_size or 0) > uploads.LARGEST_BYTES:
        await converse(
            update, context, lambda store, request: tell(say(request.language, "upload_large", name=name))
        )
        return True
    content = bytes(await (await file.get_file()).download_as_bytearray())
    answer = partial(uploads.answer_upload, name=name, content=content)
    await converse(update, context, answer, words=message.caption or "")
    return True


async def _showed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if await _sent_file(update, context):
        return
    message = update.effective_message
    if message is not None and message.caption:  # a forwarded picture with its text
        await converse(update, context, words.answer, words=simplify_typed(message.caption), changes=True)
        return
    await converse(update, context, help.answer_sticker)


async def _pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    press = decode(query.data)
    found = PRESSES.get(press.action) if press else None
    if press is None or found is None:
        await converse(update, context, _old_button)
        return
    answer, changes = found
    await converse(update, context, guarded(answer) if changes else answer, press=press, changes=changes)


def _old_button(store: Store, request: Request) -> Reply:
    return Reply(toast=plain(request.language, "button_old"), alert=True)
