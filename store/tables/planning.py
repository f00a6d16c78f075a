"""Plans become rows: a subscriber's outbox rows, the end of what was delivered and the next promise, in one transaction.

So every article is in exactly one digest of a subscriber, whatever happens between two transactions. Which plan it
should be is decided in bot/delivery/due.py and carried out in bot/delivery/planner.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from store.connection import Connection
from store.instants import to_text
from store.models.delivery import Due, Plan
from store.tables.mailings import Mailings
from store.tables.subscribers import Subscribers, give_back

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
        unbegun = self._unbegun([due.subscriber_id for due in found])
        return [
            replace(due, after=min(due.after, unbegun[due.subscriber_id]))
            if due.subscriber_id in unbegun
            else due
            for due in found
        ]

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
            good = []
            for plan in plans:
                row = rows.get(plan.due.subscriber_id)
                if row is None or row["revision"] != plan.due.revision:
                    continue
                after = min(row["delivered_upto"], unbegun.get(plan.due.subscriber_id, row["delivered_upto"]))
                if after == plan.due.after:
                    good.append(plan)
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

    def tell(self, mailings: Sequence[tuple[int, int]], now: datetime) -> None:
        """Put the first message of a mailing into the outbox of each (subscriber, mailing), once."""
        at = to_text(now)
        self._db.executemany(
            "INSERT OR IGNORE INTO outbox (subscriber_id, mailing_id, kind, part, message_id, due_at, again_at)"
            " SELECT ?, mailings.id, mailings.kind, 1, digest_messages.id, ?, ? FROM mailings"
            " JOIN digest_messages ON digest_messages.mailing_id = mailings.id AND digest_messages.part = 1"
            " WHERE mailings.id = ?",
            [(subscriber_id, at, at, mailing_id) for subscriber_id, mailing_id in mailings],
        )

    def overdue(self, before: datetime, limit: int) -> list[tuple[int, str, date]]:
        """(subscriber, language, day) of digests promised before an instant of which nothing was sent."""
        return [
            (row["subscriber_id"], row["language"], date.fromisoformat(row["day"]))
            for row in self._db.rows(
                "SELECT unbegun.subscriber_id, subscribers.language, unbegun.day FROM unbegun"
                " JOIN subscribers ON subscribers.id = unbegun.subscriber_id"
                " WHERE unbegun.state = 'waiting' AND unbegun.due_at < ? ORDER BY unbegun.due_at LIMIT ?",
                [to_text(before), limit],
            )
        ]

    def _unbegun(self, ids: Sequence[int]) -> dict[int, int]:
        return {
            row["subscriber_id"]: row["first"]
            for row in self._db.rows(
                "SELECT subscriber_id, min(after_article_id) AS first FROM unbegun"
                " WHERE subscriber_id IN (SELECT value FROM json_each(?)) AND state = 'waiting' GROUP BY subscriber_id",
                [json.dumps(list(ids))],
            )
        }

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
                at = to_text(now if kind == "missed" else plan.done.at)
                for number, message_id in enumerate(messages[mailing_id], 1):
                    quiet = int(due.subscriber_id in silent)
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
