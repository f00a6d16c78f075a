"""/settings: screens, changes, and the questions whose answer is typed."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.subscribe import next_time
from bot.messages.callbacks import encode
from bot.settings import screens as keyboards
from bot.settings import zones
from bot.settings.changes import apply
from bot.settings.screens import Around
from bot.texts import plain, say
from bot.texts.markup import Html
from store.chinese import days
from store.database import Store
from store.models.delivery import Button, Part
from store.models.subscribers import Subscriber
from store.places import find as find_places

RECENT_ARTICLES = 2000
"""Whose places are offered to choose from."""
QUESTIONS = ("hour", "zone", "place", "quiet", "until")


def answer(store: Store, request: Request) -> Reply:
    """/settings: the main screen."""
    reader = _reader(store, request)
    return Reply(parts=(keyboards.screen("main", reader, _around(store, request)),))


def pressed_screen(store: Store, request: Request) -> Reply:
    """Facts: which screen; "new" for a message of its own."""
    reader = _reader(store, request)
    name = request.press.fact(0)
    store.searches.answered(
        request.chat_id, request.user_id, now=request.now
    )  # a question left by going back
    if name == "done":
        return Reply(edit=_done(store, reader, request))
    part = keyboards.screen(name, reader, _around(store, request))
    return Reply(parts=(part,)) if request.press.fact(1) == "new" else Reply(edit=part)


def pressed_change(store: Store, request: Request) -> Reply:
    """Facts: setting, value, the screen to show then ("toast": none)."""
    reader = _reader(store, request)
    key, value, screen = (request.press.fact(index) for index in range(3))
    changed = apply(reader, key, value, today=request.today)
    if changed is None:
        return Reply(toast=plain(reader.language, "button_old"))
    if changed != reader:
        reader = store.subscribers.save(changed, request.now)
    toast = plain(reader.language, "saved")
    if screen == "toast":
        return Reply(toast=toast)
    return Reply(toast=toast, edit=keyboards.screen(screen, reader, _around(store, request)))


def pressed_ask(store: Store, request: Request) -> Reply:
    """Ask for something that is typed. Fact: what."""
    language, kind = request.language, request.press.fact(0)
    if kind not in QUESTIONS:
        return Reply(toast=plain(language, "button_old"))
    store.searches.ask(request.chat_id, request.user_id, kind, now=request.now)
    cancel = Button(plain(language, "cancel"), encode("set", _screen_of(kind)))
    return Reply(edit=Part(say(language, f"ask_{kind}"), ((cancel,),)))


def answered(store: Store, request: Request, kind: str) -> Reply:
    """The typed answer to a question; what is not understood is asked again."""
    reader, words = _reader(store, request), request.words.strip()
    language = reader.language
    if kind in ("zone", "place"):
        return _chosen(store, request, reader, kind, words)
    value = words
    if kind == "until":
        day = days.read(words, today=request.today, coming=True)
        value = day.isoformat() if day else ""
    changed = apply(reader, kind, value, today=request.today)
    if changed is None:
        store.searches.ask(request.chat_id, request.user_id, kind, now=request.now)
        cancel = Button(plain(language, "cancel"), encode("set", _screen_of(kind)))
        return tell(say(language, f"ask_{kind}_again", words=words[:40]), (cancel,))
    reader = store.subscribers.save(changed, request.now)
    return Reply(parts=(keyboards.screen("main", reader, _around(store, request)),))


def answer_cancel(store: Store, request: Request) -> Reply:
    """/cancel: whatever was asked is not asked any more."""
    asked = store.searches.answered(request.chat_id, request.user_id, now=request.now)
    return tell(say(request.language, "cancelled" if asked else "nothing_to_cancel"))


def _chosen(store: Store, request: Request, reader: Subscriber, kind: str, words: str) -> Reply:
    found: tuple[str, ...]
    if kind == "zone":
        found = zones.find(words)
    else:
        found = tuple(dict.fromkeys(place.name for place in find_places(words)))[:6]
    if not found:
        store.searches.ask(request.chat_id, request.user_id, kind, now=request.now)
        cancel = Button(plain(reader.language, "cancel"), encode("set", _screen_of(kind)))
        return tell(say(reader.language, f"ask_{kind}_again", words=words[:40]), (cancel,))
    if len(found) == 1:
        value = found[0] if kind == "zone" else f"{found[0]}=1"
        changed = apply(reader, kind, value, today=request.today)
        if changed is not None and changed != reader:
            reader = store.subscribers.save(changed, request.now)
    around = replace(_around(store, request), found=found)
    return Reply(parts=(keyboards.screen(_screen_of(kind), reader, around),))


def _screen_of(kind: str) -> str:
    return {"hour": "hours", "zone": "zone", "place": "places", "quiet": "quiet", "until": "pause"}[kind]


def _reader(store: Store, request: Request) -> Subscriber:
    return store.subscribers.seen(request.chat_id, request.language, request.now, timetable=request.timetable)


def _done(store: Store, reader: Subscriber, request: Request) -> Part:
    html = keyboards.summary(reader, _around(store, request))
    coming = next_time(reader, request)
    if coming:
        html = Html(f"{html}\n{coming}")
    rows: tuple[tuple[Button, ...], ...] = ()
    if not reader.active:
        rows = ((Button(plain(reader.language, request.key("welcome_subscribe")), encode("subscribe")),),)
    return Part(html, rows)


def _around(store: Store, request: Request) -> Around:
    near = store.articles.frequent_places(after=store.articles.newest_id() - RECENT_ARTICLES)
    return Around(now=request.now, papers=store.editions.papers(), near=near)
