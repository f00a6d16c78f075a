"""/mydata: everything kept about the asker, as a page to read and as a file; /forget: all of it gone, after a question."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.handlers.exchange import Document, Reply, Request, tell
from bot.messages.callbacks import encode
from bot.messages.split import cut
from bot.settings import zones
from bot.settings.screens import days_shown
from bot.texts import full_date, listed, plain, say
from bot.texts.markup import Html, join
from store.database import Store
from store.models.delivery import Button, Part
from store.models.subscribers import Subscriber
from store.tables import personal

_LIST_UNITS = 400


def answer_mydata(store: Store, request: Request) -> Reply:
    """A page in plain words, and a JSON document with every row about this chat."""
    kept = personal.everything(store.db, request.chat_id)
    if not kept:
        return tell(say(request.language, request.key("mydata_nothing")))
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    document = Document("baozhai-mydata.json", content, say(request.language, request.key("mydata")))
    return Reply(parts=(Part(_page(store, request, kept)),), document=document)


def _page(store: Store, request: Request, kept: dict[str, Any]) -> Html:
    language, reader = request.language, request.subscriber
    whom = plain(language, request.key("mydata_you"))
    lines = [say(language, "mydata_title", whom=whom)]
    if reader is not None:
        lines += _of_reader(store, request, reader, kept)
    words = [row["query"] for row in kept.get("search_sessions", ())]
    lines.append(_names(language, "searches", list(dict.fromkeys(words))))
    lines.append(say(language, "mydata_attached"))
    return join("\n", [line for line in lines if line])


def _of_reader(store: Store, request: Request, reader: Subscriber, kept: dict[str, Any]) -> list[Html]:
    language, profile, table = request.language, reader.profile, reader.timetable
    lines = []
    first = kept["subscriber"].get("first_seen_at")
    if first:
        day = datetime.fromisoformat(first).astimezone(ZoneInfo(table.time_zone)).date()
        lines.append(say(language, "mydata_since", day=full_date(language, day)))
    if reader.active:
        hours = listed(language, [f"{hour:%H:%M}" for hour in table.hours])
        zone = zones.shown(table.time_zone, language=language, now=request.now)
        lines.append(say(language, "mydata_gets", days=days_shown(reader), hours=hours, zone=zone))
    else:
        lines.append(say(language, "mydata_gets_nothing"))
    rings = sorted(store.follows.alerting(reader.id))
    promises = [promise.words for promise in store.promises.of(reader.id)]
    for what, names in (
        ("places", profile.places),
        ("papers", profile.papers),
        ("follows", profile.follows),
        ("rings", rings),
        ("mutes", profile.mutes),
        ("promises", promises),
        ("weekly", store.clippings.of(reader.id)),
    ):
        lines.append(_names(language, what, list(names)))
    for what, rows in (
        ("reminders", kept.get("reminders", ())),
        ("messages", kept.get("messages", ())),
        ("votes", kept.get("votes", ())),
    ):
        if rows:
            lines.append(say(language, f"mydata_{what}", count=len(rows)))
    return lines


def _names(language: str, what: str, names: list[str]) -> Html:
    """A line with the names, shortened for a message; nothing where there are none."""
    if not names:
        return Html("")
    first, *rest = cut(listed(language, names), _LIST_UNITS)
    return say(language, f"mydata_{what}", names=f"{first}…" if rest else first)


def answer_forget(store: Store, request: Request) -> Reply:
    """Ask first."""
    language = request.language
    return tell(
        say(language, request.key("forget_ask")),
        (Button(plain(language, "forget_yes"), encode("forget")),),
        (Button(plain(language, "forget_no"), encode("leave")),),
    )


def pressed_forget(store: Store, request: Request) -> Reply:
    """Remove everything; a second press finds nothing and says the same."""
    personal.forget(store.db, request.chat_id)
    return Reply(edit=Part(say(request.language, "forgotten")))
