"""Free text: the answer to a question that was asked, else a command's Chinese name, else a search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.handlers import (
    calendar,
    clips,
    digest,
    help,
    home,
    inpaper,
    onthisday,
    rewording,
    search,
    settings,
    subscribe,
    thread,
    understanding,
    week,
)
from bot.handlers.commands import COMMANDS
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import plain, say
from bot.texts.zh import COMMAND_WORDS
from store.database import Store
from store.models.delivery import Button

_SPOKEN: dict[str, Callable[[Store, Request], Reply]] = {
    "help": help.answer,
    "settings": settings.answer,
    "subscribe": subscribe.answer,
    "unsubscribe": subscribe.answer_unsubscribe,
    "digest": digest.answer,
    "services": calendar.answer,
    "clips": clips.answer,
    "onthisday": onthisday.answer,
    "thread": thread.answer,
    "week": week.answer,
}
"""Commands that may be said as a word. Those that a stranger in a group must not give are checked by the caller."""
WITH_WORDS = frozenset({"clips", "services", "thread"})
"""Of these, what follows the word is meant for the command: 办事 夏县."""
_CLOSE = 70
_BEGINNING = 2


def answer(store: Store, request: Request) -> Reply:
    """Answer a text that is no command."""
    if request.user_id and request.may_change:
        question = store.searches.answered(request.chat_id, request.user_id, now=request.now)
        if question is not None and question.kind in home.QUESTIONS:
            reply = home.answered(store, request, question.kind)
            if reply is not None:
                return reply
        if question is not None and question.kind.startswith(f"{rewording.QUESTION} "):
            return rewording.answered(store, request, question.kind)
        if question is not None and question.kind in settings.QUESTIONS:
            return settings.answered(store, request, question.kind)
    spoken, rest = _spoken(request.words)
    if spoken in _SPOKEN and request.private:
        return _SPOKEN[spoken](store, replace(request, words=rest))
    if request.private:
        reply = understanding.answer(store, request)
        if reply is not None:
            return reply
    if not any(character.isalnum() for character in request.words):
        return tell(say(request.language, "no_words"))
    if request.forwarded or inpaper.looks_pasted(request.words):
        return inpaper.answer(store, request)
    return search.answer(store, request)


def _spoken(text: str) -> tuple[str | None, str]:
    """The command that a text names in Chinese, with or without a slash, and what stands after it.

    Telegram takes only Latin commands for commands: 「/办事 夏县」 comes as text.
    """
    first, _, rest = text.strip().partition(" ")
    if first.startswith("/"):
        return COMMAND_WORDS.get(first[1:]), rest.strip()
    name = COMMAND_WORDS.get(first)
    if rest and name not in WITH_WORDS:
        return None, ""
    return name, rest.strip()


def answer_unknown(store: Store, request: Request) -> Reply:
    """A command that does not exist: the nearest one that does. `words` is the command without its slash and what follows it."""
    language = request.language
    name, _, rest = request.words.partition(" ")
    nearest = nearest_command(name, admin=request.is_admin)
    if nearest is None:
        return tell(say(language, "command_unknown"))
    return tell(
        say(language, "command_nearest", command=f"/{nearest}"),
        (
            Button(
                plain(language, "command_run", command=f"/{nearest}"),
                encode("run", nearest, rest) or encode("run", nearest),
            ),
        ),
    )


def nearest_command(typed: str, *, admin: bool = False) -> str | None:
    """The command that was most likely meant."""
    names = [command.name for command in COMMANDS if admin or not command.admin]
    begun = [name for name in names if len(typed) >= _BEGINNING and name.startswith(typed.lower())]
    if begun:
        return begun[0]
    found = process.extractOne(typed.lower(), names, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return found[0] if found else None


def pressed_run(store: Store, request: Request) -> Reply:
    """The suggested command. Facts: its name, what was typed after it. Operators' commands check who asks."""
    name = request.press.fact(0)
    for command in COMMANDS:
        if command.name == name:
            return command.answer(store, replace(request, words=request.press.fact(1)))
    return Reply(toast=plain(request.language, "button_old"))
