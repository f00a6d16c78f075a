"""After pages came in: ring for those who asked to hear at once, keep promises. Everything goes through the outbox.

`after_ingest` may be called twice for the same articles, or cut off in the middle: each row it writes stands once
(store/tables/follows.py, store/tables/outbox.py), and a promise is removed in the transaction that queues its message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.due import is_quiet, quiet_end
from bot.messages.alert import compose_alert, compose_promise
from store import rules
from store.database import Store
from store.models.articles import Article
from store.models.subscribers import Subscriber

ALERTS_A_DAY = 3
_MOST_ARTICLES = 2000
"""A back-fill of years is no news: only the newest ring."""


@dataclass(frozen=True, slots=True)
class AlertReport:
    """How many messages were put into the outbox."""

    alerts: int = 0
    promises: int = 0


def after_ingest(
    store: Store,
    article_ids: Sequence[int],
    now: datetime,
    *,
    bot_username: str | Callable[[], str] = "",
    a_day: int = ALERTS_A_DAY,
) -> AlertReport:
    """Queue what the new articles (ids just added) mean for followers and askers."""
    fresh = sorted(article_ids)[-_MOST_ARTICLES:]
    if not fresh:
        return AlertReport()
    username = bot_username if isinstance(bot_username, str) else bot_username()
    return AlertReport(
        _ring(store, fresh, now, username=username, a_day=a_day), _keep(store, fresh, now, username=username)
    )


def _ring(store: Store, ids: Sequence[int], now: datetime, *, username: str, a_day: int) -> int:
    listeners = store.follows.listeners()
    if not listeners:
        return 0
    articles = [one for one in store.articles.many(ids) if not one.removed and one.kind != "photo"]
    tomorrow = (
        now + timedelta(days=1)
    ).date()  # a page misdated into the future neither rings nor silences others
    newest = store.editions.latest_day(upto=tomorrow)
    articles = [one for one in articles if one.day <= tomorrow and newest and (newest - one.day).days <= 2]
    readers: dict[int, Subscriber | None] = {}
    queued = 0
    for rule, subscriber_ids in listeners.items():
        matched = [one for one in articles if rules.match(rule, one)]
        for subscriber_id in subscriber_ids if matched else ():
            if subscriber_id not in readers:
                readers[subscriber_id] = store.subscribers.get(subscriber_id)
            reader = readers[subscriber_id]
            if reader is None or not _wants(reader, rule, now):
                continue
            queued += sum(_ring_one(store, reader, one, rule, now, username, a_day) for one in matched)
    return queued


def _wants(reader: Subscriber, rule: str, now: datetime) -> bool:
    """Rings for everybody who asked for it, subscribed or not; never in a pause or in quiet hours."""
    table = reader.timetable
    today = now.astimezone(ZoneInfo(table.time_zone)).date()
    paused = table.paused_until is not None and today < table.paused_until
    return reader.reached and not paused and rule in reader.profile.follows and not is_quiet(table, now)


def _ring_one(
    store: Store, reader: Subscriber, article: Article, rule: str, now: datetime, username: str, a_day: int
) -> bool:
    profile = reader.profile
    if profile.papers and article.paper not in profile.papers:
        return False
    if any(rules.match(mute, article) for mute in profile.mutes):
        return False
    today = now.astimezone(ZoneInfo(reader.timetable.time_zone)).date()
    with store.transaction():
        if not store.follows.note_alert(
            reader.id, article.id, rule=rule, local_day=today, cap=a_day, now=now
        ):
            return False
        part = compose_alert(
            article, rule, language=reader.language, bot_username=username, group=reader.chat_id < 0
        )
        store.outbox.enqueue(
            reader.id,
            "alert",
            f"article {article.id}",
            [part],
            now,
            silent=reader.silent,
            language=reader.language,
        )
    return True


def _keep(store: Store, ids: Sequence[int], now: datetime, *, username: str) -> int:
    promises = store.promises.open()
    found: dict[str, set[int]] = {}
    for words in Counter(promise.words for promise in promises):
        found[words] = store.search.matches(words, ids)
    kept = 0
    for promise in promises:
        matching = sorted(one for one in found[promise.words] if one > promise.after)
        reader = store.subscribers.get(promise.subscriber_id) if matching else None
        if reader is None or not reader.reached:
            continue
        article = store.articles.get(matching[0])
        part = compose_promise(
            article,
            promise.words,
            more=len(matching) - 1,
            language=reader.language,
            bot_username=username,
            group=reader.chat_id < 0,
        )
        with store.transaction():
            if store.promises.remove(promise.id, subscriber_id=reader.id):
                store.outbox.enqueue(
                    reader.id,
                    "promise",
                    f"promise {promise.id}",
                    [part],
                    now,
                    due_at=quiet_end(reader.timetable, now),
                    silent=reader.silent,
                    language=reader.language,
                )
                kept += 1
    return kept
