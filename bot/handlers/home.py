"""The first minute: where a newcomer lives, and what comes then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.subscribe import next_time
from bot.messages.callbacks import encode
from bot.messages.digest import article_url, headline, source
from bot.settings.changes import MAX_PLACES, with_member
from bot.texts import plain, say
from bot.texts.markup import Html, join, link
from store import rules
from store.database import Store
from store.models.articles import Article
from store.models.delivery import Button, Buttons, Part
from store.places import find as find_places
from store.places.near import counties_near, nearly

QUESTIONS = ("home", "home_more")
"""「别处…」 waits for a place; afterwards another place may be typed, or anything else."""
NEAR = 6
RECENT_ARTICLES = 2000
WEEK = 7


def rows(store: Store, request: Request) -> Buttons:
    """Counties near the papers read, three a row, and 「别处…」."""
    frequent = store.articles.frequent_places(after=store.articles.newest_id() - RECENT_ARTICLES)
    names = counties_near(store.editions.papers(), frequent, most=NEAR)
    buttons = [Button(name, encode("home", name)) for name in names]
    buttons.append(Button(plain(request.language, "elsewhere"), encode("elsewhere")))
    return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))


def pressed(store: Store, request: Request) -> Reply:
    """A county was chosen. Fact: its name."""
    name = request.press.fact(0)
    if not any(place.name == name for place in find_places(name)):
        return Reply(toast=plain(request.language, "button_old"))
    return Reply(edit=_settled(store, request, name), toast=plain(request.language, "subscribed_toast"))


def pressed_elsewhere(store: Store, request: Request) -> Reply:
    """Ask for the place's name."""
    store.searches.ask(request.chat_id, request.user_id, "home", now=request.now)
    return tell(say(request.language, "ask_place"))


def answered(store: Store, request: Request, kind: str) -> Reply | None:
    """A typed place; None when it is none and only might have been one."""
    words = "".join(request.words.split()).strip("。，,.！!")
    found = list(dict.fromkeys(place.name for place in find_places(words)))[:NEAR]
    if len(found) == 1:
        return Reply(parts=(_settled(store, request, found[0]),))
    if not found and kind == "home_more":
        return None
    store.searches.ask(request.chat_id, request.user_id, kind, now=request.now)
    near = found or nearly(words, store.editions.papers())
    choices = tuple((Button(name, encode("home", name)),) for name in near if encode("home", name))
    key = "place_which" if found else "place_meant" if near else "ask_place_again"
    return tell(say(request.language, key, words=words[:40]), *choices)


def _settled(store: Store, request: Request, name: str) -> Part:
    """Subscribed, with this place first: when it comes, how often the place was in the papers, a recent line."""
    reader = store.subscribers.seen(
        request.chat_id, request.language, request.now, timetable=request.timetable
    )
    places = with_member(reader.profile.places, name, True, MAX_PLACES)
    if places != reader.profile.places:
        reader = store.subscribers.save(
            replace(reader, profile=replace(reader.profile, places=places)), request.now
        )
    if not reader.active:
        reader = store.subscribers.subscribe(request.chat_id, request.now)
        store.groups.put_topic(reader.id, request.thread_id)
    if request.private:  # in a group the next words are most likely not for us
        store.searches.ask(request.chat_id, request.user_id, "home_more", now=request.now)
    language = reader.language
    lines = [say(language, "home_kept", place=name)]
    coming = next_time(reader, request)
    if coming:
        lines.append(coming)
    printed = _lately(store, request, name)
    if printed:
        newest = printed[0]
        title = link(headline(newest, language), article_url(request.bot_username, newest.id))
        lines.append(say(language, "home_lately", place=name, count=len(printed)))
        lines.append(Html(f"• {title}　{source(newest, language)}"))
    else:
        lines.append(say(language, "home_quiet", place=name))
    lines.append(say(language, request.key("home_more")))
    return Part(
        join("\n", lines),
        (
            (
                Button(plain(language, "welcome_latest"), encode("day", "latest", "o")),
                Button(plain(language, "services_open"), encode("services", name, "", 0)),
            ),
            (Button(plain(language, "welcome_settings"), encode("set", "main", "new")),),
        ),
    )


def _lately(store: Store, request: Request, name: str) -> list[Article]:
    latest = store.editions.latest_day(upto=request.today)
    if latest is None:
        return []
    week = store.articles.printed(latest - timedelta(days=WEEK - 1), latest)
    found = [one for one in week if one.kind != "photo" and rules.in_place(name, one)]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.page, one.position))
