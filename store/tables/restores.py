"""What delivery must know of a restored database: up to when the process before it may have sent what is unsent here.

`baozhai restore` (store/backups.py) leaves the instant among the heartbeats. It stays until no promise of before it is
open, for a digest may wait for pages that have to be ingested again.
"""

from __future__ import annotations

from datetime import datetime

from store.backups import RESTORED
from store.connection import Connection
from store.instants import maybe_instant, to_text

REASON = "the database was restored from a backup"
BEFORE_RESTORE = f"outbox.due_at <= (SELECT at FROM heartbeats WHERE name = '{RESTORED}')"
"""Whether a row was promised before the restore; NULL, so never, where there was none."""
_IN_DOUBT = f"state = 'waiting' AND unsure = 0 AND edits_outbox_id IS NULL AND {BEFORE_RESTORE}"
"""A repeated edit changes nothing, and what was asked for again is wanted again."""


class Restores:
    """The mark of a restore, and what follows from it."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def last(self) -> datetime | None:
        """Until when another process may have sent; None where nothing was restored, or nothing follows from it any more."""
        return maybe_instant(self._db.value("SELECT at FROM heartbeats WHERE name = ?", [RESTORED]))

    def doubt(self, now: datetime) -> int:
        """What waits and was promised before the restore may have been sent: it becomes uncertain; how many rows.

        A line about other digests is of no use then, and ends.
        """
        with self._db.transaction():
            return self._db.execute(
                "UPDATE outbox SET state = CASE kind WHEN 'missed' THEN 'expired' ELSE 'uncertain' END,"
                f" unsure = 1, settled_at = ?, reason = ? WHERE {_IN_DOUBT}",
                [to_text(now), REASON],
            ).rowcount

    def settle(self, now: datetime) -> bool:
        """Forget the restore once every promise of before it is kept or given up; whether there was one to forget."""
        with self._db.transaction():
            self.doubt(now)
            return (
                self._db.execute(
                    "DELETE FROM heartbeats WHERE name = ? AND NOT EXISTS (SELECT 1 FROM subscribers"
                    " WHERE next_due_at IS NOT NULL AND promised_at <= heartbeats.at)",
                    [RESTORED],
                ).rowcount
                == 1
            )
