"""Searches as the bot remembers them: counts without names, and short-lived sessions behind result buttons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.connection import Connection
from store.models.reading import Question, SearchSession

KEPT = timedelta(days=7)
"""How long the buttons under a result list work."""
ANSWERED_WITHIN = timedelta(minutes=10)
"""How long a question waits for its answer; later words are words again."""


class Searches:
    """The tables `search_counts`, `search_sessions` and `questions`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def count(self, words: str, *, found: int, now: datetime) -> None:
        """Count a search in its month. Who searched is not written anywhere."""
        self._db.execute(
            "INSERT INTO search_counts VALUES (?, ?, 1, ?) ON CONFLICT (month, words)"
            " DO UPDATE SET searches = searches + 1, found_nothing = found_nothing + excluded.found_nothing",
            [f"{now:%Y-%m}", words[:100], int(found == 0)],
        )

    def month(self, now: datetime) -> tuple[int, int]:
        """(searches made, those that found nothing) in the month of `now`."""
        row = self._db.row(
            "SELECT total(searches), total(found_nothing) FROM search_counts WHERE month = ?",
            [f"{now:%Y-%m}"],
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def start(self, chat_id: int, query: str, *, upto: int, now: datetime) -> int:
        """A new session; old ones of everybody are swept out on the way."""
        with self._db.transaction():
            self._db.execute(
                "DELETE FROM search_sessions WHERE created_at < ?", [(now.astimezone(UTC) - KEPT).isoformat()]
            )
            cursor = self._db.execute(
                "INSERT INTO search_sessions (chat_id, query, upto, created_at) VALUES (?, ?, ?, ?)",
                [chat_id, query, upto, now.astimezone(UTC).isoformat()],
            )
            return int(cursor.lastrowid or 0)

    def session(self, session_id: int, *, chat_id: int, now: datetime) -> SearchSession | None:
        """The session, if it is this chat's and not too old."""
        row = self._db.row(
            "SELECT * FROM search_sessions WHERE id = ? AND chat_id = ? AND created_at >= ?",
            [session_id, chat_id, (now.astimezone(UTC) - KEPT).isoformat()],
        )
        if row is None:
            return None
        return SearchSession(
            row["id"], row["chat_id"], row["query"], row["upto"], datetime.fromisoformat(row["created_at"])
        )

    def ask(self, chat_id: int, user_id: int, kind: str, *, now: datetime) -> None:
        """Remember that the next text of this person in this chat answers the question `kind`."""
        self._db.execute(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?)", [chat_id, user_id, kind, now.isoformat()]
        )

    def answered(self, chat_id: int, user_id: int, *, now: datetime) -> Question | None:
        """Take the open question away and return it; None when nothing was asked, or too long ago."""
        with self._db.transaction():
            row = self._db.row(
                "SELECT * FROM questions WHERE chat_id = ? AND user_id = ?", [chat_id, user_id]
            )
            if row is None:
                return None
            self._db.execute("DELETE FROM questions WHERE chat_id = ? AND user_id = ?", [chat_id, user_id])
        asked_at = datetime.fromisoformat(row["asked_at"])
        if asked_at < now - ANSWERED_WITHIN:
            return None
        return Question(chat_id, user_id, row["kind"], asked_at)

    def forget(self, chat_id: int) -> None:
        """Remove the chat's sessions and questions."""
        with self._db.transaction():
            self._db.execute("DELETE FROM search_sessions WHERE chat_id = ?", [chat_id])
            self._db.execute("DELETE FROM questions WHERE chat_id = ?", [chat_id])
