"""The weekly clippings: each Monday, at the reader's own hour, the week before, once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.messages.clips import compose_clipping
from store.clips import collect
from store.database import Store


def send_clippings(store: Store, now: datetime, *, bot_username: Callable[[], str]) -> int:
    """Queue what is due; how many messages. A bot that was down on Monday tells it when it is back.

    The order is marked and its message queued in one transaction. A week without an article is told as well: that it was
    nothing is what somebody who counts wants to know.
    """
    queued = 0
    latest = (now + timedelta(days=1)).date()  # somewhere it is Monday already
    for order in store.clippings.before(latest - timedelta(days=latest.weekday())):
        reader = store.subscribers.get(order.subscriber_id)
        if reader is None or not reader.reached:
            continue
        table = reader.timetable
        local = now.astimezone(ZoneInfo(table.time_zone))
        monday = local.date() - timedelta(days=local.weekday())
        if order.done_week >= monday or (local.weekday() == 0 and local.time() < table.hours[0]):
            continue
        paused = table.paused_until is not None and local.date() < table.paused_until
        clipping = collect(
            store.articles, order.rule, first=monday - timedelta(days=7), last=monday - timedelta(days=1)
        )
        with store.transaction():
            if not store.clippings.done(order, monday) or paused:
                continue
            session = store.searches.start(reader.chat_id, order.rule, upto=0, now=now)
            part = compose_clipping(
                clipping, language=reader.language, bot_username=bot_username(), session=session, weekly=True
            )
            about = hashlib.sha256(order.rule.encode()).hexdigest()[:12]
            queued += store.outbox.enqueue(
                reader.id,
                "notice",
                f"clips {about} {monday}",
                [part],
                now,
                silent=reader.silent,
                language=reader.language,
            )
    return queued
