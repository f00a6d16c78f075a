"""The calendar as messages: a line a notice, by day; what is asked before a reminder, and the reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.messages.callbacks import encode
from bot.messages.lines import article_url, headline
from bot.messages.split import cut
from bot.texts import plain, say, short_date
from bot.texts.markup import Html, bold, escape, join, link, units
from store.models.articles import Article
from store.models.calendar import Event
from store.models.delivery import Button, Part

EVENTS_A_PAGE = 8
_LINE_UNITS = 110
_COPY_UNITS = 250
_ROW = 4
KINDS = ("outage", "traffic", "jobs", "clinic", "talk", "show", "enrol", "money", "office", "notice")


def compose_calendar(
    events: Sequence[Event],
    *,
    day: date,
    language: str,
    bot_username: str,
    place: str = "",
    kind: str = "",
    page: int = 0,
    kinds: Mapping[str, int] | None = None,
    places: Sequence[str] = (),
    mine: Sequence[str] = (),
) -> Part:
    """A page of what is ahead of `day`; `kinds` and `places` are what the filters offer, `mine` the reader's places."""
    what = _what(place, kind, language)
    rows: list[tuple[Button, ...]] = []
    if not events:
        html = say(language, "services_none", what=what)
    else:
        pages = -(-len(events) // EVENTS_A_PAGE)
        page = min(max(page, 0), pages - 1)
        shown = events[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]
        lines = [say(language, "services_title", what=what)]
        heading: tuple[bool, date] | None = None
        numbers: list[Button] = []
        for number, event in enumerate(shown, start=page * EVENTS_A_PAGE + 1):
            listed = event.found.nearest(day)
            here = (is_mine(event, mine), listed)
            if here != heading:
                own = f"📍{event.found.place}　" if here[0] and not place else ""
                lines.append(Html(f"\n{escape(own)}{bold(day_named(listed, day, language))}"))
                heading = here
            lines.append(Html(f"{number}. {event_line(event, day, language, bot_username)}"))
            numbers.append(
                Button(plain(language, "services_remind", number=number), encode("remind", event.id))
            )
        if pages > 1:
            lines.append(
                Html(f"\n{say(language, 'services_more', page=page + 1, pages=pages, total=len(events))}")
            )
        lines.append(Html(f"\n{say(language, 'services_hint')}"))
        html = join("\n", lines)
        rows += [tuple(numbers[start : start + _ROW]) for start in range(0, len(numbers), _ROW)]
        turning = []
        if page > 0:
            turning.append(Button(plain(language, "page_previous"), _at(place, kind, page - 1)))
        if page < pages - 1:
            turning.append(Button(plain(language, "page_next"), _at(place, kind, page + 1)))
        rows.append(tuple(turning))
    offered = [
        Button(f"{plain(language, f'kind_{name}')} {count}", _at(place, name, 0))
        for name in KINDS
        if (count := (kinds or {}).get(name, 0)) and name != kind
    ]
    if kind:
        offered.insert(0, Button(plain(language, "services_every_kind"), _at(place, "", 0)))
    rows += [tuple(offered[start : start + 3]) for start in range(0, len(offered), 3)]
    near = [Button(f"📍{name}", _at(name, kind, 0)) for name in places if name != place][:6]
    if place:
        near.insert(0, Button(plain(language, "services_all"), _at("", kind, 0)))
    rows += [tuple(near[start : start + 3]) for start in range(0, len(near), 3)]
    return Part(html, tuple(tuple(b for b in row if b.data) for row in rows if any(b.data for b in row)))


def is_mine(event: Event, mine: Sequence[str]) -> bool:
    """Whether an event is in one of the reader's places."""
    found = event.found
    return any(place == found.place or place in found.text or place in event.title for place in mine)


def day_named(there: date, today: date, language: str) -> str:
    """「明天 11月21日 周六」"""
    weekday = plain(language, f"weekday_short_{there.weekday()}")
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(there)
    named = f"{short_date(language, there)} {weekday}"
    return f"{plain(language, near)} {named}" if near else named


def event_line(event: Event, day: date, language: str, bot_username: str) -> Html:
    """One notice on one line, place first, in the words of its sentence; it opens the article."""
    text = escape(spoken(event, day, language))
    return link(text, article_url(bot_username, event.article_id))


def spoken(event: Event, day: date, language: str, *, most: int = _LINE_UNITS) -> str:
    """The line without markup: place, what, hours, price, number, how long; of `most` UTF-16 units, how long is not cut off."""
    found = event.found
    title = " ".join(event.title.split())
    where = found.where
    pieces = [] if not found.place or where.startswith(found.place) or found.place in title else [found.place]
    if where and found.what and len(found.what) > 1 and found.kind in ("outage", "clinic", "jobs", "traffic"):
        pieces += [where, found.what]
    else:
        pieces += [title or found.text, *([where] if where and where not in title else [])]
    pieces += [*found.hours[:2], *found.price[:1]]
    if found.phone:
        pieces.append(f"☎{found.phone}")
    lasting = _lasting(event, day, language)
    room = most - units(lasting) - 1 if lasting else most
    first, *rest = cut(" ".join(piece for piece in pieces if piece), room)
    told = f"{first.rstrip()}…" if rest else first
    return f"{told} {lasting}" if lasting else told


def _lasting(event: Event, day: date, language: str) -> str:
    found = event.found
    if found.weekdays and found.first is None and found.last is None:
        joint = ", " if language == "en" else "、"
        days = joint.join(plain(language, f"weekday_short_{number}") for number in found.weekdays)
        return plain(language, "services_weekly", days=days)
    if found.is_open and found.first is not None and found.first < day:
        return plain(language, "services_since", day=short_date(language, found.first))
    if found.deadline and found.last is not None:
        return plain(language, "services_ends", day=short_date(language, found.last))
    if found.last is not None and found.last > found.nearest(day):
        return plain(language, "services_until", day=short_date(language, found.last))
    return ""


def compose_question(
    event: Event, choices: Sequence[tuple[str, str]], *, day: date, language: str, bot_username: str
) -> Part:
    """When to be reminded: `choices` are (lead, when it would be)."""
    line = event_line(event, day, language, bot_username)
    rows = [
        (Button(plain(language, f"remind_{lead}", at=at), encode("remind_at", event.id, lead)),)
        for lead, at in choices
    ]
    return Part(
        say(language, "remind_ask", line=line),
        (*rows, (Button(plain(language, "leave_it"), encode("leave")),)),
    )


def compose_reminder(
    event: Event, ahead: date | None, *, today: date, language: str, bot_username: str
) -> Part:
    """The reminder: which day, the line, the sentence as printed with its source."""
    found = event.found
    day = day_named(ahead or today, today, language)
    ends = found.deadline or (ahead is not None and ahead == found.last and ahead != found.first)
    line = event_line(event, today, language, bot_username)
    source = say(
        language, "item_source", paper=event.paper, day=short_date(language, event.printed), page=event.page
    )
    html = say(language, "reminder_ends" if ends else "reminder", day=day, line=bold(line))
    shared, *_ = cut(found.text, _COPY_UNITS)
    return Part(
        Html(f"{html}\n{escape(found.text)}\n— {source}"),
        (
            (
                Button(plain(language, "read_article"), encode("article", event.article_id, 0, "new")),
                Button(plain(language, "reminder_share"), copy=shared),
            ),
        ),
    )


def compose_gone(article: Article | None, *, language: str) -> Part:
    """A correction took the notice away that somebody wanted to be reminded of."""
    title = headline(article, language) if article is not None else ""
    return Part(say(language, "reminder_gone", title=title))


def _what(place: str, kind: str, language: str) -> str:
    name = place or plain(language, "services_all")
    return f"{name}　{plain(language, f'kind_{kind}')}" if kind else name


def _at(place: str, kind: str, page: int) -> str:
    return encode("services", place, kind, page)
