"""Which follows ring at once (「立即提醒」), and what has rung.

The follows themselves are part of a subscriber's profile (store/tables/subscribers.py).
"""

from __future__ import annotations

from datetime import date, datetime

from store.connection import Connection


class Follows:
    """The tables `follow_alerts` and `alerts`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def set_alert(self, subscriber_id: int, rule: str, on: bool) -> None:
        """Ring, or do not ring, when an article matches the rule."""
        if on:
            self._db.execute("INSERT OR IGNORE INTO follow_alerts VALUES (?, ?)", [subscriber_id, rule])
        else:
            self._db.execute(
                "DELETE FROM follow_alerts WHERE subscriber_id = ? AND rule = ?", [subscriber_id, rule]
            )

    def alerting(self, subscriber_id: int) -> tuple[str, ...]:
        """The rules of a subscriber that ring, by name."""
        return tuple(
            row["rule"]
            for row in self._db.rows(
                "SELECT rule FROM follow_alerts WHERE subscriber_id = ? ORDER BY rule", [subscriber_id]
            )
        )

    def listeners(self) -> dict[str, tuple[int, ...]]:
        """Rule → ids of the subscribers for whom it rings; a rule of a thousand readers is there once."""
        found: dict[str, list[int]] = {}
        for row in self._db.rows(
            "SELECT rule, subscriber_id FROM follow_alerts ORDER BY rule, subscriber_id"
        ):
            found.setdefault(row["rule"], []).append(row["subscriber_id"])
        return {rule: tuple(ids) for rule, ids in found.items()}

    def note_alert(
        self, subscriber_id: int, article_id: int, *, rule: str, local_day: date, cap: int, now: datetime
    ) -> bool:
        """Write down that the article rings for the subscriber; False when it did before, or the day's cap is reached."""
        with self._db.transaction():
            rung = self._db.value(
                "SELECT count(*) FROM alerts WHERE subscriber_id = ? AND local_day = ?",
                [subscriber_id, local_day.isoformat()],
            )
            if rung >= cap:
                return False
            cursor = self._db.execute(
                "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?)",
                [subscriber_id, article_id, rule, local_day.isoformat(), now.isoformat()],
            )
            return cursor.rowcount == 1
