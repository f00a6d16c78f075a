"""The subscribers table: who gets digests, with which settings, and when the next one is promised.

What they get is planned in store/tables/planning.py; what is sent, in store/tables/outbox.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from store.connection import Connection
from store.errors import SubscriberNotFound
from store.instants import maybe_day, maybe_instant, to_instant, to_text
from store.models import Slot, Subscriber, Timetable
from store.models.delivery import Due
from store.models.subscribers import TRADITIONAL, Late
from store.tables import personal
from store.tables.profiles import Profiles
from store.tables.subscriber_rows import (
    TIMETABLE_COLUMNS,
    language_of,
    language_values,
    pending_slot,
    timetable_of,
    timetable_values,
)
from store.timetable import following, local_day, rescheduled

_DUE_COLUMNS = (
    "id, language, traditional, late, profile_key, delivered_upto, promised_at, next_due_day, next_due_number, revision, "
    + TIMETABLE_COLUMNS
)


class Subscribers:
    """Subscribers as records."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.profiles = Profiles(db)

    def by_chat(self, chat_id: int) -> Subscriber | None:
        """The subscriber of a chat, or None when the chat never spoke to the bot."""
        row = self._db.row("SELECT * FROM subscribers WHERE chat_id = ?", [chat_id])
        return None if row is None else self._record(row)

    def get(self, subscriber_id: int) -> Subscriber | None:
        """The subscriber with this id, or None when it was removed."""
        row = self._db.row("SELECT * FROM subscribers WHERE id = ?", [subscriber_id])
        return None if row is None else self._record(row)

    def all(self) -> Iterator[Subscriber]:
        """All subscribers by id."""
        return (self._record(row) for row in self._db.rows("SELECT * FROM subscribers ORDER BY id"))

    def count(self, *, active: bool = False) -> int:
        """How many there are; with `active` only those who get digests."""
        where = "WHERE active = 1 AND reached = 1" if active else ""
        return int(self._db.value(f"SELECT count(*) FROM subscribers {where}"))

    def seen(
        self, chat_id: int, language: str, now: datetime, *, timetable: Timetable | None = None
    ) -> Subscriber:
        """The chat spoke: its subscriber, created inactive with `timetable` at first, and reachable from now on."""
        known = self.by_chat(chat_id)
        if known is not None and known.reached:
            return known
        with self._db.transaction():
            if known is None:
                fresh = Subscriber(0, chat_id, language=_spoken(language))
                self._insert(replace(fresh, timetable=timetable or Timetable()), now)
            else:
                self._db.execute(
                    "UPDATE subscribers SET reached = 1, unreached_reason = '', revision = revision + 1 WHERE id = ?",
                    [known.id],
                )
                if known.active:
                    self._start(known, now)
        return self._must(chat_id)

    def returned(self, chat_id: int, now: datetime) -> None:
        """The chat lets us in again: whoever was subscribed is served from now on. A chat never `seen` stays unknown."""
        known = self.by_chat(chat_id)
        if known is not None:
            self.seen(chat_id, known.language, now)

    def subscribe(self, chat_id: int, now: datetime) -> Subscriber:
        """Send digests to this chat from its next hour on; the first covers the latest edition.

        Raises SubscriberNotFound when the chat was never `seen`. Subscribing twice changes nothing.
        """
        known = self._must(chat_id)
        if known.active and known.reached:
            return known
        with self._db.transaction():
            self._db.execute(
                "UPDATE subscribers SET active = 1, reached = 1, unreached_reason = '',"
                " subscribed_at = coalesce(subscribed_at, ?), revision = revision + 1 WHERE id = ?",
                [to_text(now), known.id],
            )
            self._start(known, now)
        return self._must(chat_id)

    def unsubscribe(self, chat_id: int, now: datetime) -> Subscriber:
        """Send nothing more by itself; the settings stay. What waits in the outbox is dropped."""
        known = self._must(chat_id)
        with self._db.transaction():
            self._stop(known.id, "active = 0", now, "unsubscribed")
        return self._must(chat_id)

    def save(self, subscriber: Subscriber, now: datetime) -> Subscriber:
        """Write changed settings; the next promise is computed anew so that today is neither skipped nor doubled.

        What the record says of delivery itself (`delivered_upto`, `next_due_at`, `active`, `reached`) is not written.
        """
        with self._db.transaction():
            row = self._db.row("SELECT * FROM subscribers WHERE id = ?", [subscriber.id])
            if row is None:
                raise SubscriberNotFound(subscriber.chat_id)
            columns = self._settings(subscriber)
            self._db.execute(
                f"UPDATE subscribers SET {', '.join(f'{name} = ?' for name in columns)}, revision = revision + 1 WHERE id = ?",
                [*columns.values(), subscriber.id],
            )
            if row["active"] and row["reached"]:
                slot = rescheduled(
                    subscriber.timetable,
                    now,
                    pending=pending_slot(row),
                    done_day=maybe_day(row["done_day"]),
                    done_count=row["done_count"],
                )
                self._promise(subscriber.id, slot)
        return self._must(row["chat_id"])

    def gone(self, chat_id: int, reason: str, now: datetime | None = None) -> None:
        """Telegram says the chat cannot be reached; nothing is sent until it speaks again."""
        known = self.by_chat(chat_id)
        if known is None:
            return
        with self._db.transaction():
            self._db.execute(
                "UPDATE subscribers SET unreached_reason = ? WHERE id = ?", [reason[:200], known.id]
            )
            self._stop(known.id, "reached = 0", now or datetime.now(UTC), reason)

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: the subscriber moves to the new chat id, with all that waits.

        If the new id has spoken already, the one that is subscribed is kept.
        """
        with self._db.transaction():
            before, after = self.by_chat(old), self.by_chat(new)
            if before is None or old == new:
                return
            if after is not None:
                if after.active and not before.active:
                    self._db.execute("DELETE FROM subscribers WHERE id = ?", [before.id])
                    return
                self._db.execute("DELETE FROM subscribers WHERE id = ?", [after.id])
            self._db.execute(
                "UPDATE subscribers SET chat_id = ?, revision = revision + 1 WHERE id = ?", [new, before.id]
            )

    def forget(self, chat_id: int) -> bool:
        """Remove every row about the person; False when there was none."""
        return personal.forget(self._db, chat_id)

    def everything(self, chat_id: int) -> dict[str, Any]:
        """Every row about the person by table, for /mydata; {} when there is none."""
        return personal.everything(self._db, chat_id)

    def due(self, now: datetime, limit: int) -> list[Due]:
        """Who is due at `now`, the earliest first."""
        return [
            self._due(row)
            for row in self._db.rows(
                f"SELECT {_DUE_COLUMNS} FROM subscribers WHERE next_due_at <= ? ORDER BY next_due_at, id LIMIT ?",
                [to_text(now), limit],
            )
        ]

    def next_due_at(self) -> datetime | None:
        """When the next subscriber is due, or None."""
        return maybe_instant(
            self._db.value("SELECT min(next_due_at) FROM subscribers WHERE next_due_at IS NOT NULL")
        )

    def rewind(self, now: datetime) -> int:
        """The clock was found to have run ahead and is back: promises made by it are made anew; how many.

        Days "settled" that have not come yet count as never settled; `delivered_upto` keeps articles from repeating.
        """
        moved = 0
        with self._db.transaction():
            for row in self._db.rows("SELECT * FROM subscribers WHERE next_due_at IS NOT NULL"):
                subscriber = self._record(row)
                today = local_day(now, subscriber.timetable.time_zone)
                done_day, done_count = maybe_day(row["done_day"]), row["done_count"]
                if done_day is not None and done_day > today:
                    done_day, done_count = None, 0
                pending = pending_slot(row)
                slot = (
                    pending
                    if pending is not None and pending.at <= now
                    else following(subscriber.timetable, now, done_day=done_day, done_count=done_count)
                )
                if slot is not None and slot.at < to_instant(row["next_due_at"]):
                    self._db.execute(
                        "UPDATE subscribers SET done_day = ?, done_count = ?, revision = revision + 1 WHERE id = ?",
                        [done_day.isoformat() if done_day else None, done_count, subscriber.id],
                    )
                    self._promise(subscriber.id, slot)
                    moved += 1
        return moved

    def look_again(self, now: datetime) -> int:
        """The clock was set back: promises that have come and were put off are looked at now; how many."""
        return self._db.execute(
            "UPDATE subscribers SET next_due_at = ? WHERE next_due_at > ? AND promised_at <= ?",
            [to_text(now), to_text(now), to_text(now)],
        ).rowcount

    def _start(self, known: Subscriber, now: datetime) -> None:
        """From now on: the latest edition counts as new, older ones as read; a digest had already is not repeated."""
        upto = max(known.delivered_upto, self._before_latest_edition(now))
        self._db.execute("UPDATE subscribers SET delivered_upto = ? WHERE id = ?", [upto, known.id])
        row = self._db.row("SELECT done_day, done_count FROM subscribers WHERE id = ?", [known.id])
        assert row is not None
        slot = following(
            known.timetable, now, done_day=maybe_day(row["done_day"]), done_count=row["done_count"]
        )
        self._promise(known.id, slot)

    def _before_latest_edition(self, now: datetime) -> int:
        tomorrow = (
            (now + timedelta(days=1)).date().isoformat()
        )  # a page misdated into the future is not the latest
        first = self._db.value(
            "SELECT min(articles.id) FROM articles JOIN pages ON pages.id = articles.page_id"
            " JOIN editions ON editions.id = pages.edition_id"
            " WHERE editions.day = (SELECT max(day) FROM editions WHERE day <= ?)",
            [tomorrow],
        )
        return int(first) - 1 if first is not None else 0

    def _stop(self, subscriber_id: int, change: str, now: datetime, reason: str) -> None:
        self._db.execute(
            f"UPDATE subscribers SET {change}, next_due_at = NULL, promised_at = NULL, next_due_day = NULL,"
            " revision = revision + 1 WHERE id = ?",
            [subscriber_id],
        )
        give_back(self._db, [subscriber_id])
        self._db.execute(
            "UPDATE outbox SET state = 'expired', settled_at = ?, reason = ? WHERE subscriber_id = ? AND state = 'waiting'",
            [to_text(now), reason[:200], subscriber_id],
        )

    def _promise(self, subscriber_id: int, slot: Slot | None) -> None:
        at = to_text(slot.at) if slot else None
        self._db.execute(
            "UPDATE subscribers SET promised_at = ?, next_due_at = ?, next_due_day = ?, next_due_number = ? WHERE id = ?",
            [at, at, slot.day.isoformat() if slot else None, slot.number if slot else 0, subscriber_id],
        )

    def _insert(self, subscriber: Subscriber, now: datetime) -> None:
        columns = {
            "chat_id": subscriber.chat_id,
            "first_seen_at": to_text(now),
            **self._settings(subscriber),
        }
        marks = ", ".join("?" * len(columns))
        self._db.execute(
            f"INSERT INTO subscribers ({', '.join(columns)}) VALUES ({marks})", list(columns.values())
        )

    def _settings(self, subscriber: Subscriber) -> dict[str, Any]:
        return {
            **language_values(subscriber.language),
            "silent": int(subscriber.silent),
            "late": subscriber.late,
            "profile_key": self.profiles.put(subscriber.profile),
            **timetable_values(subscriber.timetable),
        }

    def _must(self, chat_id: int) -> Subscriber:
        found = self.by_chat(chat_id)
        if found is None:
            raise SubscriberNotFound(chat_id)
        return found

    def _record(self, row: sqlite3.Row) -> Subscriber:
        return Subscriber(
            id=row["id"],
            chat_id=row["chat_id"],
            language=language_of(row),
            active=bool(row["active"]),
            reached=bool(row["reached"]),
            silent=bool(row["silent"]),
            late=cast(Late, row["late"]),
            profile=self.profiles.get(row["profile_key"]),
            timetable=timetable_of(row),
            delivered_upto=row["delivered_upto"],
            next_due_at=maybe_instant(row["next_due_at"]),
            subscribed_at=maybe_instant(row["subscribed_at"]),
        )

    def _due(self, row: sqlite3.Row) -> Due:
        slot = pending_slot(row)
        assert slot is not None, "a promise stands whenever next_due_at does"
        return Due(
            subscriber_id=row["id"],
            language=language_of(row),
            profile_key=row["profile_key"],
            after=row["delivered_upto"],
            slot=slot,
            timetable=timetable_of(row),
            revision=row["revision"],
        )


def _spoken(language: str) -> str:
    return "en" if language.startswith("en") else TRADITIONAL if language == TRADITIONAL else "zh"


def give_back(db: Connection, subscriber_ids: list[int]) -> None:
    """Digests of which nothing was sent yet are taken back: their articles belong to the subscriber's next digest.

    Called in the transaction that ends the waiting rows.
    """
    for subscriber_id in subscriber_ids:
        db.execute(
            "UPDATE subscribers SET delivered_upto = min(delivered_upto, coalesce((SELECT min(after_article_id)"
            " FROM unbegun WHERE subscriber_id = subscribers.id AND state = 'waiting'), delivered_upto)) WHERE id = ?",
            [subscriber_id],
        )
