"""Sent digests that say too little or what is no longer so: which they are, and the edits that mend them.

An edit is an outbox row of kind "edit" that points to the row whose message it replaces. What the new text is, is
composed by bot/delivery/refreshing.py.
"""

from __future__ import annotations

from datetime import date, datetime

from store.connection import Connection
from store.instants import to_text
from store.models.delivery import SentDigest

_MENDABLE = """
    FROM outbox AS old JOIN subscribers ON subscribers.id = old.subscriber_id
    WHERE old.mailing_id = :old AND old.state = 'sent' AND old.telegram_message_id IS NOT NULL
      AND subscribers.active = 1 AND subscribers.reached = 1 AND subscribers.profile_key = :profile
      AND NOT EXISTS (SELECT 1 FROM outbox AS newer WHERE newer.edits_outbox_id = old.id)
"""
"""Rows whose message stands in the chat as it was sent. A subscriber with other settings since then keeps it so."""
_LATE = """
      AND subscribers.late = 'edit' AND subscribers.delivered_upto = :before AND subscribers.done_day = :day
      AND NOT EXISTS (SELECT 1 FROM outbox AS open WHERE open.subscriber_id = subscribers.id
                      AND open.state IN ('waiting', 'sending'))
"""


class Edits:
    """Sent digests and their replacements."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def sent_since(self, day: date) -> list[SentDigest]:
        """The digests composed for `day` or later, as they stand in the chats."""
        return [
            SentDigest(
                mailing_id=row["id"],
                digest_id=row["digest_id"],
                revision=row["digest_revision"],
                profile_key=row["profile_key"],
                language=row["language"],
                day=date.fromisoformat(row["day"]),
                after=row["after_article_id"],
                upto=row["upto_article_id"],
            )
            for row in self._db.rows(
                "SELECT mailings.*, digests.profile_key FROM mailings JOIN digests ON digests.id = mailings.digest_id"
                " JOIN profiles ON profiles.key = digests.profile_key"
                " WHERE mailings.kind IN ('digest', 'edit') AND mailings.day >= ? ORDER BY mailings.id",
                [day.isoformat()],
            )
        ]

    def signature(self, day: date) -> tuple[object, ...]:
        """Changes when an article printed on `day` or later came, changed or was taken out."""
        row = self._db.row(
            "SELECT count(*), max(articles.id), max(articles.updated_at), max(articles.removed_at) FROM editions"
            " JOIN pages ON pages.edition_id = editions.id JOIN articles ON articles.page_id = pages.id"
            " WHERE editions.day >= ?",
            [day.isoformat()],
        )
        return tuple(row) if row else ()

    def newest_day(self, after: int, upto: int) -> date | None:
        """The latest day of print among the articles that arrived in after < id <= upto."""
        found = self._db.value(
            "SELECT max(editions.day) FROM articles JOIN pages ON pages.id = articles.page_id"
            " JOIN editions ON editions.id = pages.edition_id WHERE articles.id > ? AND articles.id <= ?",
            [after, upto],
        )
        return date.fromisoformat(found) if found else None

    def wants_late(self, sent: SentDigest) -> bool:
        """Whether somebody wants what came late as an edit of this digest."""
        return bool(
            self._db.value(
                f"SELECT EXISTS (SELECT 1 {_MENDABLE} {_LATE} AND old.part = 1)", self._values(sent)
            )
        )

    def correct(self, sent: SentDigest, mailing_id: int, now: datetime) -> int:
        """Edit every message of the digest whose text is another one in the new mailing; how many."""
        with self._db.transaction():
            return self._replace(sent, mailing_id, now, "")

    def add_late(self, sent: SentDigest, mailing_id: int, upto: int, now: datetime) -> int:
        """For those who want it so: edit the digest into one that holds what came late, too; what does not fit follows
        as a new part. Their range ends at `upto` from now on."""
        with self._db.transaction():
            values = self._values(sent)
            ids = [
                row["subscriber_id"]
                for row in self._db.rows(
                    f"SELECT old.subscriber_id {_MENDABLE} {_LATE} AND old.part = 1", values
                )
            ]
            self._db.executemany(
                "UPDATE subscribers SET delivered_upto = ?, revision = revision + 1 WHERE id = ?",
                [(upto, subscriber_id) for subscriber_id in ids],
            )
            chosen = f" AND subscribers.id IN ({', '.join(map(str, ids)) or 'NULL'})"
            edited = self._replace(sent, mailing_id, now, chosen)
            at = to_text(now)
            self._db.executemany(
                "INSERT OR IGNORE INTO outbox (subscriber_id, mailing_id, kind, part, message_id, due_at, again_at, silent)"
                " SELECT ?, mailing_id, 'edit', part, id, ?, ?, 1 FROM digest_messages"
                " WHERE mailing_id = ? AND part > (SELECT parts FROM mailings WHERE id = ?)",
                [(subscriber_id, at, at, mailing_id, sent.mailing_id) for subscriber_id in ids],
            )
        return edited

    def _replace(self, sent: SentDigest, mailing_id: int, now: datetime, chosen: str) -> int:
        return self._db.execute(
            "INSERT OR IGNORE INTO outbox (subscriber_id, mailing_id, kind, part, message_id, due_at, again_at, silent,"
            " edits_outbox_id) SELECT old.subscriber_id, :new, 'edit', old.part, fresh.id, :now, :now, 1, old.id"
            + _MENDABLE.replace(
                "JOIN subscribers",
                "JOIN digest_messages AS stale ON stale.id = old.message_id"
                " JOIN digest_messages AS fresh ON fresh.mailing_id = :new AND fresh.part = old.part"
                " AND fresh.html <> stale.html JOIN subscribers",
            )
            + chosen,
            {**self._values(sent), "new": mailing_id, "now": to_text(now)},
        ).rowcount

    @staticmethod
    def _values(sent: SentDigest) -> dict[str, object]:
        return {
            "old": sent.mailing_id,
            "profile": sent.profile_key,
            "before": sent.upto,
            "day": sent.day.isoformat(),
        }
