"""Plans become rows: a subscriber's outbox rows, the end of what was delivered and the next promise, in one transaction.

So every article is in exactly one digest of a subscriber, whatever happens between two transactions. Which plan it
should be is decided in bot/delivery/due.py and carried out in bot/delivery/planner.py.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from store.connection import Connection
from store.instants import to_text
from store.models.delivery import Due, Overdue, Plan
from store.tables.mailings import Mailings
from store.tables.subscriber_rows import TIMETABLE_COLUMNS, language_of, timetable_of
from store.tables.subscribers import Subscribers, give_back

HEALED = "nobody knows whether it arrived; its articles are in a later digest"
_INSERT = """
    INSERT INTO outbox (subscriber_id, mailing_id, digest_id, kind, part, message_id, due_at, again_at, silent)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET state = 'waiting', mailing_id = excluded.mailing_id, message_id = excluded.message_id,
        due_at = excluded.due_at, again_at = excluded.again_at, silent = excluded.silent, reason = ''
    WHERE outbox.state IN ('expired', 'failed') AND outbox.telegram_message_id IS NULL AND outbox.unsure = 0
"""
"""A digest taken back unsent and planned again is the same row again: that is what the unique key is for."""


class Planning:
    """Who is due, and what became of it."""

    def __init__(self, db: Connection, subscribers: Subscribers, mailings: Mailings) -> None:
        self._db = db
        self._subscribers = subscribers
        self._mailings = mailings

    def due(self, now: datetime, limit: int) -> list[Due]:
        """Who is due, the earliest first. A digest planned before and not begun yet counts as not planned: `after`
        is where it started, for the new one will hold its articles too."""
        found = self._subscribers.due(now, limit)
        ids = [due.subscriber_id for due in found]
        unbegun, doubtful = self._unbegun(ids), self._doubtful(ids)
        return [self._with(due, unbegun, doubtful) for due in found]

    @staticmethod
    def _with(
        due: Due, unbegun: dict[int, tuple[int, tuple[date, ...]]], doubtful: dict[int, list[sqlite3.Row]]
    ) -> Due:
        if due.subscriber_id in unbegun:
            first, days = unbegun[due.subscriber_id]
            due = replace(due, after=min(due.after, first), waiting_days=days)
        rows = doubtful.get(due.subscriber_id)
        if rows:
            due = replace(
                due,
                doubtful=tuple(row["id"] for row in rows),
                doubtful_days=tuple(sorted({date.fromisoformat(row["day"]) for row in rows})),
                doubtful_after=min(row["after_article_id"] for row in rows),
            )
        return due

    def apply(self, plans: Sequence[Plan], now: datetime, *, silent: frozenset[int] = frozenset()) -> int:
        """Write the plans down, all in one transaction; how many. A plan whose subscriber changed meanwhile is left
        out, it will be due again at the next tick. `silent` subscribers get theirs without a sound."""
        with self._db.transaction():
            ids = [plan.due.subscriber_id for plan in plans]
            rows = {
                row["id"]: row
                for row in self._db.rows(
                    "SELECT id, revision, delivered_upto FROM subscribers"
                    " WHERE id IN (SELECT value FROM json_each(?)) AND next_due_at IS NOT NULL",
                    [json.dumps(ids)],
                )
            }
            unbegun = self._unbegun(ids)
            in_doubt = {row["id"] for rows_ in self._doubtful(ids).values() for row in rows_}
            good = []
            for plan in plans:
                row = rows.get(plan.due.subscriber_id)
                if row is None or row["revision"] != plan.due.revision or not in_doubt.issuperset(plan.heals):
                    continue
                first, _ = unbegun.get(plan.due.subscriber_id, (row["delivered_upto"], ()))
                if min(row["delivered_upto"], first) == plan.due.after:
                    good.append(plan)
            self._heal([outbox_id for plan in good for outbox_id in plan.heals], now)
            self._absorb(
                [p.due.subscriber_id for p in good if p.due.subscriber_id in unbegun and p.upto is not None],
                now,
            )
            self._db.executemany(_INSERT, self._outbox_rows(good, now, silent))
            self._move(good)
        return len(good)

    def expire(self, subscriber_ids: Sequence[int], before: datetime, now: datetime) -> None:
        """End unsent digests promised before an instant; their articles go back to the subscribers' next digests."""
        with self._db.transaction():
            give_back(self._db, list(subscriber_ids))
            self._absorb(subscriber_ids, now, reason="too late to be of use")
            self._db.execute(
                "UPDATE outbox SET state = 'expired', settled_at = ?, reason = 'too late to be of use'"
                " WHERE state = 'waiting' AND kind IN ('alert', 'missed') AND due_at < ?",
                [to_text(now), to_text(before)],
            )

    def tell(self, mailings: Sequence[tuple[int, int, bool]], now: datetime) -> None:
        """Put the first message of a mailing into the outbox of each (subscriber, mailing, without a sound?), once."""
        at = to_text(now)
        self._db.executemany(
            "INSERT OR IGNORE INTO outbox (subscriber_id, mailing_id, kind, part, message_id, due_at, again_at, silent)"
            " SELECT ?, mailings.id, mailings.kind, 1, digest_messages.id, ?, ?, ? FROM mailings"
            " JOIN digest_messages ON digest_messages.mailing_id = mailings.id AND digest_messages.part = 1"
            " WHERE mailings.id = ?",
            [
                (subscriber_id, at, at, int(silent), mailing_id)
                for subscriber_id, mailing_id, silent in mailings
            ],
        )

    def overdue(self, before: datetime, limit: int) -> list[Overdue]:
        """Digests promised before an instant of which nothing was sent."""
        return [
            Overdue(row["subscriber_id"], language_of(row), date.fromisoformat(row["day"]), timetable_of(row))
            for row in self._db.rows(
                f"SELECT unbegun.subscriber_id, {TIMETABLE_COLUMNS}, subscribers.language, subscribers.traditional, unbegun.day FROM unbegun"
                " JOIN subscribers ON subscribers.id = unbegun.subscriber_id"
                " WHERE unbegun.state = 'waiting' AND unbegun.due_at < ? ORDER BY unbegun.due_at LIMIT ?",
                [to_text(before), limit],
            )
        ]

    def _unbegun(self, ids: Sequence[int]) -> dict[int, tuple[int, tuple[date, ...]]]:
        return {
            row["subscriber_id"]: (
                row["first"],
                tuple(date.fromisoformat(day) for day in sorted(str(row["days"]).split(","))),
            )
            for row in self._db.rows(
                "SELECT subscriber_id, min(after_article_id) AS first, group_concat(DISTINCT day) AS days FROM unbegun"
                " WHERE subscriber_id IN (SELECT value FROM json_each(?)) AND state = 'waiting' GROUP BY subscriber_id",
                [json.dumps(list(ids))],
            )
        }

    def _doubtful(self, ids: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        found: dict[int, list[sqlite3.Row]] = {}
        for row in self._db.rows(
            "SELECT outbox.id, outbox.subscriber_id, mailings.day, mailings.after_article_id"
            " FROM outbox INDEXED BY outbox_state JOIN mailings ON mailings.id = outbox.mailing_id"
            " WHERE outbox.state = 'uncertain' AND outbox.kind = 'digest'"
            " AND outbox.subscriber_id IN (SELECT value FROM json_each(?)) ORDER BY outbox.id",
            [json.dumps(list(ids))],
        ):
            found.setdefault(row["subscriber_id"], []).append(row)
        return found

    def _heal(self, outbox_ids: Sequence[int], now: datetime) -> None:
        if outbox_ids:
            self._db.execute(
                "UPDATE outbox SET state = 'expired', settled_at = ?, reason = ? WHERE state = 'uncertain'"
                " AND id IN (SELECT value FROM json_each(?))",
                [to_text(now), HEALED, json.dumps(list(outbox_ids))],
            )

    def _absorb(self, ids: Sequence[int], now: datetime, *, reason: str = "part of a later digest") -> None:
        if not ids:
            return
        self._db.execute(
            "UPDATE outbox SET state = 'expired', settled_at = ?, reason = ? WHERE state = 'waiting'"
            " AND (subscriber_id, mailing_id) IN (SELECT subscriber_id, mailing_id FROM unbegun"
            " WHERE subscriber_id IN (SELECT value FROM json_each(?)) AND state = 'waiting')",
            [to_text(now), reason, json.dumps(list(ids))],
        )

    def _outbox_rows(
        self, plans: Sequence[Plan], now: datetime, silent: frozenset[int]
    ) -> list[tuple[Any, ...]]:
        messages: dict[int, tuple[int, ...]] = {}
        rows: list[tuple[Any, ...]] = []
        for plan in plans:
            due = plan.due
            for mailing_id, kind, digest_id in (
                (plan.missed_mailing_id, "missed", None),
                (plan.mailing_id, "digest", plan.digest_id),
                (plan.weekly_mailing_id, "notice", None),
            ):
                if not mailing_id:
                    continue
                if mailing_id not in messages:
                    messages[mailing_id] = self._mailings.message_ids(mailing_id)
                # Before a digest the line comes first, and the digest makes the sound.
                with_digest = kind == "missed" and bool(plan.mailing_id)
                at = to_text(now if kind == "missed" and not with_digest else plan.done.at)
                for number, message_id in enumerate(messages[mailing_id], 1):
                    quiet = int(due.subscriber_id in silent or with_digest)
                    rows.append(
                        (due.subscriber_id, mailing_id, digest_id, kind, number, message_id, at, at, quiet)
                    )
        return rows

    def _move(self, plans: Sequence[Plan]) -> None:
        self._db.executemany(
            "UPDATE subscribers SET next_due_at = ? WHERE id = ?",
            [(to_text(p.again_at), p.due.subscriber_id) for p in plans if p.again_at],
        )
        instants: dict[datetime, str] = {}

        def text(at: datetime) -> str:
            if at not in instants:
                instants[at] = to_text(at)
            return instants[at]

        rows = []
        for plan in plans:
            if plan.again_at:
                continue
            slot = plan.following
            at = text(slot.at) if slot else None
            rows.append(
                (
                    plan.upto,
                    at,
                    at,
                    slot.day.isoformat() if slot else None,
                    slot.number if slot else 0,
                    plan.done.day.isoformat(),
                    plan.done.number + 1,
                    int(plan.resumes),
                    plan.due.subscriber_id,
                )
            )
        self._db.executemany(
            "UPDATE subscribers SET delivered_upto = coalesce(?, delivered_upto), promised_at = ?, next_due_at = ?, next_due_day = ?,"
            " next_due_number = ?, done_day = ?, done_count = ?, revision = revision + 1,"
            " paused_until = CASE WHEN ? THEN NULL ELSE paused_until END WHERE id = ?",
            rows,
        )
