"""The table `uploads`: pages that operators sent, with what is known of their place. Nothing in it names a person."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.connection import Connection
from store.identity import Identity
from store.instants import to_text

KEEP = timedelta(days=7)
"""Nobody confirms a page later."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file (`name`, `content` in bytes) that waits for confirmation, and where its page belongs."""

    id: int
    name: str
    content: bytes
    place: Identity


class Uploads:
    """Keeps what was sent until it is stored or given up."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, name: str, content: bytes, place: Identity, now: datetime) -> int:
        """Keep a file; its id. What nobody confirmed in a week goes."""
        with self._db.transaction():
            self._db.execute("DELETE FROM uploads WHERE sent_at < ?", [to_text(now - KEEP)])
            cursor = self._db.execute(
                "INSERT INTO uploads (name, content, paper, day, number, label, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [name, zlib.compress(content), *_facts(place), to_text(now)],
            )
        return int(cursor.lastrowid or 0)

    def get(self, upload_id: int) -> Upload | None:
        """A file that waits, None for any other."""
        row = self._db.row("SELECT * FROM uploads WHERE id = ?", [upload_id])
        if row is None:
            return None
        day = date.fromisoformat(row["day"]) if row["day"] else None
        place = Identity(row["paper"], day, row["number"], row["label"])
        return Upload(row["id"], row["name"], zlib.decompress(row["content"]), place)

    def place(self, upload_id: int, place: Identity) -> None:
        """Mend where its page belongs."""
        self._db.execute(
            "UPDATE uploads SET paper = ?, day = ?, number = ?, label = ? WHERE id = ?",
            [*_facts(place), upload_id],
        )

    def remove(self, upload_id: int) -> bool:
        """Forget a file; False where it is gone already."""
        return bool(self._db.execute("DELETE FROM uploads WHERE id = ?", [upload_id]).rowcount)


def _facts(place: Identity) -> tuple[str, str | None, int | None, str]:
    return place.paper, place.day.isoformat() if place.day else None, place.number, place.label
