"""What operators hold up and let go again: the tables `holds`, `blocked_chats` and `retractions`, and files read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from store.connection import Connection
from store.instants import to_instant, to_text
from store.models import Part
from store.tables.outbox import Outbox
from store.tables.subscribers import Subscribers

SENDING = "sending"


class Holds:
    """Sending paused: what is planned waits in the outbox."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def pause(self, user_id: int, now: datetime) -> bool:
        """Send nothing by itself from now on; False when that is so already."""
        return bool(
            self._db.execute(
                "INSERT OR IGNORE INTO holds (name, at, user_id) VALUES (?, ?, ?)",
                [SENDING, to_text(now), user_id],
            ).rowcount
        )

    def resume(self) -> bool:
        """Send again; False when nothing was paused."""
        return bool(self._db.execute("DELETE FROM holds WHERE name = ?", [SENDING]).rowcount)

    def paused_since(self) -> datetime | None:
        """Since when nothing is sent, None while it is."""
        at = self._db.value("SELECT at FROM holds WHERE name = ?", [SENDING])
        return to_instant(at) if at else None


@dataclass(frozen=True, slots=True)
class Blocked:
    """A chat that is not answered."""

    chat_id: int
    at: datetime


class Blocks:
    """Chats that are neither answered nor served; what they send is thrown away as it comes (inbox.py)."""

    def __init__(self, db: Connection, subscribers: Subscribers) -> None:
        self._db, self._subscribers = db, subscribers

    def add(self, chat_id: int, user_id: int, now: datetime) -> bool:
        """Block a chat, known or not: what waits for it and from it goes. False when it is blocked already."""
        with self._db.transaction():
            new = self._db.execute(
                "INSERT OR IGNORE INTO blocked_chats (chat_id, at, user_id) VALUES (?, ?, ?)",
                [chat_id, to_text(now), user_id],
            ).rowcount
            self._subscribers.gone(chat_id, "blocked by an operator", now)
            self._db.execute(
                "UPDATE inbox SET state = 'done', done_at = ?, queue = 0, body = ''"
                " WHERE queue = ? AND state NOT IN ('done', 'answering')",
                [to_text(now), chat_id],
            )
        return bool(new)

    def remove(self, chat_id: int, now: datetime) -> bool:
        """Answer and serve the chat again; False when it was not blocked."""
        with self._db.transaction():
            found = self._db.execute("DELETE FROM blocked_chats WHERE chat_id = ?", [chat_id]).rowcount
            if found:
                self._subscribers.returned(chat_id, now)
        return bool(found)

    def all(self) -> list[Blocked]:
        """The blocked chats, the newest first."""
        return [
            Blocked(row["chat_id"], to_instant(row["at"]))
            for row in self._db.rows("SELECT chat_id, at FROM blocked_chats ORDER BY at DESC, chat_id")
        ]

    def busiest(self, least: int, limit: int = 5) -> list[tuple[int, int]]:
        """(chat, how many updates of it wait or were thrown away) of chats with `least` or more, the most first."""
        return [
            (row["queue"], row["waiting"])
            for row in self._db.rows(
                "SELECT queue, sum(asks + dropped) AS waiting FROM inbox WHERE state <> 'done' AND queue <> 0"
                " GROUP BY queue HAVING waiting >= ? ORDER BY waiting DESC, queue LIMIT ?",
                [least, limit],
            )
        ]


class Files:
    """The files that pages were read from, to be read again."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def named(self, name: str, *, limit: int = 6) -> list[str]:
        """Sources, read or not, that are `name` or end with it, at most `limit`."""
        return [
            row["source"]
            for row in self._db.rows(
                "SELECT source FROM (SELECT source FROM unread_files UNION SELECT source FROM pages)"
                " WHERE source = :name OR substr(source, -length(:ending)) = :ending ORDER BY source LIMIT :limit",
                {"name": name, "ending": "/" + name.lstrip("/"), "limit": limit},
            )
        ]

    def parse_again(self, source: str) -> int:
        """Let the pages of this source be parsed anew when it is read next, also if its text is the same; how many.

        What is noted of readings that died is forgotten: an operator asks for it.
        """
        with self._db.transaction():
            self._db.execute("UPDATE unread_files SET begun = 0 WHERE source = ?", [source])
            return self._db.execute("UPDATE pages SET parser = '' WHERE source = ?", [source]).rowcount


@dataclass(frozen=True, slots=True)
class Retracted:
    """What a retraction took back: articles with their photos, readers whose digest has it, alerts to be edited."""

    articles: int
    readers: int
    alerts: int


class Retractions:
    """Articles taken out for good. Sent digests are edited by bot/delivery/refreshing.py, sent alerts from here."""

    def __init__(
        self, db: Connection, outbox: Outbox, reindex: Callable[[Sequence[int], Sequence[int]], None]
    ) -> None:
        self._db, self._outbox, self._reindex = db, outbox, reindex

    def is_retracted(self, article_id: int) -> bool:
        """Whether an operator has taken the article out."""
        return self._db.value("SELECT 1 FROM retractions WHERE article_id = ?", [article_id]) is not None

    def readers(self, article_id: int) -> int:
        """How many readers have a digest with the article."""
        return int(
            self._db.value(
                "SELECT count(DISTINCT subscriber_id) FROM outbox WHERE state = 'sent' AND digest_id IN"
                " (SELECT digest_id FROM digest_items WHERE article_id = ?)",
                [article_id],
            )
        )

    def retract(self, article_id: int, instead: Part, user_id: int, now: datetime) -> Retracted:
        """Take the article and its photos out; alerts that were sent of it say `instead` from now on. Twice is once."""
        with self._db.transaction():
            ids = self._with_photos(article_id, "removed_at IS NULL")
            for one in ids:
                self._db.execute(
                    "INSERT OR IGNORE INTO retractions (article_id, at, user_id) VALUES (?, ?, ?)",
                    [one, to_text(now), user_id],
                )
                self._db.execute("UPDATE articles SET removed_at = ? WHERE id = ?", [now.isoformat(), one])
            self._reindex([], ids)
            alerts = self._edit_alerts(article_id, instead, now) if ids else 0
        return Retracted(len(ids), self.readers(article_id), alerts)

    def undo(self, article_id: int) -> int:
        """Bring the article and its photos back; how many. What was edited away of digests is edited back."""
        with self._db.transaction():
            ids = self._with_photos(article_id, "id IN (SELECT article_id FROM retractions)")
            for one in ids:
                self._db.execute("DELETE FROM retractions WHERE article_id = ?", [one])
                self._db.execute("UPDATE articles SET removed_at = NULL WHERE id = ?", [one])
            self._reindex(ids, [])
        return len(ids)

    def _with_photos(self, article_id: int, where: str) -> list[int]:
        rows = self._db.rows(
            f"SELECT id FROM articles WHERE (id = ? OR photo_of = ?) AND {where} ORDER BY id",
            [article_id, article_id],
        )
        return [row["id"] for row in rows]

    def _edit_alerts(self, article_id: int, instead: Part, now: datetime) -> int:
        rows = self._db.rows(
            "SELECT outbox.id, outbox.subscriber_id FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id"
            " WHERE outbox.state = 'sent' AND outbox.telegram_message_id IS NOT NULL AND mailings.kind = 'alert'"
            " AND (mailings.subject LIKE ? OR mailings.subject LIKE ?)",
            [f"% article {article_id}", f"% article {article_id} %"],
        )
        return sum(
            self._outbox.enqueue(
                row["subscriber_id"], "edit", f"retracted {article_id} in {row['id']}", [instead], now,
                silent=True, edits=[row["id"]],
            )
            for row in rows
        )  # fmt: skip
