"""The heartbeats table: when a running bot last looked at its work."""

from __future__ import annotations

from store.connection import Connection
from store.instants import to_instant, to_text
from store.models import Heartbeat


class Heartbeats:
    """One row a name."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def beat(self, heartbeat: Heartbeat) -> None:
        """Write the heartbeat over the one before."""
        self._db.execute(
            "INSERT INTO heartbeats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at,"
            " started_at = excluded.started_at, process_id = excluded.process_id, lag_seconds = excluded.lag_seconds,"
            " detail = excluded.detail",
            [
                heartbeat.name,
                to_text(heartbeat.at),
                to_text(heartbeat.started_at),
                heartbeat.process_id,
                heartbeat.lag_seconds,
                heartbeat.detail,
            ],
        )

    def last(self, name: str) -> Heartbeat | None:
        """The last heartbeat under a name, or None."""
        row = self._db.row("SELECT * FROM heartbeats WHERE name = ?", [name])
        if row is None:
            return None
        return Heartbeat(
            row["name"],
            to_instant(row["at"]),
            to_instant(row["started_at"]),
            row["process_id"],
            row["lag_seconds"],
            row["detail"],
        )
