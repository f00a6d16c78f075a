"""/subscribe and /unsubscribe."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.settings import zones
from bot.settings.screens import days_shown
from bot.texts import listed, plain, say, short_date
from bot.texts.markup import Html
from store.database import Store
from store.models.delivery import Button, Part
from store.models.subscribers import Subscriber


def answer(store: Store, request: Request) -> Reply:
    """Subscribe the chat; twice is once."""
    return Reply(parts=(_subscribed(store, request),))


def pressed(store: Store, request: Request) -> Reply:
    """The button under the welcome."""
    return Reply(edit=_subscribed(store, request), toast=plain(request.language, "subscribed_toast"))


def answer_unsubscribe(store: Store, request: Request) -> Reply:
    """Send nothing more by itself."""
    language = request.language
    if request.subscriber is None or not request.subscriber.active:
        return tell(
            say(language, request.key("not_subscribed")),
            (Button(plain(language, request.key("welcome_subscribe")), encode("subscribe")),),
        )
    store.subscribers.unsubscribe(request.chat_id, request.now)
    html = say(language, request.key("unsubscribed"))
    if store.follows.alerting(request.subscriber.id):
        html = Html(f"{html}\n{say(language, 'unsubscribed_ringing')}")
    return tell(html, (Button(plain(language, "subscribe_again"), encode("subscribe")),))


def next_time(subscriber: Subscriber, request: Request) -> Html | None:
    """「明天 07:30」 in the reader's own time; None when nothing is due."""
    if subscriber.next_due_at is None:
        return None
    local = subscriber.next_due_at.astimezone(ZoneInfo(subscriber.timetable.time_zone))
    language = subscriber.language
    if local.date() == request.today:
        day = plain(language, "today")
    elif local.date() == request.today + timedelta(days=1):
        day = plain(language, "tomorrow")
    else:
        day = short_date(language, local.date())
    return say(language, "next_time", day=day, hour=f"{local:%H:%M}")


def _subscribed(store: Store, request: Request) -> Part:
    already = request.subscriber is not None and request.subscriber.active
    store.subscribers.seen(request.chat_id, request.language, request.now, timetable=request.timetable)
    subscriber = store.subscribers.subscribe(request.chat_id, request.now)
    if not request.private:
        store.groups.put_topic(subscriber.id, request.thread_id)
    language = subscriber.language
    hours = listed(language, [f"{hour:%H:%M}" for hour in subscriber.timetable.hours])
    zone = zones.shown(subscriber.timetable.time_zone, language=language, now=request.now)
    html = say(
        language,
        request.key("already_subscribed" if already else "subscribed"),
        days=days_shown(subscriber),
        hours=hours,
        zone=zone,
    )
    resume: tuple[tuple[Button, ...], ...] = ()
    paused = subscriber.timetable.paused_until
    if paused is not None and paused > request.today:
        html = Html(f"{html}\n{say(language, 'subscribed_paused', day=short_date(language, paused))}")
        resume = ((Button(plain(language, "pause_end"), encode("put", "pause", "0", "main")),),)
    if request.thread_id:
        html = Html(f"{html}\n{say(language, 'subscribed_topic')}")
    coming = next_time(subscriber, request)
    if coming:
        html = Html(f"{html}\n{coming}")
    if not already:
        html = Html(f"{html}\n{say(language, request.key('subscribed_more'))}")
    return Part(
        html,
        (
            *resume,
            (
                Button(plain(language, "welcome_latest"), encode("day", "latest", "o")),
                Button(plain(language, "welcome_settings"), encode("set", "main", "new")),
            ),
        ),
    )
