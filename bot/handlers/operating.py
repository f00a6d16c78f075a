"""/stats, /failed, /broadcast: for operators only. Every act is written down (store/tables/troubles.py)."""

from __future__ import annotations

from collections.abc import Callable

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import full_date, plain, say
from bot.texts.markup import Html, escape, join
from store.database import Store
from store.models.delivery import Button, Part

Answer = Callable[[Store, Request], Reply]
_ACTS = 5
LONGEST = 3000
"""UTF-16 units of a broadcast: room for the headline within Telegram's 4,096."""


def for_operators(answer: Answer) -> Answer:
    """The answer, for operators; everybody else is told that it is not theirs."""

    def ask(store: Store, request: Request) -> Reply:
        if request.is_admin:
            return answer(store, request)
        text = plain(request.language, "operators_only")
        return Reply(toast=text, alert=True) if request.press.action else tell(text)

    return ask


@for_operators
def answer_stats(store: Store, request: Request) -> Reply:
    """How many read, what came today, how the outbox stands, what was searched, what operators did."""
    language, counts = request.language, store.outbox.counts()
    papers = "、".join(f"{one.paper} {len(one.pages)}" for one in store.editions.on(request.today))
    searches = store.searches.month(request.now)
    lines = [
        say(
            language,
            "stats",
            day=full_date(language, request.today),
            active=store.subscribers.count(active=True),
            known=store.subscribers.count(),
            papers=papers or plain(language, "stats_no_papers"),
            articles=store.articles.count(),
            waiting=counts.waiting,
            sent=counts.sent,
            uncertain=counts.uncertain,
            failed=counts.failed,
            searches=searches[0],
            nothing=searches[1],
        )
    ]
    acts = store.acts.newest(_ACTS)
    if acts:
        lines.append(say(language, "stats_acts"))
        lines += [Html(escape(f"{act.at[:16]} {act.act} {act.subject} {act.outcome}")) for act in acts]
    return tell(join("\n", lines))


@for_operators
def answer_failed(store: Store, request: Request) -> Reply:
    """What was refused for good, by reason; to be sent again or given up."""
    language, failed = request.language, store.outbox.failed()
    if not failed:
        return tell(say(language, "failed_none"))
    lines = [
        say(language, "failed_title"),
        *(Html(escape(f"{rows} × {kind}: {reason}")) for kind, reason, rows in failed),
    ]
    return tell(
        join("\n", lines),
        (
            Button(plain(language, "failed_retry"), encode("failed", "retry")),
            Button(plain(language, "failed_drop"), encode("failed", "drop")),
        ),
    )


@for_operators
def pressed_failed(store: Store, request: Request) -> Reply:
    """Fact: "retry" or "drop"."""
    act = request.press.fact(0)
    if act not in ("retry", "drop"):
        return Reply(toast=plain(request.language, "button_old"), alert=True)
    with store.transaction():
        rows = (
            store.outbox.retry_failed(request.now)
            if act == "retry"
            else store.outbox.drop_failed(request.now)
        )
        store.acts.add(request.user_id, f"failed {act}", "", f"{rows} rows", request.now)
    key = "failed_retried" if act == "retry" else "failed_dropped"
    return Reply(
        edit=Part(say(request.language, key, rows=rows)), toast=plain(request.language, key, rows=rows)
    )


@for_operators
def answer_broadcast(store: Store, request: Request) -> Reply:
    """A notice to all readers, shown first; without words how far the last one is."""
    language, text = request.language, request.words.strip()
    if not text:
        done = store.broadcasts.progress()
        if done is None:
            return tell(say(language, "broadcast_usage"))
        states = {state: done.states.get(state, 0) for state in ("sent", "waiting", "failed", "uncertain")}
        cancel = Button(plain(language, "broadcast_cancel"), encode("broadcast", "cancel", done.id))
        return tell(
            say(language, "broadcast_progress", text=done.text, **states),
            (cancel,) if states["waiting"] else (),
        )
    text = text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")
    with store.transaction():
        draft = store.broadcasts.draft(request.user_id, text, request.now)
    readers = store.subscribers.count(active=True)
    return tell(
        say(language, "broadcast_preview", readers=readers, text=text),
        (
            Button(plain(language, "broadcast_send", readers=readers), encode("broadcast", "send", draft)),
            Button(plain(language, "broadcast_cancel"), encode("broadcast", "cancel", draft)),
        ),
    )


@for_operators
def pressed_broadcast(store: Store, request: Request) -> Reply:
    """Facts: "send" or "cancel", and the broadcast. Pressed twice it is sent once."""
    language, act, number = request.language, request.press.fact(0), request.press.number(1)
    if act == "cancel":
        with store.transaction():
            rows = store.broadcasts.cancel(number, request.now)
            store.acts.add(request.user_id, "broadcast cancel", str(number), f"{rows} rows", request.now)
        return Reply(edit=Part(say(language, "broadcast_cancelled", rows=rows)))
    text = store.broadcasts.text(number) if act == "send" else None
    if text is None:
        return Reply(toast=plain(language, "broadcast_gone"), alert=True)
    with store.transaction():
        rows = store.broadcasts.send(number, Part(say("zh", "broadcast_notice", text=text)), request.now)
        store.acts.add(request.user_id, "broadcast send", str(number), f"{rows} rows", request.now)
    return Reply(edit=Part(say(language, "broadcast_sent", rows=rows)))
