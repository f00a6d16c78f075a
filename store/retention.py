"""What is kept how long: what `baozhai prune` and the nightly job remove, kind by kind.

Articles, editions and what readers chose are never removed here. A digest's composed messages go with the settled rows
that carried them; the raw text of a page is needed only to parse it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.connection import Connection
from store.instants import to_text


@dataclass(frozen=True, slots=True)
class Retention:
    """Days each kind is kept; None keeps it for ever."""

    messages_days: int | None
    searches_days: int | None
    digests_days: int | None
    page_text_days: int | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was (or would be) removed: rows by kind, and the bytes of page text."""

    messages: int = 0
    mailings: int = 0
    searches: int = 0
    digests: int = 0
    page_texts: int = 0
    page_text_bytes: int = 0

    @property
    def rows(self) -> int:
        """All rows together."""
        return self.messages + self.mailings + self.searches + self.digests + self.page_texts


_SETTLED = "state NOT IN ('waiting', 'sending') AND settled_at IS NOT NULL AND settled_at < ?"
_UNUSED = "composed_at < ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.mailing_id = mailings.id)"
_OLD_DIGEST = "day < ? AND NOT EXISTS (SELECT 1 FROM mailings WHERE mailings.digest_id = digests.id)"


def prune(db: Connection, retention: Retention, now: datetime, *, dry_run: bool = False) -> Pruned:
    """Remove what is older than it is kept, all or nothing; with `dry_run` only count. Raises StoreError."""
    with db.transaction():
        done = _Removal(db, dry_run)
        counts: dict[str, int] = {}
        if retention.messages_days is not None:
            before = to_text(now - timedelta(days=retention.messages_days))
            counts["messages"] = done.of("outbox", _SETTLED, before)
            counts["mailings"] = done.of("mailings", _UNUSED, before)
        if retention.searches_days is not None:
            counts["searches"] = done.of(
                "search_sessions",
                "created_at < ?",
                (now.astimezone(UTC) - timedelta(days=retention.searches_days)).isoformat(),
            )
        if retention.digests_days is not None:
            day = (now - timedelta(days=retention.digests_days)).date().isoformat()
            counts["digests"] = done.of("digests", _OLD_DIGEST, day)
        if retention.page_text_days is not None:
            day = (now - timedelta(days=retention.page_text_days)).date().isoformat()
            where = "packed_text IS NOT NULL AND edition_id IN (SELECT id FROM editions WHERE day < ?)"
            size = db.row(f"SELECT count(*), total(length(packed_text)) FROM pages WHERE {where}", [day])
            assert size is not None
            counts["page_texts"], counts["page_text_bytes"] = int(size[0]), int(size[1])
            if not dry_run:
                db.execute(f"UPDATE pages SET packed_text = NULL WHERE {where}", [day])
    return Pruned(**counts)


@dataclass(frozen=True, slots=True)
class _Removal:
    db: Connection
    dry_run: bool

    def of(self, table: str, where: str, value: str) -> int:
        """Remove the rows of a table, or count them."""
        if self.dry_run:
            return int(self.db.value(f"SELECT count(*) FROM {table} WHERE {where}", [value]))
        return self.db.execute(f"DELETE FROM {table} WHERE {where}", [value]).rowcount


def free_bytes(db: Connection) -> int:
    """Bytes of the file that hold nothing and that a VACUUM would give back."""
    return int(db.value("PRAGMA freelist_count")) * int(db.value("PRAGMA page_size"))


def vacuum(db: Connection) -> None:
    """Write the file anew without its empty pages. Needs as much free disk as the database; raises StoreError."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
