"""The table `broadcasts`: notices of the operators to all readers, drafted, confirmed, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.connection import Connection
from store.instants import to_text
from store.models import Part
from store.tables.outbox import Outbox
from store.tables.subscribers import Subscribers


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a broadcast is, in messages by state."""

    id: int
    text: str
    cancelled: bool
    states: dict[str, int]


class Broadcasts:
    """A broadcast goes through the outbox like everything else: once to each, at the pace of everything else."""

    def __init__(self, db: Connection, outbox: Outbox, subscribers: Subscribers) -> None:
        self._db, self._outbox, self._subscribers = db, outbox, subscribers

    def draft(self, user_id: int, text: str, now: datetime) -> int:
        """Keep a text until its author confirms it; the id."""
        cursor = self._db.execute(
            "INSERT INTO broadcasts (user_id, text, drafted_at) VALUES (?, ?, ?)",
            [user_id, text, to_text(now)],
        )
        return int(cursor.lastrowid or 0)

    def text(self, broadcast_id: int) -> str | None:
        """The text of a draft that was neither sent nor cancelled; None for any other."""
        found = self._db.value(
            "SELECT text FROM broadcasts WHERE id = ? AND sent_at IS NULL AND cancelled_at IS NULL",
            [broadcast_id],
        )
        return None if found is None else str(found)

    def send(self, broadcast_id: int, part: Part, now: datetime) -> int:
        """Put a draft into the outbox for every active reader, all or none; how many. A second time nothing is new."""
        with self._db.transaction():
            if self.text(broadcast_id) is None:
                return 0
            readers = [
                row["id"]
                for row in self._db.rows("SELECT id FROM subscribers WHERE active = 1 AND reached = 1")
            ]
            sent = sum(
                self._outbox.enqueue(reader, "notice", f"broadcast {broadcast_id}", [part], now)
                for reader in readers
            )
            self._db.execute("UPDATE broadcasts SET sent_at = ? WHERE id = ?", [to_text(now), broadcast_id])
        return sent

    def cancel(self, broadcast_id: int, now: datetime) -> int:
        """Take back what is not on its way yet; how many messages."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE broadcasts SET cancelled_at = ? WHERE id = ? AND cancelled_at IS NULL",
                [to_text(now), broadcast_id],
            )
            return self._db.execute(
                "UPDATE outbox SET state = 'expired', settled_at = ?, reason = 'cancelled by an operator'"
                f" WHERE state = 'waiting' AND {_ROWS}",
                [to_text(now), f"% broadcast {broadcast_id}"],
            ).rowcount

    def progress(self) -> Progress | None:
        """The newest broadcast that was sent, and how far it is."""
        row = self._db.row("SELECT * FROM broadcasts WHERE sent_at IS NOT NULL ORDER BY id DESC LIMIT 1")
        if row is None:
            return None
        states = self._db.rows(
            f"SELECT state, count(*) AS rows FROM outbox WHERE {_ROWS} GROUP BY state",
            [f"% broadcast {row['id']}"],
        )
        return Progress(
            row["id"],
            row["text"],
            row["cancelled_at"] is not None,
            {one["state"]: one["rows"] for one in states},
        )


_ROWS = "mailing_id IN (SELECT id FROM mailings WHERE kind = 'notice' AND subject LIKE ?)"
"""Rows of one broadcast: each reader has a mailing of their own, so that /forget finds it."""
