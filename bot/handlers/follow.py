"""/follow and /mute: a preview first, then kept; /following: what is kept, with buttons to end it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from bot.handlers import article
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.calendar import event_line, spoken
from bot.messages.callbacks import encode, rule_named, short_name
from bot.messages.digest import article_url, headline, source
from bot.settings.changes import MAX_RULES
from bot.texts import plain, say
from bot.texts.markup import Html, bold, escape, join, link
from store import rules
from store.database import Store
from store.errors import InvalidRule
from store.models.articles import Article
from store.models.delivery import Button, Part
from store.models.subscribers import Subscriber
from store.places import find as find_places
from store.places.near import nearly

Kind = Literal["follow", "mute"]
PREVIEW_DAYS = 30
PREVIEW_ARTICLES = 3000
"""So many of the newest articles are looked through, so that the answer comes within a second."""
EXAMPLES = 3
_LISTED = 30
_MOST_BUTTONS = 96
"""Telegram takes about a hundred under a message; what is named above them without a button is reached when others are ended."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have brought."""

    count: int
    examples: tuple[Article, ...]


def answer(store: Store, request: Request) -> Reply:
    """/follow WORDS"""
    return _ask(store, request, "follow")


def answer_mute(store: Store, request: Request) -> Reply:
    """/mute WORDS"""
    return _ask(store, request, "mute")


def answer_following(store: Store, request: Request) -> Reply:
    """/following"""
    return Reply(parts=(_list(store, request, request.subscriber),))


def preview_of(store: Store, rule: rules.Rule, request: Request) -> Preview:
    """How many articles of the last 30 days the rule matches, the newest three as examples."""
    upto = store.articles.newest_id()
    after = max(
        store.articles.newest_before(request.today - timedelta(days=PREVIEW_DAYS)), upto - PREVIEW_ARTICLES
    )
    found = [one for one in store.articles.between(after, upto) if rule.match(one)]
    found.sort(key=lambda one: (one.day, one.id), reverse=True)
    return Preview(len(found), tuple(found[:EXAMPLES]))


def proposed(store: Store, request: Request, text: str, kind: Kind) -> Part:
    """The preview with its buttons: keep, keep and ring, leave it."""
    language = request.language
    try:
        rule = rules.parse(text)
    except InvalidRule as error:
        return Part(say(language, f"rule_{error.reason}"))
    kept = request.profile.follows if kind == "follow" else request.profile.mutes
    if rule.text in kept:
        return Part(say(language, f"{kind}_already", rule=rule.text))
    if len(kept) >= MAX_RULES:
        return Part(say(language, "rules_full", most=MAX_RULES))
    preview = preview_of(store, rule, request)
    lines = [say(language, f"{kind}_preview", rule=bold(rule.text), count=preview.count, days=PREVIEW_DAYS)]
    for one in preview.examples:
        title = link(headline(one, language), article_url(request.bot_username, one.id))
        lines.append(Html(f"• {title}　{source(one, language)}"))
    near: tuple[tuple[Button, ...], ...] = ()
    if not preview.count and kind == "follow" and not find_places(rule.text):
        near = tuple(
            (Button(plain(language, "follow_meant", name=name), encode("proposed", name)),)
            for name in nearly(rule.text, store.editions.papers())
        )
    session = store.searches.start(request.chat_id, rule.text, upto=0, now=request.now)
    if kind == "follow":
        rows = [
            (Button(plain(language, "follow_keep"), encode("keep_rule", session, "follow", 0)),),
            (Button(plain(language, "follow_keep_alert"), encode("keep_rule", session, "follow", 1)),),
        ]
    else:
        rows = [(Button(plain(language, "mute_keep"), encode("keep_rule", session, "mute", 0)),)]
    return Part(join("\n", lines), (*near, *rows, (Button(plain(language, "leave_it"), encode("leave")),)))


def pressed_proposed(store: Store, request: Request) -> Reply:
    """The place that was probably meant. Fact: its name."""
    return Reply(edit=proposed(store, request, request.press.fact(0), "follow"))


def pressed_keep(store: Store, request: Request) -> Reply:
    """Facts: the session that holds the rule, kind, whether it rings."""
    language, press = request.language, request.press
    session = store.searches.session(press.number(0), chat_id=request.chat_id, now=request.now)
    kind: Kind = "mute" if press.fact(1) == "mute" else "follow"
    if session is None:
        return Reply(toast=plain(language, "button_old"))
    rings = kind == "follow" and press.fact(2) == "1"
    kept = keep(store, request, session.query, kind, rings=rings)
    subscribed = request.subscriber is not None and request.subscriber.active
    key = f"{kind}_kept_alert" if rings else f"{kind}_kept"
    rows = [(Button(plain(language, "following_open"), encode("following")),)]
    if kind == "follow" and kept and not subscribed:  # no sentence promises a digest that does not come
        key = f"{key}_unsubscribed"
        rows.insert(0, (Button(plain(language, request.key("welcome_subscribe")), encode("subscribe")),))
    html = (
        say(language, request.key(key), rule=bold(session.query))
        if kept
        else say(language, "rules_full", most=MAX_RULES)
    )
    return Reply(edit=Part(html, tuple(rows)))


def pressed_follow(store: Store, request: Request) -> Reply:
    """One tap under an article. Facts: the name, the article whose buttons are to be shown anew."""
    language, name = request.language, request.press.fact(0)
    try:
        rule = rules.parse(name).text
    except InvalidRule:
        return Reply(toast=plain(language, "button_old"))
    kept = keep(store, request, rule, "follow")
    request = replace(request, subscriber=store.subscribers.by_chat(request.chat_id))
    toast = (
        plain(language, "followed_toast", name=name)
        if kept
        else plain(language, "rules_full", most=MAX_RULES)
    )
    return Reply(toast=toast, buttons=article.buttons_of(store, request, request.press.number(1)))


def pressed_mute(store: Store, request: Request) -> Reply:
    """One tap under 「为什么给我这篇？」, and one to take it back. Facts: the name, the article."""
    language, name = request.language, request.press.fact(0)
    try:
        rule = rules.parse(name).text
    except InvalidRule:
        return Reply(toast=plain(language, "button_old"))
    kept = keep(store, request, rule, "mute")
    if not kept:
        return Reply(toast=plain(language, "rules_full", most=MAX_RULES))
    back = (Button(plain(language, "back"), encode("article", request.press.number(1), 0, "buttons")),)
    undo = (Button(plain(language, "unmute", rule=rule), encode("unmute", short_name(rule), "toast")),)
    return Reply(toast=plain(language, "muted_toast", name=name), buttons=(undo, back))


def pressed_end(store: Store, request: Request) -> Reply:
    """「不再关注」. Facts: the rule's short name, and "toast" where no list is shown."""
    return _end(store, request, "follow")


def pressed_unmute(store: Store, request: Request) -> Reply:
    """「取消屏蔽」. Fact: the rule's short name."""
    return _end(store, request, "mute")


def pressed_ring(store: Store, request: Request) -> Reply:
    """「立即提醒」 on or off. Facts: the rule's short name, 1 or 0."""
    rule = rule_named(request.press.fact(0), request.profile.follows)
    if rule is None or request.subscriber is None:
        return Reply(
            toast=plain(request.language, "rule_gone"), edit=_list(store, request, request.subscriber)
        )
    store.follows.set_alert(request.subscriber.id, rule, request.press.fact(1) == "1")
    return Reply(edit=_list(store, request, request.subscriber))


def pressed_quiet(store: Store, request: Request) -> Reply:
    """Under an alert: ring no more for this rule. Fact: the rule's short name."""
    rule = rule_named(request.press.fact(0), request.profile.follows)
    if rule is not None and request.subscriber is not None:
        store.follows.set_alert(request.subscriber.id, rule, False)
    return Reply(toast=plain(request.language, "rings_no_more"))


def pressed_promise_end(store: Store, request: Request) -> Reply:
    """「不用告诉我了」. Fact: the promise."""
    if request.subscriber is not None:
        store.promises.remove(request.press.number(0), subscriber_id=request.subscriber.id)
    return Reply(edit=_list(store, request, request.subscriber))


def pressed_list(store: Store, request: Request) -> Reply:
    """Show the list in the place of the message."""
    return Reply(edit=_list(store, request, request.subscriber))


def pressed_leave(store: Store, request: Request) -> Reply:
    """「算了」: nothing is kept."""
    return Reply(edit=Part(say(request.language, "left_it")))


def keep(store: Store, request: Request, rule: str, kind: Kind, *, rings: bool = False) -> bool:
    """Write the rule into the chat's profile; False when there are too many already. Twice is once."""
    reader = store.subscribers.seen(
        request.chat_id, request.language, request.now, timetable=request.timetable
    )
    profile = reader.profile
    kept = profile.follows if kind == "follow" else profile.mutes
    with store.transaction():
        if rule not in kept:
            if len(kept) >= MAX_RULES:
                return False
            # What is followed is not muted and the other way round: the last word counts.
            if kind == "follow":
                mutes = tuple(one for one in profile.mutes if one != rule)
                profile = replace(profile, follows=(*kept, rule), mutes=mutes)
            else:
                follows = tuple(one for one in profile.follows if one != rule)
                profile = replace(profile, mutes=(*kept, rule), follows=follows)
                store.follows.set_alert(reader.id, rule, False)
            store.subscribers.save(replace(reader, profile=profile), request.now)
        if rings:
            store.follows.set_alert(reader.id, rule, True)
    return True


def _ask(store: Store, request: Request, kind: Kind) -> Reply:
    if not request.words.strip():
        return tell(say(request.language, f"{kind}_how"))
    return Reply(parts=(proposed(store, request, request.words, kind),))


def _end(store: Store, request: Request, kind: Kind) -> Reply:
    language, reader = request.language, request.subscriber
    kept = request.profile.follows if kind == "follow" else request.profile.mutes
    rule = rule_named(request.press.fact(0), kept)
    if rule is None or reader is None:
        toast = plain(language, "rule_gone")
    else:
        remaining = tuple(one for one in kept if one != rule)
        if kind == "follow":
            profile = replace(reader.profile, follows=remaining)
        else:
            profile = replace(reader.profile, mutes=remaining)
        with store.transaction():
            reader = store.subscribers.save(replace(reader, profile=profile), request.now)
            store.follows.set_alert(reader.id, rule, False)
        toast = plain(language, f"{kind}_ended", rule=rule)
    if request.press.fact(1) == "toast":
        return Reply(toast=toast)
    return Reply(toast=toast, edit=_list(store, request, reader))


def _list(store: Store, request: Request, reader: Subscriber | None) -> Part:
    """Follows, mutes and promises with a button each."""
    language = request.language
    promises = store.promises.of(reader.id) if reader else []
    reminders = [one for one in store.calendar.reminders(reader.id) if one.event] if reader else []
    weekly = store.clippings.of(reader.id) if reader else ()
    kept = reader is not None and (reader.profile.follows or reader.profile.mutes or weekly)
    if reader is None or not (kept or promises or reminders):
        return Part(say(language, "following_none"))
    ringing = store.follows.alerting(reader.id)
    lines: list[Html] = []
    rows: list[tuple[Button, ...]] = []
    if reader.profile.follows:
        lines.append(say(language, "following_title"))
    for rule in reader.profile.follows[:_LISTED]:
        name, rings = short_name(rule), rule in ringing
        lines.append(Html(f"{'🔔' if rings else '⭐'} {escape(rule)}"))
        rows.append(
            (
                Button(
                    plain(language, "ring_off" if rings else "ring_on", rule=rule),
                    encode("ring", name, int(not rings)),
                ),
                Button(plain(language, "reword"), encode("reword", name, "follow")),
                Button(plain(language, "unfollow", rule=rule), encode("unfollow", name)),
            )
        )
    if reader.profile.mutes:
        lines.append(say(language, "muting_title"))
    for rule in reader.profile.mutes[:_LISTED]:
        lines.append(Html(f"🔇 {escape(rule)}"))
        rows.append(
            (
                Button(plain(language, "reword"), encode("reword", short_name(rule), "mute")),
                Button(plain(language, "unmute", rule=rule), encode("unmute", short_name(rule))),
            )
        )
    if weekly:
        lines.append(say(language, "clips_weekly_title"))
    for rule in weekly[:_LISTED]:
        session = store.searches.start(request.chat_id, rule, upto=0, now=request.now)
        lines.append(Html(f"📎 {escape(rule)}"))
        rows.append(
            (
                Button(
                    plain(language, "clips_weekly_end", rule=rule[:20]), encode("clips_end", session, "list")
                ),
            )
        )
    if promises:
        lines.append(say(language, "promises_title"))
    for promise in promises[:_LISTED]:
        lines.append(Html(f"⏳ {escape(promise.words[:80])}"))
        rows.append(
            (
                Button(
                    plain(language, "promise_end", words=promise.words[:30]),
                    encode("promise_end", promise.id),
                ),
            )
        )
    if reminders:
        lines.append(say(language, "reminders_title"))
    for reminder in reminders[:_LISTED]:
        assert reminder.event is not None
        line = spoken(reminder.event, request.today, language)
        lines.append(Html(f"⏰ {event_line(reminder.event, request.today, language, request.bot_username)}"))
        rows.append((Button(f"✖️ {line[:30]}", encode("remind_end", reminder.event_id, "list")),))
    while sum(map(len, rows)) > _MOST_BUTTONS:
        rows.pop()
    return Part(join("\n", lines), tuple(rows))
