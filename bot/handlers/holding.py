"""/pause, /block: nothing is sent by itself; a chat is neither answered nor served. For operators only."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.operating import for_operators
from bot.messages.callbacks import encode
from bot.texts import plain, say
from bot.texts.markup import Html, join
from store.database import Store
from store.models.delivery import Button, Part

BUSY = 5
"""From so many updates that wait, a chat is named as busy."""
_LISTED = 8


@for_operators
def answer_pause(store: Store, request: Request) -> Reply:
    """Send nothing by itself until somebody presses the button; pressed again it is shown since when."""
    language = request.language
    with store.transaction():
        new = store.holds.pause(request.user_id, request.now)
        if new:
            store.acts.add(request.user_id, "pause", "", "", request.now)
    since = store.holds.paused_since() or request.now
    text = say(
        language,
        "paused" if new else "paused_already",
        since=f"{since.astimezone(ZoneInfo(request.timetable.time_zone)):%m-%d %H:%M}",
        waiting=store.outbox.counts().waiting,
    )
    return tell(text, (Button(plain(language, "resume"), encode("resume")),))


@for_operators
def pressed_resume(store: Store, request: Request) -> Reply:
    """Send again."""
    with store.transaction():
        waiting = store.outbox.counts().waiting
        if store.holds.resume():
            store.acts.add(request.user_id, "resume", "", f"{waiting} waiting", request.now)
    return Reply(edit=Part(say(request.language, "resumed", waiting=waiting)), posts=True)


@for_operators
def answer_block(store: Store, request: Request) -> Reply:
    """Block the chat with this id; without words who is blocked and who keeps the bot busy."""
    language, words = request.language, request.words.strip()
    if not words:
        return _listed(store, request)
    chat_id = _chat(words)
    if chat_id is None:
        return tell(say(language, "block_usage"))
    if chat_id in (request.chat_id, request.user_id):
        return tell(say(language, "block_yourself"))
    with store.transaction():
        if store.blocks.add(chat_id, request.user_id, request.now):
            store.acts.add(request.user_id, "block", str(chat_id), "", request.now)
    return tell(say(language, "blocked", chat=chat_id), (_unblock(language, chat_id),))


@for_operators
def pressed_unblock(store: Store, request: Request) -> Reply:
    """Fact: the chat."""
    language, chat_id = request.language, _chat(request.press.fact(0))
    if chat_id is None:
        return Reply(toast=plain(language, "button_old"), alert=True)
    with store.transaction():
        if store.blocks.remove(chat_id, request.now):
            store.acts.add(request.user_id, "unblock", str(chat_id), "", request.now)
    return Reply(edit=Part(say(language, "unblocked", chat=chat_id)))


def _listed(store: Store, request: Request) -> Reply:
    language, blocked, busy = request.language, store.blocks.all(), store.blocks.busiest(BUSY)
    lines: list[Html] = [say(language, "block_usage")]
    if busy:
        lines.append(say(language, "block_busy"))
        lines += [say(language, "block_busy_line", chat=chat, waiting=waiting) for chat, waiting in busy]
    if blocked:
        lines.append(say(language, "block_list", count=len(blocked)))
    rows = [(_unblock(language, one.chat_id),) for one in blocked[:_LISTED]]
    return tell(join("\n", lines), *rows)


def _chat(words: str) -> int | None:
    digits = words.removeprefix("-")
    good = digits.isascii() and digits.isdigit() and len(digits) <= 18
    return int(words) if good and int(digits) else None


def _unblock(language: str, chat_id: int) -> Button:
    return Button(plain(language, "unblock", chat=chat_id), encode("unblock", str(chat_id)))
