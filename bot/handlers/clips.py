"""/clips (见报): everything printed on a place, person or words in some days; as files; weekly."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.handlers import follow
from bot.handlers.exchange import Document, Reply, Request, tell
from bot.messages.callbacks import encode
from bot.messages.clips import compose_clipping, plain_summary, shown_days
from bot.texts import plain, say
from store import rules
from store.chinese.days import make
from store.clips import Clipping, Wanted, collect, to_csv, to_docx, understand
from store.database import Store
from store.errors import InvalidRule
from store.models.delivery import Button, Part
from store.models.reading import SearchSession
from store.tables.clippings import MOST

_CHOICES = 8
_COLUMNS = ("day", "paper", "page", "title", "reporters")


def answer(store: Store, request: Request) -> Reply:
    """/clips WORDS [DAYS]; without words what the reader follows is offered."""
    language = request.language
    try:
        wanted = understand(request.words, today=request.today)
    except InvalidRule as error:
        return tell(say(language, f"rule_{error.reason}"))
    if wanted.rule:
        return Reply(parts=(_begun(store, request, wanted),))
    own = [*request.profile.places, *request.profile.follows][:_CHOICES]
    if not own:
        return tell(say(language, "clips_how"))
    buttons = [
        (Button(rule[:40], encode("clips", session, f"{wanted.first:%Y%m%d}", f"{wanted.last:%Y%m%d}", 0)),)
        for rule in own
        if (session := _session(store, request, rules.parse(rule).text))
    ]
    return tell(say(language, "clips_which"), *buttons)


def pressed(store: Store, request: Request) -> Reply:
    """Another page, or a first one. Facts: session, first and last day, page."""
    found = _asked(store, request)
    if isinstance(found, Reply):
        return found
    session, clipping = found
    return Reply(
        edit=_page(store, request, clipping, session.id, page=min(request.press.number(3), 999)),
    )


def pressed_before(store: Store, request: Request) -> Reply:
    """The seven days before. Facts: session, the day they end before."""
    session = _kept(store, request)
    day = _day(request.press.fact(1))
    if session is None or day is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    clipping = collect(
        store.articles, session.query, first=day - timedelta(days=7), last=day - timedelta(days=1)
    )
    return Reply(edit=_page(store, request, clipping, session.id))


def pressed_file(store: Store, request: Request) -> Reply:
    """The clipping as a file. Facts: session, first and last day, docx or csv."""
    found = _asked(store, request)
    if isinstance(found, Reply):
        return found
    _, clipping = found
    language = request.language
    kind = "docx" if request.press.fact(3) == "docx" else "csv"
    content = document(clipping, kind, language=language)
    days = shown_days(clipping, language)
    name = re.sub(r"[^\w-]+", "-", clipping.rule).strip("-")[:40] or "clips"
    caption = say(language, "clips_caption", rule=clipping.rule, days=days, count=len(clipping.articles))
    return Reply(
        document=Document(f"{name}-{clipping.first:%Y%m%d}-{clipping.last:%Y%m%d}.{kind}", content, caption)
    )


def document(clipping: Clipping, kind: str, *, language: str) -> bytes:
    """The clipping as a file of the kind "docx" or "csv"."""
    if kind == "csv":
        return to_csv(clipping)
    return to_docx(
        clipping,
        heading=plain(language, "clips_heading", rule=clipping.rule),
        summary=f"{shown_days(clipping, language)}　{plain_summary(clipping, language)}",
        columns=[plain(language, f"clips_column_{name}") for name in _COLUMNS],
    )


def pressed_weekly(store: Store, request: Request) -> Reply:
    """Each Monday from now on. Fact: session."""
    language, session = request.language, _kept(store, request)
    if session is None:
        return Reply(toast=plain(language, "search_expired"), alert=True)
    reader = store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    monday = request.today - timedelta(days=request.today.weekday())
    if not store.clippings.order(reader.id, session.query, done=monday, now=request.now):
        return Reply(toast=plain(language, "clips_weekly_full", most=MOST), alert=True)
    end = Button(
        plain(language, "clips_weekly_end", rule=session.query[:20]), encode("clips_end", session.id)
    )
    return Reply(parts=(Part(say(language, "clips_weekly_kept", rule=session.query), ((end,),)),))


def pressed_end(store: Store, request: Request) -> Reply:
    """No weekly clipping any more. Facts: session, and "list" where the list of followed things is shown."""
    language, session = request.language, _kept(store, request)
    if session is None:
        return Reply(toast=plain(language, "search_expired"), alert=True)
    if request.subscriber is not None:
        store.clippings.end(request.subscriber.id, session.query)
    toast = plain(language, "clips_weekly_ended")
    if request.press.fact(1) == "list":
        return Reply(toast=toast, edit=follow.pressed_list(store, request).edit)
    return Reply(toast=toast)


def _begun(store: Store, request: Request, wanted: Wanted) -> Part:
    clipping = collect(store.articles, wanted.rule, first=wanted.first, last=wanted.last)
    return _page(store, request, clipping, _session(store, request, wanted.rule))


def _page(store: Store, request: Request, clipping: Clipping, session: int, *, page: int = 0) -> Part:
    reader = request.subscriber
    return compose_clipping(
        clipping,
        language=request.language,
        bot_username=request.bot_username,
        session=session,
        page=page,
        weekly=reader is not None and clipping.rule in store.clippings.of(reader.id),
    )


def _session(store: Store, request: Request, rule: str) -> int:
    return store.searches.start(request.chat_id, rule, upto=0, now=request.now)


def _kept(store: Store, request: Request) -> SearchSession | None:
    return store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)


def _asked(store: Store, request: Request) -> tuple[SearchSession, Clipping] | Reply:
    """The session and the clipping that the button names, or what to say instead. Its days can be forged."""
    session = _kept(store, request)
    first, last = _day(request.press.fact(1)), _day(request.press.fact(2))
    if session is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    if first is None or last is None or not 0 <= (last - first).days <= 366:
        return Reply(toast=plain(request.language, "button_old"), alert=True)
    try:
        return session, collect(store.articles, session.query, first=first, last=last)
    except InvalidRule:  # the session holds a search, not a rule
        return Reply(toast=plain(request.language, "button_old"), alert=True)


def _day(text: str) -> date | None:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    return make(int(text[:4]), int(text[4:6]), int(text[6:]))
