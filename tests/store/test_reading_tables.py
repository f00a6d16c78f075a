"""Follows that ring, promises, labels, searches: rows that stand once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from store.database import Store
from tests.bot.builders import DAY, NOW, fill


@pytest.fixture
def store() -> Iterator[Store]:
    """Two days of the paper and a subscriber with id 1."""
    with Store(":memory:") as store:
        fill(store)
        store.subscribers.seen(1000, "zh", NOW)
        store.subscribers.seen(2000, "zh", NOW)
        yield store


def test_an_article_rings_once_and_no_more_than_the_cap(store: Store) -> None:
    """The key and the count stand in the same transaction."""

    def ring(article_id: int) -> bool:
        return store.follows.note_alert(1, article_id, rule="x", local_day=DAY, cap=2, now=NOW)

    assert [ring(1), ring(1), ring(2), ring(3)] == [True, False, True, False]
    assert store.follows.note_alert(1, 3, rule="x", local_day=DAY + timedelta(days=1), cap=2, now=NOW)


def test_a_rule_of_many_listeners_is_there_once(store: Store) -> None:
    """Matching costs rules, not readers."""
    for subscriber_id in (1, 2):
        store.follows.set_alert(subscriber_id, "芮城", True)
        store.follows.set_alert(subscriber_id, "芮城", True)
    assert store.follows.listeners() == {"芮城": (1, 2)}
    store.follows.set_alert(1, "芮城", False)
    assert store.follows.alerting(1) == () and store.follows.alerting(2) == ("芮城",)


def test_a_promise_is_made_and_removed_once(store: Store) -> None:
    """Only its own asker can end it."""
    assert store.promises.make(1, "灯塔", after=9, now=NOW)
    assert not store.promises.make(1, "灯塔", after=9, now=NOW)
    (promise,) = store.promises.open()
    assert promise.words == "灯塔" and promise.asked_at == NOW
    assert not store.promises.remove(promise.id, subscriber_id=2)
    assert store.promises.remove(promise.id, subscriber_id=1)
    assert not store.promises.remove(promise.id, subscriber_id=1) and store.promises.of(1) == []


def test_a_label_keeps_its_page_and_outlives_its_reader(store: Store) -> None:
    """The same label of the same reader is one; after /forget it has no name."""
    assert store.labels.add(1, "cut", subscriber_id=1, now=NOW)
    assert not store.labels.add(1, "cut", subscriber_id=1, now=NOW)
    assert store.labels.add(1, "title", subscriber_id=1, now=NOW)
    assert not store.labels.add(999, "cut", subscriber_id=1, now=NOW)
    store.db.execute("DELETE FROM subscribers WHERE id = 1")
    newest, label = store.labels.all()
    assert (newest.kind, label.kind) == ("title", "cut")
    assert label.lines == ((1, 2),) and label.title in label.page_text and label.source.endswith("01.txt")


def test_the_last_vote_of_a_day_counts(store: Store) -> None:
    """One reader, one day, one thumb."""
    for up in (True, False, True):
        store.labels.vote(DAY, up=up, subscriber_id=1, now=NOW)
    store.labels.vote(DAY, up=False, subscriber_id=2, now=NOW)
    assert store.labels.votes(DAY) == (1, 1) and store.labels.votes(DAY + timedelta(days=1)) == (0, 0)


def test_a_session_is_its_chats_own_and_ages(store: Store) -> None:
    """Another chat, or a week later: nothing; sweeping removes the old."""
    first = store.searches.start(1000, "理发", upto=9, now=NOW)
    found = store.searches.session(first, chat_id=1000, now=NOW)
    assert found is not None and (found.query, found.upto) == ("理发", 9)
    assert store.searches.session(first, chat_id=2000, now=NOW) is None
    late = NOW + timedelta(days=8)
    assert store.searches.session(first, chat_id=1000, now=late) is None
    second = store.searches.start(1000, "x", upto=9, now=late)
    assert second > first and store.db.value("SELECT count(*) FROM search_sessions") == 1


def test_a_question_is_answered_once_and_in_time(store: Store) -> None:
    """The next text of the same person in the same chat, within ten minutes."""
    store.searches.ask(1000, 5, "hour", now=NOW)
    assert store.searches.answered(1000, 6, now=NOW) is None
    found = store.searches.answered(1000, 5, now=NOW)
    assert found is not None and found.kind == "hour"
    assert store.searches.answered(1000, 5, now=NOW) is None
    store.searches.ask(1000, 5, "hour", now=NOW)
    assert store.searches.answered(1000, 5, now=NOW + timedelta(minutes=11)) is None


def test_searches_are_counted_without_a_name(store: Store) -> None:
    """By month; long pastes are cut."""
    store.searches.count("理发", found=3, now=NOW)
    store.searches.count("理发", found=0, now=NOW)
    store.searches.count("长" * 500, found=0, now=NOW)
    rows = store.db.rows("SELECT * FROM search_counts ORDER BY words")
    assert tuple(rows[0]) == ("2026-03", "理发", 2, 1) and len(rows[1]["words"]) == 100
