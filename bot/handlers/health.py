"""/health: how the bot itself is, for operators only."""

from __future__ import annotations

from bot.exchange import Reply, Request, tell
from bot.texts import say
from store.database import Store


def answer(store: Store, request: Request) -> Reply:
    """Counts of what there is."""
    language = request.language
    if not request.is_admin:
        return tell(say(language, "operators_only"))
    return tell(
        say(
            language,
            "health",
            articles=store.articles.count(),
            subscribers=store.subscribers.count(active=True),
            unread=len(store.editions.unread()),
        )
    )
