"""store/tables/subscribers.py, store/tables/personal.py: who gets digests, with which settings; what is known of a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from store.database import Store
from store.errors import SubscriberNotFound
from store.models import Part, Profile, Subscriber, Timetable
from tests.bot.fakes import NOON, add_page, subscribe

TODAY = date(2026, 3, 10)


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty database."""
    with Store() as opened:
        yield opened


def reader(store: Store, chat_id: int = 1) -> Subscriber:
    """The subscriber of a chat, who is there."""
    found = store.subscribers.by_chat(chat_id)
    assert found is not None
    return found


def test_chat_that_only_spoke_gets_no_digest(store: Store) -> None:
    """Seen, not subscribed."""
    seen = store.subscribers.seen(1, "en", NOON, timetable=Timetable(time_zone="Asia/Tokyo"))
    assert (seen.active, seen.next_due_at, seen.language, seen.timetable.time_zone) == (
        False,
        None,
        "en",
        "Asia/Tokyo",
    )
    assert store.subscribers.by_chat(2) is None
    with pytest.raises(SubscriberNotFound):
        store.subscribers.subscribe(2, NOON)


def test_first_digest_covers_the_latest_edition(store: Store) -> None:
    """Yesterday's pages are read already, today's are new."""
    add_page(store, TODAY - timedelta(days=1), 1, ["昨天"], NOON)
    [first, *_] = add_page(store, TODAY, 1, ["今天甲", "今天乙"], NOON)
    subscribe(store, 1, NOON)
    assert reader(store).delivered_upto == first - 1


def test_coming_back_the_same_day_repeats_nothing(store: Store) -> None:
    """Unsubscribed after today's digest and subscribed again: it is not sent again."""
    add_page(store, TODAY, 1, ["今天"], NOON)
    subscribe(store, 1, NOON)
    store.db.execute("UPDATE subscribers SET delivered_upto = 1, done_day = '2026-03-10', done_count = 1")
    store.subscribers.unsubscribe(1, NOON)
    assert reader(store).next_due_at is None
    again = store.subscribers.subscribe(1, NOON)
    assert again.delivered_upto == 1 and again.next_due_at == datetime.fromisoformat("2026-03-10T23:30+00:00")


def test_settings_are_kept_as_they_were_saved(store: Store) -> None:
    """Every field, in columns that can be read."""
    subscribe(store, 1, NOON)
    wanted = replace(
        reader(store),
        language="en",
        silent=True,
        late="edit",
        profile=Profile(("河湾日报",), ("河湾县",), ("水库 -培训",), ("讣告",), "detailed", "place", True),
        timetable=Timetable(
            "Europe/Berlin",
            (time(6, 45), time(19)),
            "chosen",
            (0, 4),
            True,
            time(22),
            time(7),
            date(2026, 4, 1),
        ),
    )
    saved = store.subscribers.save(wanted, NOON)
    assert replace(saved, next_due_at=wanted.next_due_at) == wanted
    row = store.db.row("SELECT hour, second_hour, weekdays, paused_until FROM subscribers")
    assert row is not None and tuple(row) == ("06:45", "19:00", "Mon Fri", "2026-04-01")


def test_equal_settings_are_one_row_until_nobody_has_them(store: Store) -> None:
    """Planning groups by them."""
    for chat in (1, 2):
        subscribe(store, chat, NOON, profile=Profile(places=("河湾县", "清溪县")))
    store.subscribers.save(replace(reader(store, 2), profile=Profile(places=("清溪县", "河湾县"))), NOON)
    assert store.db.value("SELECT count(DISTINCT profile_key) FROM subscribers") == 1
    store.subscribers.forget(1)
    store.subscribers.forget(2)
    assert store.db.value("SELECT count(*) FROM profiles") == 0


def test_stale_record_does_not_set_delivery_back(store: Store) -> None:
    """A settings keyboard opened before the digest was planned."""
    subscribe(store, 1, NOON)
    stale = reader(store)
    store.db.execute("UPDATE subscribers SET delivered_upto = 7")
    assert store.subscribers.save(replace(stale, silent=True), NOON).delivered_upto == 7


def test_gone_reader_is_reached_again_when_they_speak(store: Store) -> None:
    """Blocked, then back: still subscribed, with a next digest."""
    subscribe(store, 1, NOON)
    store.subscribers.gone(1, "bot was blocked by the user", NOON)
    assert not reader(store).reached and reader(store).next_due_at is None
    back = store.subscribers.seen(1, "zh", NOON)
    assert back.reached and back.active and back.next_due_at is not None


@pytest.mark.parametrize("subscribed", [1, -100])
def test_moved_group_keeps_whichever_is_subscribed(store: Store, subscribed: int) -> None:
    """The new id may have spoken before the old one was told."""
    for chat in (1, -100):
        store.subscribers.seen(chat, "zh", NOON)
    store.subscribers.subscribe(subscribed, NOON)
    store.subscribers.migrate(1, -100)
    assert store.subscribers.by_chat(1) is None and reader(store, -100).active
    store.subscribers.migrate(1, -100)  # a repeated update changes nothing
    assert store.subscribers.count() == 1


def test_forget_leaves_no_trace_and_others_alone(store: Store) -> None:
    """Every table, found by the schema itself."""
    for chat in (41041, 52052):
        subscribe(store, chat, NOON, profile=Profile(follows=(f"词{chat}",)))
        store.outbox.enqueue(reader(store, chat).id, "promise", f"words {chat}", [Part(f"给{chat}")], NOON)
    store.follows.set_alert(reader(store, 41041).id, "词41041", True)
    everything = json.dumps(store.subscribers.everything(41041), ensure_ascii=False)
    assert (
        all(word in everything for word in ("词41041", "给41041", "follow_alerts"))
        and "52052" not in everything
    )
    assert store.subscribers.forget(41041)
    dump = "\n".join(store.db.raw.iterdump())
    assert "41041" not in dump and "52052" in dump
    assert store.subscribers.everything(41041) == {} and not store.subscribers.forget(41041)
