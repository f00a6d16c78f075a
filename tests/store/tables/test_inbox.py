"""store/tables/inbox.py: updates as rows, and their states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from store.database import Store
from store.models.inbox import Arrived
from tests.bot.fakes import NOON


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty database."""
    with Store() as opened:
        yield opened


def update(number: int, queue: int = 7, *, body: str = "", asks: bool = True) -> Arrived:
    """An update of a chat."""
    return Arrived(number, queue, body or f'{{"update_id": {number}}}', asks)


def test_update_told_twice_is_kept_once_also_when_it_is_done(store: Store) -> None:
    """Telegram tells again what it does not know to be confirmed."""
    assert store.inbox.keep([update(1), update(2)], NOON) == 2
    [first] = store.inbox.take(9, NOON)
    assert store.inbox.keep([update(1)], NOON) == 0
    store.inbox.take(0, NOON, settled=[first.id])
    assert store.inbox.keep([update(1), update(2)], NOON) == 0
    assert store.inbox.waiting() == 1


def test_number_used_again_for_another_update_is_another_update(store: Store) -> None:
    """After a week of silence Telegram numbers anew; nobody's words are taken for old ones."""
    store.inbox.keep([update(1)], NOON)
    [first] = store.inbox.take(9, NOON)
    store.inbox.take(0, NOON, settled=[first.id])
    assert store.inbox.keep([update(1, body='{"update_id": 1, "other": 1}')], NOON) == 1
    assert store.inbox.waiting() == 1


def test_one_chat_has_one_turn_at_a_time_in_its_order(store: Store) -> None:
    """Others do not wait for it."""
    store.inbox.keep([update(1), update(2), update(3, 8)], NOON)
    taken = store.inbox.take(9, NOON)
    assert [(one.queue, one.body) for one in taken] == [(7, '{"update_id": 1}'), (8, '{"update_id": 3}')]
    assert store.inbox.take(9, NOON, busy=[7, 8]) == []
    [second] = store.inbox.take(9, NOON, busy=[8], settled=[taken[0].id])
    assert second.body == '{"update_id": 2}'


def test_what_one_chat_sends_beyond_its_share_is_counted_in_one_row(store: Store) -> None:
    """Twenty wait, eighty are counted; another chat, and what asks nothing, is kept all the same."""
    store.inbox.keep([update(number) for number in range(1, 101)], NOON)
    store.inbox.keep([update(101, 8), update(102, asks=False)], NOON)
    states = [(row["state"], row["dropped"]) for row in store.db.rows("SELECT * FROM inbox ORDER BY id")]
    assert states[:20] == [("waiting", 0)] * 20 and states[20] == ("flooded", 80)
    assert states[21:100] == [("done", 0)] * 79 and states[100:] == [("waiting", 0)] * 2


def test_answer_under_way_at_the_end_of_a_process_is_in_doubt(store: Store) -> None:
    """What was not begun is done again, what was begun is not."""
    store.inbox.keep([update(1), update(2, 8)], NOON)
    first, second = store.inbox.take(9, NOON)
    store.inbox.answering(first.id)
    assert store.inbox.recover(NOON) == (2, 1)
    assert [one.state for one in store.inbox.take(9, NOON)] == ["unanswered", "waiting"]
    assert second.tries == 1


def test_put_off_waits_and_a_clock_that_went_back_does_not_make_it_wait_longer(store: Store) -> None:
    """At most the five minutes anything is put off for."""
    store.inbox.keep([update(1)], NOON)
    [first] = store.inbox.take(9, NOON)
    store.inbox.put_off(first.id, NOON + timedelta(minutes=1), unanswered=True)
    assert store.inbox.take(9, NOON) == []
    assert [one.state for one in store.inbox.take(9, NOON - timedelta(minutes=40))] == ["unanswered"]


def test_settled_row_holds_no_word_and_no_name_and_is_forgotten(store: Store) -> None:
    """Only a hash, for two days."""
    store.inbox.keep([update(1, body='{"update_id": 1, "text": "秘密"}')], NOON)
    [first] = store.inbox.take(9, NOON)
    store.inbox.take(0, NOON, settled=[first.id])
    row = store.db.row("SELECT body, queue FROM inbox")
    assert row is not None and tuple(row) == ("", 0)
    assert store.inbox.remove_known(NOON + timedelta(days=1)) == 0
    assert store.inbox.remove_known(NOON + timedelta(days=3)) == 1
