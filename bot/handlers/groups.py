"""A group that the bot was let into: said once, what it does and to whom; after a removal, that it is back."""

from __future__ import annotations

from bot.handlers import home
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.settings.screens import days_shown
from bot.texts import listed, plain, say
from bot.texts.markup import join
from store.database import Store
from store.models.delivery import Button


def greet(store: Store, request: Request) -> Reply:
    """What it does, who may have it do so, and that it is quiet otherwise; one line where the group is subscribed."""
    language, reader = request.language, request.subscriber
    if reader is not None and reader.active:
        hours = listed(language, [f"{hour:%H:%M}" for hour in reader.timetable.hours])
        return tell(say(language, "group_back", days=days_shown(reader), hours=hours))
    store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    subscribe = (Button(plain(language, request.key("welcome_subscribe")), encode("subscribe")),)
    papers = store.editions.papers()
    if not papers:
        return tell(say(language, "group_hello_empty"), subscribe)
    hello = say(
        language,
        "group_hello",
        papers=listed(language, papers[:6]),
        hour=f"{request.timetable.hours[0]:%H:%M}",
        bot=request.bot_username,
    )
    return tell(
        join("\n\n", [hello, say(language, request.key("where"))]), *home.rows(store, request), subscribe
    )
