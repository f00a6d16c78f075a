"""Events move with their articles, end by themselves, and remind those who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from store.database import Store
from tests.digests.newsroom import DAY, parsed, put

NOW = datetime(2024, 7, 15, 1, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store() as opened:
        yield opened


def sentences(store: Store, day: date = DAY) -> list[str]:
    """What is ahead on a day."""
    return [event.found.text for event in store.calendar.ahead(day)]


def test_notices_become_rows_by_date_and_end_by_themselves(store: Store) -> None:
    """Nobody removes what is over; it is not asked for any more."""
    put(store, parsed("通知", "7月20日，东湖路停水。", "7月17日，柳巷停电。"))
    assert sentences(store) == ["7月17日，柳巷停电。", "7月20日，东湖路停水。"]
    assert sentences(store, date(2024, 7, 18)) == ["7月20日，东湖路停水。"]
    assert sentences(store, date(2024, 7, 21)) == []


def test_correction_moves_the_event_and_keeps_its_id(store: Store) -> None:
    """Whoever wanted to be reminded of it still will be."""
    put(store, parsed("停水通知", "因检修，7月20日，东湖路停水。"))
    (before,) = store.calendar.ahead(DAY)
    put(store, parsed("停水通知", "因检修，7月22日，东湖路停水。"))
    (after,) = store.calendar.ahead(DAY)
    assert after.id == before.id
    assert after.found.first == date(2024, 7, 22)


def test_article_taken_out_takes_its_events_along(store: Store) -> None:
    """A page read anew without the notice."""
    put(store, parsed("停水通知", "因检修，7月20日，东湖路停水。"))
    put(store, parsed("古槐挂牌", "村口的老槐树挂上了名牌，孩子们围着看。"))
    assert sentences(store) == []


def test_reminder_is_kept_once_and_knows_when_its_event_is_gone(store: Store) -> None:
    """The second wish replaces the first."""
    reader = store.subscribers.seen(7, "zh", NOW)
    put(store, parsed("停水通知", "因检修，7月20日，东湖路停水。"))
    (event,) = store.calendar.ahead(DAY)
    store.calendar.remind(reader.id, event, lead="hour", now=NOW)
    store.calendar.remind(reader.id, event, lead="evening", now=NOW + timedelta(minutes=1))
    (kept,) = store.calendar.reminders()
    assert (kept.lead, kept.event) == ("evening", event)
    put(store, parsed("古槐挂牌", "村口的老槐树挂上了名牌，孩子们围着看。"))
    (kept,) = store.calendar.reminders(reader.id)
    assert kept.event is None
    assert store.calendar.forget_reminder(reader.id, kept.event_id)
    assert not store.calendar.forget_reminder(reader.id, kept.event_id)


def test_articles_from_before_the_calendar_are_looked_through(store: Store) -> None:
    """An older database has no rows of notices it holds."""
    put(store, parsed("停水通知", "因检修，7月20日，东湖路停水。"))
    store.db.execute("DELETE FROM events")
    store.db.execute("INSERT INTO calendar_backlog SELECT id FROM articles")
    assert store.calendar.work_off() == 1
    assert sentences(store) == ["因检修，7月20日，东湖路停水。"]
    assert store.calendar.work_off() == 0
