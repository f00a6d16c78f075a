"""The table `clipping_orders`: who gets a clipping on what each Monday, and which week was told last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from store.connection import Connection

MOST = 20
"""Orders a chat may have."""


@dataclass(frozen=True, slots=True)
class Order:
    """A clipping on `rule` for a subscriber each Monday; `done_week` is the Monday it was told on last."""

    subscriber_id: int
    rule: str
    done_week: date


class Clippings:
    """Orders as records."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def order(self, subscriber_id: int, rule: str, *, done: date, now: datetime) -> bool:
        """Note the order; the first clipping is that of the Monday after `done`. False when there are too many. Twice is once."""
        with self._db.transaction():
            kept = self.of(subscriber_id)
            if rule not in kept and len(kept) >= MOST:
                return False
            self._db.execute(
                "INSERT OR IGNORE INTO clipping_orders (subscriber_id, rule, done_week, asked_at) VALUES (?, ?, ?, ?)",
                [subscriber_id, rule, done.isoformat(), now.astimezone(UTC).isoformat()],
            )
        return True

    def end(self, subscriber_id: int, rule: str) -> bool:
        """Remove the order; False when there was none."""
        removed = self._db.execute(
            "DELETE FROM clipping_orders WHERE subscriber_id = ? AND rule = ?", [subscriber_id, rule]
        )
        return removed.rowcount > 0

    def of(self, subscriber_id: int) -> tuple[str, ...]:
        """The rules a subscriber gets clippings on."""
        rows = self._db.rows(
            "SELECT rule FROM clipping_orders WHERE subscriber_id = ? ORDER BY rule", [subscriber_id]
        )
        return tuple(row["rule"] for row in rows)

    def before(self, monday: date) -> list[Order]:
        """The orders that no Monday from `monday` on was told for."""
        return [
            Order(row["subscriber_id"], row["rule"], date.fromisoformat(row["done_week"]))
            for row in self._db.rows(
                "SELECT * FROM clipping_orders WHERE done_week < ? ORDER BY subscriber_id, rule",
                [monday.isoformat()],
            )
        ]

    def done(self, order: Order, monday: date) -> bool:
        """Note that `monday` was told, in the transaction that puts it into the outbox; False when somebody else did."""
        changed = self._db.execute(
            "UPDATE clipping_orders SET done_week = ? WHERE subscriber_id = ? AND rule = ? AND done_week = ?",
            [monday.isoformat(), order.subscriber_id, order.rule, order.done_week.isoformat()],
        )
        return changed.rowcount > 0
