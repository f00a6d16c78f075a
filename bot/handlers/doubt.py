"""Messages of which nobody knows whether they arrived: the reader is asked, under /digest."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.exchange import Reply, Request
from bot.messages.callbacks import encode
from bot.texts import plain, say, short_date
from bot.texts.markup import join
from store.database import Store
from store.models.delivery import Button, Part, UncertainPart

_ASKED = 3


def question(store: Store, request: Request) -> Part | None:
    """Which of the latest messages are in doubt, with 「收到了」 and 「再发一次」 for each; None when none is."""
    if request.subscriber is None:
        return None
    doubtful = store.outbox.uncertain_for(request.subscriber.id)[:_ASKED]
    if not doubtful:
        return None
    language = request.language
    lines = [
        say(language, "doubt_title"),
        *(say(language, "doubt_one", name=_name(one, language)) for one in doubtful),
    ]
    rows = tuple(
        (
            Button(
                plain(language, "doubt_arrived", name=_name(one, language)), encode("arrived", one.outbox_id)
            ),
            Button(plain(language, "doubt_again"), encode("again", one.outbox_id)),
        )
        for one in doubtful
    )
    return Part(join("\n", lines), rows)


def pressed_arrived(store: Store, request: Request) -> Reply:
    """It did arrive. Fact: the outbox row, which must be the presser's own."""
    if request.subscriber is not None:
        store.outbox.arrived(request.press.number(0), request.now, subscriber_id=request.subscriber.id)
    return replace(_asked_on(store, request), posts=True)


def pressed_again(store: Store, request: Request) -> Reply:
    """Send it once more. Fact: the outbox row, which must be the presser's own."""
    if request.subscriber is not None:
        store.outbox.send_again(request.press.number(0), request.now, subscriber_id=request.subscriber.id)
    return replace(_asked_on(store, request), posts=True)


def _asked_on(store: Store, request: Request) -> Reply:
    rest = question(store, request)
    thanks = plain(request.language, "doubt_thanks")
    return Reply(toast=thanks, edit=rest or Part(say(request.language, "doubt_thanks")))


def _name(one: UncertainPart, language: str) -> str:
    name = short_date(language, one.day) if one.day else f"{one.attempted_at:%m-%d %H:%M}"
    return f"{name} {one.part}/{one.parts}" if one.parts > 1 else name
