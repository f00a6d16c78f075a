"""「有了告诉我」: searches that found nothing and whose asker wants to hear when something comes."""

from __future__ import annotations

from datetime import datetime

from store.connection import Connection
from store.models.reading import Promise


class Promises:
    """The table `promises`: open ones only, a kept promise is removed."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def make(self, subscriber_id: int, words: str, *, after: int, now: datetime) -> bool:
        """Promise to tell of the first article with an id above `after` that has the words; False if promised before."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO promises (subscriber_id, words, after_article_id, asked_at) VALUES (?, ?, ?, ?)",
            [subscriber_id, words, after, now.isoformat()],
        )
        return cursor.rowcount == 1

    def of(self, subscriber_id: int) -> list[Promise]:
        """The open promises to a subscriber, oldest first."""
        return self._some("WHERE subscriber_id = ?", [subscriber_id])

    def open(self) -> list[Promise]:
        """All open promises, oldest first."""
        return self._some("", [])

    def remove(self, promise_id: int, *, subscriber_id: int) -> bool:
        """Kept, or no longer wanted; False when it was not there (somebody was faster)."""
        cursor = self._db.execute(
            "DELETE FROM promises WHERE id = ? AND subscriber_id = ?", [promise_id, subscriber_id]
        )
        return cursor.rowcount == 1

    def _some(self, where: str, values: list[int]) -> list[Promise]:
        return [
            Promise(
                row["id"],
                row["subscriber_id"],
                row["words"],
                row["after_article_id"],
                datetime.fromisoformat(row["asked_at"]),
            )
            for row in self._db.rows(f"SELECT * FROM promises {where} ORDER BY id", values)
        ]
