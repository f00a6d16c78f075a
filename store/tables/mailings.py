"""The tables `mailings` and `digest_messages`: what was composed, once for all who get the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from store.connection import Connection
from store.errors import StoreError
from store.instants import to_text
from store.models import Button, Digest, Part
from store.models.delivery import MailKind


class MailingNotFound(StoreError):
    """There is no such composed message."""


class Mailings:
    """Composed messages, whole and by part."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(
        self,
        kind: MailKind,
        subject: str,
        parts: Sequence[Part],
        now: datetime,
        *,
        language: str = "zh",
        subscriber_id: int | None = None,
        digest_id: int | None = None,
        revision: int = 0,
        day: date | None = None,
        after: int | None = None,
        upto: int | None = None,
    ) -> int:
        """Save composed parts under (kind, subject, language); the mailing's id. What is there already stays.

        `subscriber_id` says that the message is for one reader only: it is removed with the reader.
        """
        with self._db.transaction():
            known = self.find(kind, subject, language)
            if known:
                return known
            mailing_id = self._db.value(
                "INSERT INTO mailings (kind, subject, language, subscriber_id, digest_id, digest_revision, day,"
                " after_article_id, upto_article_id, parts, composed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " RETURNING id",
                [
                    kind,
                    subject,
                    language,
                    subscriber_id,
                    digest_id,
                    revision,
                    day.isoformat() if day else None,
                    after,
                    upto,
                    len(parts),
                    to_text(now),
                ],
            )
            for number, part in enumerate(parts, 1):
                message_id = self._db.value(
                    "INSERT INTO digest_messages (mailing_id, part, html) VALUES (?, ?, ?) RETURNING id",
                    [mailing_id, number, part.html],
                )
                self._db.executemany(
                    "INSERT INTO digest_message_buttons (message_id, line, position, text, data, url, copied)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        (message_id, line, position, button.text, button.data, button.url, button.copy)
                        for line, buttons in enumerate(part.buttons)
                        for position, button in enumerate(buttons)
                    ],
                )
        return int(mailing_id)

    def for_digest(
        self,
        kind: MailKind,
        digest: Digest,
        compose: Callable[[], Sequence[Part]],
        now: datetime,
        *,
        language: str,
    ) -> int:
        """The mailing of this revision of a digest in a language; composed only where it is not there yet."""
        subject = f"{digest.id}.{digest.revision}"
        return self.find(kind, subject, language) or self.put(
            kind,
            subject,
            compose(),
            now,
            language=language,
            digest_id=digest.id,
            revision=digest.revision,
            day=digest.day,
            after=digest.after,
            upto=digest.upto,
        )

    def find(self, kind: MailKind, subject: str, language: str) -> int:
        """The id of a mailing, 0 when there is none."""
        return int(
            self._db.value(
                "SELECT id FROM mailings WHERE kind = ? AND subject = ? AND language = ?",
                [kind, subject, language],
            )
            or 0
        )

    def message_ids(self, mailing_id: int) -> tuple[int, ...]:
        """The ids of a mailing's messages in order of parts."""
        return tuple(
            row["id"]
            for row in self._db.rows(
                "SELECT id FROM digest_messages WHERE mailing_id = ? ORDER BY part", [mailing_id]
            )
        )

    def message(self, message_id: int) -> Part:
        """One composed message. Raises MailingNotFound."""
        html = self._db.value("SELECT html FROM digest_messages WHERE id = ?", [message_id])
        if html is None:
            raise MailingNotFound()
        lines: dict[int, list[Button]] = {}
        for row in self._db.rows(
            "SELECT * FROM digest_message_buttons WHERE message_id = ? ORDER BY line, position", [message_id]
        ):
            button = Button(row["text"], row["data"], row["url"], row["copied"])
            lines.setdefault(row["line"], []).append(button)
        return Part(html, tuple(tuple(buttons) for _, buttons in sorted(lines.items())))

    def remove_unused(self, before: datetime, *, limit: int = 500) -> int:
        """Remove some messages composed before an instant that no outbox row refers to; how many mailings."""
        return self._db.execute(
            "DELETE FROM mailings WHERE id IN (SELECT id FROM mailings WHERE composed_at < ? AND NOT EXISTS"
            " (SELECT 1 FROM outbox WHERE outbox.mailing_id = mailings.id) LIMIT ?)",
            [to_text(before), limit],
        ).rowcount
