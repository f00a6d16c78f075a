"""/health: how the bot itself is, for operators only."""

from __future__ import annotations

from bot import health
from bot.handlers.exchange import Reply, Request, tell
from bot.texts import say
from bot.texts.markup import Html, escape
from store.database import Store


def answer(store: Store, request: Request) -> Reply:
    """What there is to read, and how delivery does."""
    language = request.language
    if not request.is_admin:
        return tell(say(language, "operators_only"))
    counted = say(language, "health", articles=store.articles.count(), unread=len(store.editions.unread()))
    state = health.to_text(health.examine(store, request.now))
    return tell(Html(f"{counted}\n{escape(state)}"))
