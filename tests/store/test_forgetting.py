"""After /forget no table holds the reader's words: every table is looked through, whatever was added to the schema."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.arrivals.alerts import after_ingest
from bot.delivery.planner import Planner
from bot.delivery.sender import KEPT, _sweep
from bot.messages.digest import compose_digest
from digests.day.builder import build_day, build_delivery, build_weekly
from store.database import Store
from store.models import Digest, Outcome, Part, Profile, Timetable
from store.tables.personal import everything, forget
from tests.bot.fakes import NOON, add_page, missed_line, subscribe

WORD = "鸬鹚湾"
"""What the reader follows, and what nobody else ever wrote; the paper knows it as a headline."""
ANONYMOUS = {"search_counts"}
"""Counts without a name (docs/bot.md)."""
CHAT, OTHER = 41041, 52052


def holding(store: Store, word: str) -> set[str]:
    """The tables with a row that holds the word."""
    names = [
        row["name"] for row in store.db.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    ]
    return {
        name
        for name in names
        for row in store.db.rows(f'SELECT * FROM "{name}"')
        if any(word in str(value) for value in tuple(row))
    }


def send_everything(store: Store, now: datetime) -> None:
    """Every row that waits is sent, in order."""
    while mails := store.outbox.claim(store.outbox.next(now, 20), now):
        store.outbox.settle([Outcome(mail, "sent", telegram_id=mail.id) for mail in mails], now)


def a_reader_of_many_words(store: Store) -> datetime:
    """One who follows, mutes, searches, is rung for, promised, sent digests, and has changed settings since."""
    today = (NOON + timedelta(hours=8)).date()
    first = add_page(store, today, 1, ["甲", "乙"], NOON)
    profile = Profile(follows=(f"{WORD} 水库",), mutes=(f"{WORD} 讣告",), places=(WORD,))
    reader = subscribe(store, CHAT, NOON, profile=profile, timetable=Timetable(weekly=True))
    subscribe(store, OTHER, NOON)
    store.follows.set_alert(reader, f"{WORD} 水库", True)
    store.follows.note_alert(reader, first[0], rule=WORD, local_day=today, cap=3, now=NOON)
    store.labels.add(first[0], "cut", subscriber_id=reader, now=NOON)
    store.labels.vote(today, up=True, subscriber_id=reader, now=NOON)
    store.promises.make(reader, f"{WORD} 渡船", after=first[1], now=NOON)
    store.searches.count(WORD, found=0, now=NOON)
    store.searches.start(CHAT, WORD, upto=2, now=NOON)
    store.searches.ask(CHAT, CHAT, WORD, now=NOON)
    store.outbox.enqueue(reader, "alert", f"article {first[0]} rule {WORD}", [Part(f"{WORD}有消息")], NOON)

    def spoken(digest: Digest, **options: Any) -> tuple[Part, ...]:
        because = () if digest.profile_key == Profile().key else (Part(f"因为你关注{WORD}"),)
        return (*compose_digest(digest, **options), *because)

    planner = Planner(build_delivery, spoken, missed_line, lambda: "bot", build_weekly=build_weekly)
    now = NOON
    for day in (1, 5):  # the fifth is a Sunday, with the week's review
        now = NOON + timedelta(days=day)
        add_page(store, today + timedelta(days=day), 1, [f"{day}之一", f"{day}之二"], now)
        planner.plan(store, now)
        send_everything(store, now)
    build_day(store, today, profile=profile, papers=("河湾日报",), now=now)
    after_ingest(store, [1, 2], now)
    changed = store.subscribers.by_chat(CHAT)
    assert changed is not None
    store.subscribers.save(replace(changed, profile=Profile(follows=(f"{WORD} 鱼市",))), now)
    return now


def test_forget_leaves_none_of_the_readers_words_in_any_table() -> None:
    """Rules, searches, messages, digests made for them alone; nor the chat's id."""
    with Store() as store:
        a_reader_of_many_words(store)
        filled = holding(store, WORD)
        assert {
            "profile_choices", "follow_alerts", "alerts", "promises", "search_sessions", "questions", "mailings",
            "digest_messages",
        } <= filled  # fmt: skip
        assert store.db.value("SELECT count(*) FROM digests WHERE kind = 'weekly'")
        assert forget(store.db, CHAT)
        assert holding(store, WORD) <= ANONYMOUS and holding(store, str(CHAT)) == set()
        keys = {row["profile_key"] for row in store.db.rows("SELECT profile_key FROM digests")}
        assert keys == {Profile().key}, "digests made for the reader's settings are gone, the others' stay"
        assert store.subscribers.by_chat(OTHER) is not None
        assert store.db.value("SELECT count(*) FROM outbox")
        assert store.db.rows("PRAGMA foreign_key_check") == []


def test_forget_finds_what_was_sent_long_ago() -> None:
    """Rows of sent messages are swept after ninety days: the messages go with them, and so does what is for one reader."""
    with Store() as store:
        now = a_reader_of_many_words(store) + KEPT + timedelta(days=1)
        store.outbox.remove_settled(now - KEPT)
        assert not store.db.value("SELECT count(*) FROM outbox")
        assert "mailings" in everything(store.db, CHAT), "/mydata shows messages whose rows are gone"
        assert forget(store.db, CHAT)
        assert holding(store, WORD) <= ANONYMOUS


def test_sweep_takes_messages_that_nothing_refers_to() -> None:
    """After ninety days there is neither row nor message, for anybody; what still waits keeps its message."""
    with Store() as store:
        now = a_reader_of_many_words(store)
        reader = store.subscribers.by_chat(CHAT)
        assert reader is not None
        store.outbox.enqueue(reader.id, "notice", "waits", [Part("还在等")], now)
        _sweep(store, now)
        assert store.db.value("SELECT count(*) FROM mailings") > 1
        _sweep(store, now + timedelta(days=1))
        assert [row["html"] for row in store.db.rows("SELECT html FROM digest_messages")] == ["还在等"]


def test_what_another_reader_was_sent_stays() -> None:
    """Two readers with equal rules share a digest; one of them goes."""
    with Store() as store:
        today = (NOON + timedelta(hours=8)).date()
        for chat in (CHAT, OTHER):
            subscribe(store, chat, NOON, profile=Profile(follows=(WORD,)))
        add_page(store, today, 1, ["甲"], NOON)
        now = NOON + timedelta(days=1)
        Planner(build_delivery, compose_digest, missed_line, lambda: "bot").plan(store, now)
        other = store.subscribers.by_chat(OTHER)
        assert other is not None
        store.subscribers.save(replace(other, profile=Profile()), now)
        forget(store.db, CHAT)
        [mail] = store.outbox.next(now, 5)
        assert mail.chat_id == OTHER and "甲" in store.mailings.message(mail.message_id).html
        assert store.db.value("SELECT count(*) FROM digests") == 1
