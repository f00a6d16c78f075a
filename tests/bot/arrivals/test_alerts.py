"""Ringing and promises: who is told, and who is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.arrivals.alerts import AlertReport, after_ingest
from bot.handlers import follow
from store.database import Store
from store.models import Subscriber
from tests.bot.builders import BOT, DAY, NOW, add_page, fill, parsed, request

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Store]:
    """A subscriber for whom 灯塔 rings, and who was promised 风车."""
    with Store(":memory:") as store:
        fill(store)
        store.subscribers.seen(1000, "zh", NOW)
        store.subscribers.subscribe(1000, NOW)
        follow.keep(store, request(), "灯塔", "follow", rings=True)
        store.promises.make(1, "风车", after=store.articles.newest_id(), now=NOW)
        yield store


def reader(store: Store) -> Subscriber:
    """The subscriber as stored."""
    found = store.subscribers.by_chat(1000)
    assert found is not None
    return found


def news(store: Store, *titles: str) -> tuple[int, ...]:
    """New articles with these headlines."""
    return add_page(store, TOMORROW, 1, *(parsed(title, f"{title}，消息说。") for title in titles))


def test_nothing_new_is_nothing_to_do(store: Store) -> None:
    """No articles, no work; articles of no interest, no message."""
    assert after_ingest(store, (), NOW) == AlertReport()
    assert after_ingest(store, news(store, "天气晴"), NOW, bot_username=BOT) == AlertReport()


def test_one_article_can_ring_and_keep_a_promise(store: Store) -> None:
    """Two messages for two wishes, each once."""
    new = news(store, "灯塔旁立起风车")
    assert after_ingest(store, new, NOW, bot_username=lambda: BOT) == AlertReport(1, 1)
    assert after_ingest(store, new, NOW, bot_username=BOT) == AlertReport()
    assert store.outbox.counts().waiting == 2


def test_two_rules_ring_once_for_an_article(store: Store) -> None:
    """A reader is told of an article, not of rules."""
    follow.keep(store, request(), "岸边", "follow", rings=True)
    assert after_ingest(store, news(store, "岸边立起灯塔"), NOW, bot_username=BOT).alerts == 1


@pytest.mark.parametrize("why", ["paused", "blocked", "other paper", "not followed"])
def test_who_does_not_want_it_is_not_told(store: Store, why: str) -> None:
    """A pause, a block, papers of one's own choice."""
    one = reader(store)
    if why == "paused":
        store.subscribers.save(
            replace(one, timetable=replace(one.timetable, paused_until=TOMORROW + timedelta(days=3))), NOW
        )
    elif why == "blocked":
        store.subscribers.gone(1000, "blocked", NOW)
    elif why == "other paper":
        store.subscribers.save(replace(one, profile=replace(one.profile, papers=("晋中日报",))), NOW)
    else:
        store.subscribers.save(replace(one, profile=replace(one.profile, follows=())), NOW)
    assert after_ingest(store, news(store, "岸边立起灯塔"), NOW, bot_username=BOT).alerts == 0


def test_it_rings_for_whoever_asked_subscribed_or_not(store: Store) -> None:
    """Unsubscribing says that it still does (`unsubscribed_ringing`); /following ends it."""
    reader(store)
    store.subscribers.unsubscribe(1000, NOW)
    assert after_ingest(store, news(store, "岸边立起灯塔"), NOW, bot_username=BOT).alerts == 1


def test_old_papers_do_not_ring(store: Store) -> None:
    """A back-fill of last year is no news."""
    news(store, "天气晴")
    old = add_page(store, DAY - timedelta(days=300), 1, parsed("灯塔旧闻", "旧闻。"))
    assert after_ingest(store, old, NOW, bot_username=BOT).alerts == 0


def test_page_dated_into_the_future_neither_rings_nor_silences_others(store: Store) -> None:
    """One slip of a digit in a path must not keep every alert back until that day."""
    add_page(store, DAY + timedelta(days=365), 1, parsed("灯塔来信", "灯塔来信，消息说。"))
    misdated = (store.articles.newest_id(),)
    assert after_ingest(store, misdated, NOW, bot_username=BOT) == AlertReport()
    assert after_ingest(store, news(store, "灯塔亮了"), NOW, bot_username=BOT) == AlertReport(1, 0)


def test_a_promise_waits_for_the_end_of_the_quiet_hours(store: Store) -> None:
    """Nine in the morning is quiet until ten: the message is due at ten."""
    one = reader(store)
    quiet = replace(one.timetable, quiet_from=time(8), quiet_upto=time(10))
    store.subscribers.save(replace(one, timetable=quiet), NOW)
    assert after_ingest(store, news(store, "风车转了"), NOW, bot_username=BOT).promises == 1
    assert store.outbox.next(NOW, 1) == []
    assert len(store.outbox.next(NOW + timedelta(hours=1), 1)) == 1


def test_a_promise_is_for_what_came_after_it_was_made(store: Store) -> None:
    """An article that was there before does not keep it."""
    store.promises.make(1, "羊肉", after=store.articles.newest_id(), now=NOW)
    every = [article.id for article in store.articles.between(0, store.articles.newest_id())]
    assert after_ingest(store, every, NOW, bot_username=BOT).promises == 0
