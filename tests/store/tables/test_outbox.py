"""store/tables/outbox.py, store/tables/mailings.py: rows and their states, without a sender."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.health import examine
from store.database import Store
from store.models import Button, Outcome, Part
from store.tables.mailings import MailingNotFound
from tests.bot.fakes import NOON, subscribe


@pytest.fixture
def store() -> Iterator[Store]:
    """Two subscribers, nothing else."""
    with Store() as opened:
        subscribe(opened, 1, NOON)
        subscribe(opened, 2, NOON)
        yield opened


def put(store: Store, subject: str, *parts: str, subscriber: int = 1, **options: object) -> int:
    """A notice; how many rows are new."""
    return store.outbox.enqueue(
        subscriber, "notice", subject, [Part(text) for text in parts], NOON, **options
    )  # type: ignore[arg-type]


def test_composed_message_comes_back_as_it_was(store: Store) -> None:
    """HTML, buttons, lines of buttons."""
    part = Part(
        "<b>头条</b>",
        ((Button("甲", data="1|a"), Button("乙", url="https://x.example/")), (Button("丙", data="2"),)),
    )
    mailing_id = store.mailings.put("notice", "x", [part, Part("第二条")], NOON)
    first, second = store.mailings.message_ids(mailing_id)
    assert store.mailings.message(first) == part and store.mailings.message(second) == Part("第二条")
    assert store.mailings.put("notice", "x", [Part("另")], NOON) == mailing_id, "what is there stays"
    with pytest.raises(MailingNotFound):
        store.mailings.message(999)


def test_same_subject_is_one_message_for_a_subscriber(store: Store) -> None:
    """And another one for another subscriber."""
    assert [
        put(store, "a", "一", "二"),
        put(store, "a", "一", "二"),
        put(store, "a", "一", subscriber=2),
    ] == [2, 0, 1]


def test_one_part_a_subscriber_is_offered_and_in_order(store: Store) -> None:
    """Part 2 only after part 1 is settled; the other subscriber does not wait."""
    put(store, "a", "一", "二")
    put(store, "b", "三", subscriber=2)
    mails = store.outbox.claim(store.outbox.next(NOON, 10), NOON)
    assert [(mail.chat_id, mail.part) for mail in mails] == [(1, 1), (2, 1)]
    assert store.outbox.next(NOON, 10) == []
    store.outbox.settle([Outcome(mails[0], "sent", telegram_id=5)], NOON)
    assert [(mail.chat_id, mail.part) for mail in store.outbox.next(NOON, 10)] == [(1, 2)]


def test_row_is_claimed_once(store: Store) -> None:
    """Two that read the same row: one gets it."""
    put(store, "a", "一")
    mails = store.outbox.next(NOON, 10)
    assert len(store.outbox.claim(mails, NOON)) == 1 and store.outbox.claim(mails, NOON) == []


def test_message_put_off_does_not_hold_back_what_is_due(store: Store) -> None:
    """An alert waits for the end of the quiet hours; the digest does not wait for the alert."""
    put(store, "later", "快讯", due_at=NOON + timedelta(hours=8))
    put(store, "now", "报摘")
    [mail] = store.outbox.next(NOON, 10)
    assert store.mailings.message(mail.message_id).html == "报摘"
    assert store.outbox.next_at() == NOON


def test_uncertain_part_is_resolved_by_its_reader_only(store: Store) -> None:
    """ "I have it", or "once more"; nobody else's."""
    for subject in ("a", "b"):
        put(store, subject, "一")
        [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
        store.outbox.settle([Outcome(mail, "uncertain", reason="reset")], NOON)
    second, first = store.outbox.uncertain_for(1)
    assert store.outbox.uncertain_for(2) == [] and len(store.outbox.uncertain()) == 2
    assert not store.outbox.send_again(first.outbox_id, NOON, subscriber_id=2)
    assert store.outbox.send_again(first.outbox_id, NOON, subscriber_id=1)
    assert store.outbox.arrived(second.outbox_id, NOON, subscriber_id=1)
    assert not store.outbox.arrived(second.outbox_id, NOON, subscriber_id=1), "pressed twice"
    counts = store.outbox.counts()
    assert (counts.waiting, counts.sent, counts.uncertain) == (1, 1, 0)


def test_outcome_of_a_forgotten_subscriber_is_nothing(store: Store) -> None:
    """/forget while the message is under way."""
    put(store, "a", "一")
    [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
    store.subscribers.forget(1)
    store.outbox.settle([Outcome(mail, "sent", telegram_id=5)], NOON)
    assert store.outbox.counts().sent == 0


def test_outcomes_are_written_all_or_none(store: Store) -> None:
    """A broken one in the middle takes the others with it: they are kept and written again."""
    put(store, "a", "一")
    put(store, "b", "二", subscriber=2)
    first, second = store.outbox.claim(store.outbox.next(NOON, 2), NOON)
    broken = Outcome(replace(second, id=object()), "sent", telegram_id=1)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="type"):
        store.outbox.settle([Outcome(first, "sent", telegram_id=5), broken], NOON)
    assert store.outbox.counts().sending == 2


def test_old_settled_rows_are_removed_and_uncertain_ones_kept(store: Store) -> None:
    """Ninety days later."""
    for subject, state in (("a", "sent"), ("b", "uncertain")):
        put(store, subject, "一")
        [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
        store.outbox.settle([Outcome(mail, state, telegram_id=5)], NOON)  # type: ignore[arg-type]
    assert store.outbox.remove_settled(NOON) == 0
    assert store.outbox.remove_settled(NOON + timedelta(days=1)) == 1
    assert store.outbox.counts().uncertain == 1
    assert store.mailings.remove_unused(NOON + timedelta(days=1)) == 1


def test_counts_follow_every_change_of_a_row(store: Store) -> None:
    """Added, twice put, claimed, sent, removed with its subscriber."""
    put(store, "a", "一", "二")
    put(store, "a", "一", "二")
    put(store, "b", "三", subscriber=2)
    assert store.outbox.counts().waiting == 3
    mails = store.outbox.claim(store.outbox.next(NOON, 10), NOON)
    store.outbox.settle([Outcome(mails[0], "sent", telegram_id=1)], NOON)
    counts = store.outbox.counts()
    assert (counts.waiting, counts.sending, counts.sent) == (1, 1, 1)
    store.db.execute("DELETE FROM subscribers WHERE id = 1")
    counts = store.outbox.counts()
    assert (counts.waiting, counts.sending, counts.sent) == (0, 1, 0)


def test_health_and_start_never_scan_the_outbox(store: Store) -> None:
    """Every statement on the outbox goes through an index: a start, and /health each minute, with millions of rows."""
    asked: list[str] = []
    store.db.raw.set_trace_callback(asked.append)
    examine(store, NOON)
    store.outbox.recover(NOON)
    store.outbox.uncertain()
    store.outbox.in_flight()
    store.outbox.oldest_waiting()
    store.db.raw.set_trace_callback(None)
    plans = {
        sql: [row["detail"] for row in store.db.rows(f"EXPLAIN QUERY PLAN {sql}")]
        for sql in asked
        if "outbox" in sql
    }
    assert len(plans) >= 4
    for sql, steps in plans.items():
        assert not [
            step for step in steps if step.startswith("SCAN outbox") and step != "SCAN outbox_counts"
        ], (
            sql,
            steps,
        )
    assert any(
        "USING COVERING INDEX outbox_state (state=?)" in step for steps in plans.values() for step in steps
    )


def test_health_costs_the_same_with_a_thousand_times_the_rows(store: Store) -> None:
    """Steps of SQLite's virtual machine, counted."""

    def steps() -> int:
        counted = [0]

        def count() -> int:
            counted[0] += 1
            return 0

        store.db.raw.set_progress_handler(count, 1)
        store.outbox.counts()
        store.outbox.recover(NOON)
        store.db.raw.set_progress_handler(None, 0)
        return counted[0]

    put(store, "a", "一")
    few = steps()
    store.db.execute(
        "INSERT INTO outbox (subscriber_id, mailing_id, kind, part, message_id, state, due_at, again_at)"
        " WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " SELECT subscriber_id, mailing_id, kind, i, message_id, 'sent', due_at, again_at FROM outbox, n"
    )
    assert store.outbox.counts().sent == 999
    assert steps() <= few + 10
