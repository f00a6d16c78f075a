"""/help: one example of each thing."""

from __future__ import annotations

from bot.handlers.exchange import Reply, Request, tell
from bot.texts import say
from store.database import Store


def answer(store: Store, request: Request) -> Reply:
    """The short list, with the operators' lines for operators."""
    html = say(request.language, "help")
    if request.is_admin:
        html = type(html)(f"{html}\n{say(request.language, 'help_admin')}")
    return tell(html)


def answer_sticker(store: Store, request: Request) -> Reply:
    """For stickers, photos, voices: the bot reads words only."""
    return tell(say(request.language, "only_words"))
