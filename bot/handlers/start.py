"""/start: a welcome, or what a deep link points to (a<ID> an article, d<date> a digest)."""

from __future__ import annotations

import re

from bot.handlers import article, digest, home
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import listed, plain, say
from bot.texts.markup import join
from store.chinese import days
from store.database import Store
from store.models.delivery import Button


def answer(store: Store, request: Request) -> Reply:
    """Open what the link names; else say hello and what one can do."""
    payload = request.words.strip()
    if re.fullmatch(r"a\d{1,15}", payload):
        return article.opened(store, request, int(payload[1:]))
    if re.fullmatch(r"d\d{4}-?\d{2}-?\d{2}", payload):
        day = days.read(payload[1:], today=request.today)
        if day is not None:
            return digest.of_day(store, request, day)
    store.subscribers.seen(request.chat_id, request.language, request.now, timetable=request.timetable)
    language = request.language
    latest = store.editions.latest_day(upto=request.today)
    if latest is None:
        html = say(language, "welcome_empty")
    else:
        html = say(language, request.key("welcome"), papers=listed(language, store.editions.papers()[:6]))
    subscribed = request.subscriber is not None and request.subscriber.active
    where = home.rows(store, request) if request.may_change and not subscribed else ()
    if where:
        html = join("\n\n", [html, say(language, request.key("where"))])
    return tell(
        html,
        *where,
        ()
        if subscribed
        else (Button(plain(language, request.key("welcome_subscribe")), encode("subscribe")),),
        (
            Button(plain(language, "welcome_latest"), encode("day", "latest", "o")),
            Button(plain(language, "welcome_settings"), encode("set", "main", "new")),
        ),
    )
