"""「✏️」 in /following: a followed or muted rule is written anew where it stands, and rings as before."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers import follow
from bot.handlers.exchange import Reply, Request, tell
from bot.handlers.follow import PREVIEW_DAYS, Kind, preview_of
from bot.messages.callbacks import encode, rule_named
from bot.texts import plain, say
from bot.texts.markup import Html, bold, escape
from store import rules
from store.database import Store
from store.errors import InvalidRule
from store.models.delivery import Button, Part

QUESTION = "reword"
"""How the question's kind begins; the kind of rule and its short name follow."""


def pressed(store: Store, request: Request) -> Reply:
    """Ask how it shall read. Facts: the rule's short name, follow or mute."""
    kind = _kind(request.press.fact(1))
    rule = rule_named(request.press.fact(0), _kept(request, kind))
    if rule is None:
        return Reply(
            toast=plain(request.language, "rule_gone"), edit=follow.pressed_list(store, request).edit
        )
    store.searches.ask(
        request.chat_id, request.user_id, f"{QUESTION} {kind} {request.press.fact(0)}", now=request.now
    )
    html = say(request.language, "reword_ask", rule=Html(f"<code>{escape(rule)}</code>"))
    return Reply(edit=Part(html, ((_cancel(request),),)))


def pressed_cancel(store: Store, request: Request) -> Reply:
    """The list again; the next text is no answer any more."""
    store.searches.answered(request.chat_id, request.user_id, now=request.now)
    return follow.pressed_list(store, request)


def answered(store: Store, request: Request, question: str) -> Reply:
    """The rule as typed, in the place of the old one; what is no rule is asked again."""
    _, name, short = question.split(" ", 2)
    kind, language, reader = _kind(name), request.language, request.subscriber
    kept = _kept(request, kind)
    old = rule_named(short, kept)
    if old is None or reader is None:
        return tell(say(language, "rule_gone"))
    try:
        new = rules.parse(request.words)
    except InvalidRule as error:
        store.searches.ask(request.chat_id, request.user_id, question, now=request.now)
        return tell(say(language, f"rule_{error.reason}"), (_cancel(request),))
    if new.text != old and new.text in kept:
        return tell(say(language, f"{kind}_already", rule=new.text))
    changed = tuple(new.text if one == old else one for one in kept)
    profile = reader.profile
    if kind == "follow":
        mutes = tuple(one for one in profile.mutes if one != new.text)
        profile = replace(profile, follows=changed, mutes=mutes)
    else:
        follows = tuple(one for one in profile.follows if one != new.text)
        profile = replace(profile, mutes=changed, follows=follows)
    with store.transaction():
        rang = old in store.follows.alerting(reader.id)
        store.subscribers.save(replace(reader, profile=profile), request.now)
        if new.text != old:
            store.follows.set_alert(reader.id, old, False)
            store.follows.set_alert(reader.id, new.text, rang and kind == "follow")
    count = preview_of(store, new, request).count
    html = say(language, "reworded", old=old, new=bold(new.text), days=PREVIEW_DAYS, count=count)
    return tell(html, (Button(plain(language, "following_open"), encode("following")),))


def _cancel(request: Request) -> Button:
    return Button(plain(request.language, "cancel"), encode("reword_cancel"))


def _kind(text: str) -> Kind:
    return "mute" if text == "mute" else "follow"


def _kept(request: Request, kind: Kind) -> tuple[str, ...]:
    return request.profile.follows if kind == "follow" else request.profile.mutes
