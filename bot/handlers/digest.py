"""/digest [day] [paper], turning to other days and groupings, thumbs."""

from __future__ import annotations

from datetime import date

from bot.handlers import doubt
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.messages.digest import AS_ORDERED, BY_PAPER, BY_PLACE, compose_digest, compose_page
from bot.messages.lines import day_url
from bot.texts import full_date, plain, say, short_date
from digests.day.builder import build_day
from digests.errors import NoArticles
from store.chinese import days
from store.database import Store
from store.errors import DigestNotFound
from store.models.delivery import Button, Part
from store.models.digests import Digest


def answer(store: Store, request: Request) -> Reply:
    """The digest of the day asked for, else of the latest day; words that are a paper's name narrow it down."""
    day: date | None = None
    papers: list[str] = []
    known = store.editions.papers()
    for word in request.words.split():
        read = days.read(word, today=request.today)
        named = [paper for paper in known if word.strip("《》") in paper]
        if read is not None:
            day = read
        elif named:
            papers += named
        else:
            paper = next(iter(known), "《…》")
            return tell(say(request.language, "day_not_understood", word=word[:40], paper=paper))
    reply = of_day(store, request, day, papers=tuple(papers))
    doubtful = doubt.question(store, request)
    return Reply(parts=(*reply.parts, doubtful)) if doubtful else reply


def of_day(store: Store, request: Request, day: date | None, *, papers: tuple[str, ...] = ()) -> Reply:
    """The day's digest as new messages, all parts; `day` None is the latest there is."""
    day = day or store.editions.latest_day(upto=request.today)
    if day is None:
        return tell(say(request.language, "nothing_read_yet"))
    try:
        digest = _build(store, request, day, papers)
    except NoArticles as error:
        return Reply(parts=(_no_articles(error, request),))
    parts = compose_digest(
        digest,
        language=request.language,
        length=request.profile.length,
        bot_username=request.bot_username,
    )
    if not request.private and len(parts) > 1:  # a group gets one screen, the rest is read in private
        rest = Button(plain(request.language, "open_rest"), url=day_url(request.bot_username, digest.day))
        parts = (Part(parts[0].html, ((rest,),)),)
    return Reply(parts=parts)


def pressed_day(store: Store, request: Request) -> Reply:
    """Another day, grouping or page in the place of the message pressed: facts are day, view, step, page."""
    text, view, step, page = (request.press.fact(index) for index in range(4))
    view = view if view in (AS_ORDERED, BY_PAPER, BY_PLACE) else AS_ORDERED
    language = request.language
    if text == "latest":
        latest = store.editions.latest_day(upto=request.today)
        if latest is not None and not request.private:
            return Reply(opens=day_url(request.bot_username, latest))
        return of_day(store, request, None)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Reply(toast=plain(language, "button_old"))
    if step in ("before", "after"):
        before, after = store.editions.days_around(day)
        other = before if step == "before" else after
        if other is None or other > request.today:
            return Reply(toast=plain(language, f"no_day_{step}"))
        day = other
    if not request.private:  # what everybody sees is not turned over by one
        return Reply(opens=day_url(request.bot_username, day))
    try:
        digest = _build(store, request, day, ())
    except NoArticles as error:
        return Reply(edit=_no_articles(error, request))
    return Reply(edit=_page(digest, request, view, page))


def pressed_digest(store: Store, request: Request) -> Reply:
    """A digest that was sent, in another grouping or page. Facts: digest, view, page.

    Ids can be forged, and a digest names the rules it was made for: it is shown to those who have the same settings;
    who has changed theirs since sees the day as it is with the new ones.
    """
    view = request.press.fact(1)
    view = view if view in (AS_ORDERED, BY_PAPER, BY_PLACE) else AS_ORDERED
    try:
        digest = store.digests.get(request.press.number(0))
    except DigestNotFound:
        return Reply(toast=plain(request.language, "button_old"))
    if not request.private:
        return Reply(opens=day_url(request.bot_username, digest.day))
    if digest.profile_key != request.profile.key:
        day = store.editions.latest_day(upto=digest.day)
        if day is None:
            return Reply(toast=plain(request.language, "button_old"))
        digest = _build(store, request, day, ())
    return Reply(edit=_page(digest, request, view, request.press.fact(2)))


def _page(digest: Digest, request: Request, view: str, page: str) -> Part:
    return compose_page(
        digest,
        language=request.language,
        length=request.profile.length,
        bot_username=request.bot_username,
        view=view,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0,
    )


def pressed_vote(store: Store, request: Request) -> Reply:
    """A thumb: facts are day and 1 or 0."""
    language = request.language
    try:
        day = date.fromisoformat(request.press.fact(0))
    except ValueError:
        return Reply(toast=plain(language, "button_old"))
    up = request.press.fact(1) == "1"
    reader = store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    store.labels.vote(day, up=up, subscriber_id=reader.id, now=request.now)
    return Reply(toast=plain(language, "vote_up" if up else "vote_down"))


def _build(store: Store, request: Request, day: date, papers: tuple[str, ...]) -> Digest:
    return build_day(store, day, profile=request.profile, papers=papers, now=request.now)


def _no_articles(error: NoArticles, request: Request) -> Part:
    language = request.language
    near = tuple(
        Button(short_date(language, day, year=True), encode("day", day.isoformat(), AS_ORDERED))
        for day in (error.before, error.after)
        if day is not None and day <= request.today
    )
    key = "no_articles_near" if near else "no_articles"
    return Part(say(language, key, day=full_date(language, error.day)), (near,) if near else ())
