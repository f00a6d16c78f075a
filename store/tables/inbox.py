"""The inbox table: updates are rows before Telegram hears that they came, and until they are answered.

    waiting ── the reader's wish is carried out ──▶ answering ── the answer is out ──▶ done
                                                       └── stopped, or no connection ──▶ unanswered ── told ──▶ done
    flooded ── told ──▶ done        stands for what a chat sent beyond its share

A row that is done keeps a hash and no word: Telegram may tell the same update again for a day. Twin: bot/updates/inbox.py.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import cast

from store.connection import Connection
from store.instants import maybe_instant, to_instant, to_text
from store.models.inbox import Arrived, InboxState, Kept

MOST_WAITING = 20
"""Updates of one chat that may wait for an answer; what comes beyond is dropped, and the chat is told so once."""
LONGEST_PUT_OFF = timedelta(minutes=5)
KNOWN_FOR = timedelta(days=2)
"""How long a settled update is recognised: Telegram keeps updates for a day (https://core.telegram.org/bots/api#getting-updates)."""


class Inbox:
    """Updates as rows. Each method is one transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def keep(self, updates: Sequence[Arrived], now: datetime, *, most: int = MOST_WAITING) -> int:
        """Write down what came, in order; how many are new. Of a chat that has `most` waiting, the rest is only counted."""
        new = 0
        with self._db.transaction():
            for one in updates:
                mark = hashlib.sha256(one.body.encode()).hexdigest()[:32]
                known = self._db.row("SELECT id, mark FROM inbox WHERE update_id = ?", [one.update_id])
                if known is not None and known["mark"] == mark:
                    continue
                if known is not None:  # another numbering: Telegram starts anew after a week of silence
                    self._db.execute("DELETE FROM inbox WHERE id = ?", [known["id"]])
                self._add(one, mark, now, most)
                new += 1
        return new

    def _add(self, one: Arrived, mark: str, now: datetime, most: int) -> None:
        state, dropped = "waiting", 0
        if self._db.value("SELECT 1 FROM blocked_chats WHERE chat_id = ?", [one.queue]):
            state = "done"
        elif one.asks and self._waiting(one.queue) >= most:
            counted = self._db.execute(
                "UPDATE inbox SET dropped = dropped + 1 WHERE queue = ? AND state = 'flooded' AND state <> 'done'",
                [one.queue],
            ).rowcount
            state, dropped = ("done", 0) if counted else ("flooded", 1)
        done = state == "done"
        self._db.execute(
            "INSERT INTO inbox (update_id, mark, queue, body, asks, state, dropped, came_at, done_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                one.update_id,
                mark,
                0 if done else one.queue,
                "" if done else one.body,
                int(one.asks),
                state,
                dropped,
                to_text(now),
                to_text(now) if done else None,
            ],
        )

    def _waiting(self, queue: int) -> int:
        return int(
            self._db.value(
                "SELECT count(*) FROM inbox WHERE queue = ? AND state <> 'done' AND asks = 1", [queue]
            )
        )

    def take(
        self, limit: int, now: datetime, *, busy: Collection[int] = (), settled: Collection[int] = ()
    ) -> list[Kept]:
        """The oldest open update of each chat that is not `busy`, at most so many; before that `settled` ids are done."""
        with self._db.transaction():
            if settled:
                self._db.execute(
                    "UPDATE inbox SET state = 'done', body = '', queue = 0, again_at = NULL, done_at = ?"
                    " WHERE id IN (SELECT value FROM json_each(?))",
                    [to_text(now), json.dumps(list(settled))],
                )
            if limit <= 0:
                return []
            rows = self._db.rows(
                "SELECT * FROM inbox WHERE id IN (SELECT min(id) FROM inbox WHERE state <> 'done'"
                " AND queue NOT IN (SELECT value FROM json_each(?)) GROUP BY queue)"
                " AND (again_at IS NULL OR again_at <= ? OR again_at > ?) ORDER BY id LIMIT ?",
                # Later than any was put off to: the clock went back meanwhile.
                [json.dumps(list(busy)), to_text(now), to_text(now + LONGEST_PUT_OFF), limit],
            )
            if rows:
                self._db.execute(
                    "UPDATE inbox SET tries = tries + 1 WHERE id IN (SELECT value FROM json_each(?))",
                    [json.dumps([row["id"] for row in rows])],
                )
        return [_kept(row) for row in rows]

    def answering(self, row_id: int) -> None:
        """What the update asks for is carried out; from here on it must not be carried out again."""
        self._db.execute("UPDATE inbox SET state = 'answering' WHERE id = ? AND state = 'waiting'", [row_id])

    def put_off(self, row_id: int, until: datetime, *, unanswered: bool = False) -> None:
        """Look at it again at `until`: as it is, or as one whose answer may not have arrived."""
        self._db.execute(
            "UPDATE inbox SET again_at = ?, tries = CASE WHEN ? THEN tries ELSE max(tries - 1, 0) END,"
            " state = CASE WHEN ? THEN 'unanswered' ELSE state END WHERE id = ? AND state <> 'done'",
            [to_text(until), int(unanswered), int(unanswered), row_id],
        )

    def recover(self, now: datetime) -> tuple[int, int]:
        """At start-up: (how many wait, of how many the answer was under way when the last process ended)."""
        with self._db.transaction():
            self.remove_known(now)
            self._db.execute(
                "UPDATE inbox SET again_at = NULL WHERE again_at IS NOT NULL AND state <> 'done'"
            )
            doubtful = self._db.execute(
                "UPDATE inbox SET state = 'unanswered', tries = 0 WHERE state = 'answering'"
            ).rowcount
        return self.waiting(), doubtful

    def remove_known(self, now: datetime) -> int:
        """Forget settled updates that Telegram cannot tell again; how many."""
        return self._db.execute(
            "DELETE FROM inbox WHERE state = 'done' AND done_at < ?", [to_text(now - KNOWN_FOR)]
        ).rowcount

    def waiting(self) -> int:
        """How many updates are not done."""
        return int(self._db.value("SELECT count(*) FROM inbox WHERE state <> 'done'"))

    def oldest(self) -> datetime | None:
        """When the oldest update came that is not done."""
        return maybe_instant(self._db.value("SELECT min(came_at) FROM inbox WHERE state <> 'done'"))

    def clear(self) -> None:
        """Forget all: whoever numbered the updates is gone (the terminal's model lives in memory)."""
        self._db.execute("DELETE FROM inbox")


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        id=row["id"],
        queue=row["queue"],
        body=row["body"],
        asks=bool(row["asks"]),
        state=cast(InboxState, row["state"]),
        tries=row["tries"] + 1,
        dropped=row["dropped"],
        came_at=to_instant(row["came_at"]),
    )
