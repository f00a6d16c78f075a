"""The outbox table: one row a part and subscriber, written before any call, and its states.

    waiting ── claim ──▶ sending ──▶ sent
       ▲                   ├──▶ waiting    refused for certain: again later
       │                   ├──▶ uncertain  nobody knows; sent again only by policy, operator or reader
       └───────────────────┴──▶ failed     never
    waiting ──▶ expired     no longer of use; a digest of which nothing was sent gives its articles back

Each method is one transaction. Who is planned in is store/tables/planning.py's, what was composed store/tables/mailings.py's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from store.connection import Connection
from store.instants import maybe_day, maybe_instant, to_instant, to_text
from store.models import Mail, OutboxCounts, Outcome, Part, UncertainPart
from store.models.delivery import MailKind
from store.tables.mailings import Mailings
from store.tables.restores import BEFORE_RESTORE
from store.tables.subscriber_rows import TIMETABLE_COLUMNS, timetable_of
from store.tables.subscribers import Subscribers

REASON_LIMIT = 200

HELD = "an earlier part did not go out for certain"
KEPT_BACK_DAYS = 14
"""How far back a digest that was refused for certain gives its articles to the next one."""

_NEXT = f"""
    SELECT outbox.*, subscribers.chat_id, subscribers.silent AS wants_silence, edited.telegram_message_id AS edits,
      topics.thread_id, channels.subscriber_id AS channel,
      {TIMETABLE_COLUMNS}
    FROM outbox INDEXED BY outbox_waiting
    JOIN subscribers ON subscribers.id = outbox.subscriber_id
    LEFT JOIN topics ON topics.subscriber_id = outbox.subscriber_id
    LEFT JOIN channels ON channels.subscriber_id = outbox.subscriber_id
    LEFT JOIN outbox AS edited ON edited.id = outbox.edits_outbox_id
    WHERE outbox.state = 'waiting' AND outbox.due_at <= :now AND outbox.again_at <= :now AND subscribers.reached = 1
      AND outbox.subscriber_id NOT IN (SELECT value FROM json_each(:busy))
      AND NOT EXISTS (SELECT 1 FROM holds WHERE name = 'sending')
      AND (outbox.unsure > 0 OR outbox.edits_outbox_id IS NOT NULL OR {BEFORE_RESTORE} IS NOT TRUE)
      AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.subscriber_id = outbox.subscriber_id AND earlier.state IN ('waiting', 'sending')
          AND (earlier.state = 'sending' OR (earlier.due_at, earlier.id) < (outbox.due_at, outbox.id)))
    ORDER BY outbox.due_at, outbox.id LIMIT :limit
"""
_UNCERTAIN = """
    SELECT outbox.*, mailings.parts, mailings.day FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id
    WHERE outbox.state = 'uncertain'
"""


class Outbox:
    """Waiting, sending, sent: every change of a row's state."""

    def __init__(self, db: Connection, subscribers: Subscribers, mailings: Mailings) -> None:
        self._db = db
        self._subscribers = subscribers
        self._mailings = mailings

    def next(self, now: datetime, limit: int, *, busy: Collection[int] = ()) -> list[Mail]:
        """What may be sent now, the earliest due first, one part a subscriber; `busy` subscribers are left out."""
        values = {"now": to_text(now), "limit": limit, "busy": json.dumps(list(busy))}
        return [_mail(row) for row in self._db.rows(_NEXT, values)]

    def claim(self, mails: Sequence[Mail], now: datetime) -> list[Mail]:
        """Write down that these are about to be sent; those that were still there to be claimed."""
        if not mails:
            return []
        with self._db.transaction():
            claimed = {
                row["id"]
                for row in self._db.execute(
                    "UPDATE outbox SET state = 'sending', claimed_at = ?, attempts = attempts + 1"
                    " WHERE id IN (SELECT value FROM json_each(?)) AND state = 'waiting' RETURNING id",
                    [to_text(now), json.dumps([mail.id for mail in mails])],
                ).fetchall()
            }
        return [mail for mail in mails if mail.id in claimed]

    def settle(
        self, outcomes: Sequence[Outcome], now: datetime, *, send_uncertain_again: bool = False
    ) -> None:
        """Write down what came of the attempts, all or none."""
        if not outcomes:
            return
        with self._db.transaction():
            for outcome in outcomes:
                self._settle(outcome, now, send_uncertain_again)

    def _settle(self, outcome: Outcome, now: datetime, again: bool) -> None:
        mail, at = outcome.mail, to_text(now)
        reason = outcome.reason[:REASON_LIMIT]
        if outcome.state == "failed" and mail.unsure and mail.kind == "digest":
            # An earlier attempt may have arrived: that is what nobody knows, whatever became of this one.
            outcome = replace(outcome, state="uncertain")
            again = False
        if outcome.state == "sent":
            self._db.execute(
                "UPDATE outbox SET state = 'sent', telegram_message_id = ?, settled_at = ?, reason = ''"
                " WHERE id = ? AND state = 'sending'",
                [outcome.telegram_id, at, mail.id],
            )
        elif outcome.state == "waiting":
            self._db.execute(
                "UPDATE outbox SET state = 'waiting', again_at = ?, plain = max(plain, ?), reason = ?, claimed_at = NULL"
                " WHERE id = ? AND state = 'sending'",
                [to_text(outcome.again_at or now), int(outcome.plain), reason, mail.id],
            )
        elif outcome.state == "uncertain":
            self._doubt(
                "id = ? AND state = 'sending'", [mail.id], now, again, reason, outcome.again_at or now
            )
            self._hold_rest(mail.id, now)
        else:
            self._db.execute(
                "UPDATE outbox SET state = 'failed', settled_at = ?, reason = ? WHERE id = ? AND state = 'sending'",
                [at, reason, mail.id],
            )
            self._take_back_failed(mail)
            self._hold_rest(mail.id, now)
        if outcome.moved_to:
            self._subscribers.migrate(mail.chat_id, outcome.moved_to)
        if outcome.gone:
            self._subscribers.gone(mail.chat_id, reason, now)

    def _take_back_failed(self, mail: Mail) -> None:
        """A digest that was refused for certain: its articles belong to the next one."""
        if mail.kind == "digest":
            self._db.execute(
                "UPDATE subscribers SET delivered_upto = min(delivered_upto, (SELECT max(mailings.after_article_id,"
                " coalesce((SELECT max(articles.id) FROM editions JOIN pages ON pages.edition_id = editions.id"
                " JOIN articles ON articles.page_id = pages.id WHERE editions.day < date(mailings.day, ?)), 0))"
                " FROM outbox JOIN mailings ON mailings.id = outbox.mailing_id WHERE outbox.id = ?)) WHERE id = ?",
                [f"-{KEPT_BACK_DAYS} days", mail.id, mail.subscriber_id],
            )

    def _hold_rest(self, outbox_id: int, now: datetime) -> None:
        """The parts behind one that did not go out for certain stay back: parts come in order or not at all."""
        self._db.execute(
            "UPDATE outbox SET state = 'expired', settled_at = ?, reason = ? WHERE state = 'waiting' AND kind = 'digest'"
            " AND (subscriber_id, mailing_id) IN (SELECT subscriber_id, mailing_id FROM outbox WHERE id = ? AND"
            " state IN ('uncertain', 'failed')) AND part > (SELECT part FROM outbox WHERE id = ?)",
            [to_text(now), HELD, outbox_id, outbox_id],
        )

    def _release_rest(self, outbox_id: int, now: datetime) -> None:
        """The part in front of them is resolved: those that were held back follow."""
        self._db.execute(
            "UPDATE outbox SET state = 'waiting', again_at = ?, reason = '' WHERE state = 'expired' AND reason = ?"
            " AND (subscriber_id, mailing_id) IN (SELECT subscriber_id, mailing_id FROM outbox WHERE id = ?)"
            " AND part > (SELECT part FROM outbox WHERE id = ?)",
            [to_text(now), HELD, outbox_id, outbox_id],
        )

    def _doubt(
        self, where: str, values: list[object], now: datetime, again: bool, reason: str, again_at: datetime
    ) -> None:
        """Rows of unknown outcome. Edits are repeated (harmless); the rest once more only if the policy says so."""
        self._db.execute(
            "UPDATE outbox SET unsure = unsure + 1, reason = ?, settled_at = ?, again_at = ?,"
            " state = CASE WHEN edits_outbox_id IS NOT NULL OR (? AND unsure = 0) THEN 'waiting' ELSE 'uncertain' END"
            f" WHERE {where}",
            [reason, to_text(now), to_text(again_at), int(again), *values],
        )

    def recover(self, now: datetime, *, send_uncertain_again: bool = False) -> int:
        """At start-up: what a killed process had in flight has an unknown outcome; how many rows."""
        with self._db.transaction():
            found = int(self._db.value("SELECT count(*) FROM outbox WHERE state = 'sending'"))
            ids = [row["id"] for row in self._db.rows("SELECT id FROM outbox WHERE state = 'sending'")]
            if found:
                self._doubt("state = 'sending'", [], now, send_uncertain_again, "the process stopped", now)
                for outbox_id in ids:
                    self._hold_rest(outbox_id, now)
        return found

    def enqueue(
        self,
        subscriber_id: int,
        kind: MailKind,
        subject: str,
        parts: Sequence[Part],
        now: datetime,
        *,
        due_at: datetime | None = None,
        silent: bool = False,
        language: str = "zh",
        edits: Sequence[int] = (),
    ) -> int:
        """Put a message for one subscriber into the outbox, once for a (kind, subject); how many rows are new.

        `subject` says what the message is about, for all time ("article 5 rule 芮城县"). `edits` are the outbox ids
        whose sent messages the parts replace, in order.
        """
        with self._db.transaction():
            mailing_id = self._mailings.put(
                kind,
                f"{subscriber_id} {subject}",
                parts,
                now,
                language=language,
                subscriber_id=subscriber_id,
            )
            at = to_text(due_at or now)
            new = 0
            for number, message_id in enumerate(self._mailings.message_ids(mailing_id), 1):
                new += self._db.execute(
                    "INSERT OR IGNORE INTO outbox (subscriber_id, mailing_id, kind, part, message_id, due_at, again_at,"
                    " silent, edits_outbox_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        subscriber_id,
                        mailing_id,
                        kind,
                        number,
                        message_id,
                        at,
                        at,
                        int(silent),
                        edits[number - 1] if number <= len(edits) else None,
                    ],
                ).rowcount
            return new

    def failed(self, limit: int = 20) -> list[tuple[str, str, int]]:
        """(kind, reason, rows) of what was refused for good, the most frequent first."""
        return [
            (row["kind"], row["reason"], row["rows"])
            for row in self._db.rows(
                "SELECT kind, reason, count(*) AS rows FROM outbox WHERE state = 'failed' GROUP BY kind, reason"
                " ORDER BY rows DESC LIMIT ?",
                [limit],
            )
        ]

    def retry_failed(self, now: datetime) -> int:
        """Let what was refused wait again, for readers who can be reached; how many rows.

        Not digests: their articles come with the next one.
        """
        return self._db.execute(
            "UPDATE outbox SET state = 'waiting', again_at = ?, settled_at = NULL WHERE state = 'failed'"
            " AND kind <> 'digest'"
            " AND subscriber_id IN (SELECT id FROM subscribers WHERE reached = 1)",
            [to_text(now)],
        ).rowcount

    def drop_failed(self, now: datetime) -> int:
        """Give up what was refused; how many rows."""
        return self._db.execute(
            "UPDATE outbox SET state = 'expired', settled_at = ? WHERE state = 'failed'", [to_text(now)]
        ).rowcount

    def rewind(self, now: datetime) -> int:
        """The clock was set back: retries it had put into the future may go now; how many."""
        return self._db.execute(
            "UPDATE outbox SET again_at = ? WHERE state = 'waiting' AND again_at > ? AND due_at <= ?",
            [to_text(now), to_text(now), to_text(now)],
        ).rowcount

    def counts(self) -> OutboxCounts:
        """How many rows are in each state, and since when the oldest waits."""
        found = {
            row["state"]: row["parts"] for row in self._db.rows("SELECT state, parts FROM outbox_counts")
        }
        return OutboxCounts(**found, oldest_waiting=self.oldest_waiting())

    def oldest_waiting(self) -> datetime | None:
        """The instant for which the oldest waiting row was promised."""
        return maybe_instant(self._db.value("SELECT min(due_at) FROM outbox WHERE state = 'waiting'"))

    def next_at(self) -> datetime | None:
        """When the next waiting row may be tried, or None; a row behind an earlier one of its subscriber waits for it."""
        return maybe_instant(
            self._db.value(
                "SELECT min(outbox.again_at) FROM outbox WHERE outbox.state = 'waiting'"
                " AND NOT EXISTS (SELECT 1 FROM holds WHERE name = 'sending') AND NOT EXISTS"
                " (SELECT 1 FROM outbox AS earlier WHERE earlier.subscriber_id = outbox.subscriber_id"
                " AND earlier.state IN ('waiting', 'sending')"
                " AND (earlier.due_at, earlier.id) < (outbox.due_at, outbox.id))"
            )
        )

    def in_flight(self) -> int:
        """How many rows are claimed."""
        return int(self._db.value("SELECT count(*) FROM outbox WHERE state = 'sending'"))

    def remove_settled(self, before: datetime, *, limit: int = 500) -> int:
        """Remove some of the oldest rows, settled before an instant; how many. Uncertain ones stay until resolved."""
        return self._db.execute(
            "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ?)"
            " AND state IN ('sent', 'failed', 'expired') AND settled_at < ?",
            [limit, to_text(before)],
        ).rowcount

    def uncertain_for(self, subscriber_id: int) -> list[UncertainPart]:
        """The parts of which a subscriber may have missed one, the latest first."""
        return [
            _uncertain(row)
            for row in self._db.rows(
                f"{_UNCERTAIN} AND outbox.subscriber_id = ? ORDER BY outbox.id DESC", [subscriber_id]
            )
        ]

    def uncertain(self, limit: int = 100) -> list[UncertainPart]:
        """All uncertain parts for the operator, the latest first."""
        return [
            _uncertain(row) for row in self._db.rows(f"{_UNCERTAIN} ORDER BY outbox.id DESC LIMIT ?", [limit])
        ]

    def send_again(self, outbox_id: int, now: datetime, *, subscriber_id: int | None = None) -> bool:
        """An operator, or the reader, asks for an uncertain part once more; False when it is not uncertain (any more)."""
        with self._db.transaction():
            changed = self._db.execute(
                "UPDATE outbox SET state = 'waiting', again_at = ?, reason = 'asked for again'"
                " WHERE id = ? AND state = 'uncertain' AND (? IS NULL OR subscriber_id = ?)",
                [to_text(now), outbox_id, subscriber_id, subscriber_id],
            ).rowcount
            if changed:
                self._release_rest(outbox_id, now)
        return changed == 1

    def arrived(self, outbox_id: int, now: datetime, *, subscriber_id: int | None = None) -> bool:
        """Somebody saw the uncertain part arrive: it counts as sent, and the parts behind it follow."""
        with self._db.transaction():
            changed = self._db.execute(
                "UPDATE outbox SET state = 'sent', reason = 'seen by the reader'"
                " WHERE id = ? AND state = 'uncertain' AND (? IS NULL OR subscriber_id = ?)",
                [outbox_id, subscriber_id, subscriber_id],
            ).rowcount
            if changed:
                self._release_rest(outbox_id, now)
        return changed == 1


def _mail(row: sqlite3.Row) -> Mail:
    return Mail(
        id=row["id"],
        subscriber_id=row["subscriber_id"],
        chat_id=row["chat_id"],
        kind=cast(MailKind, row["kind"]),
        message_id=row["message_id"],
        part=row["part"],
        due_at=to_instant(row["due_at"]),
        attempts=row["attempts"],
        unsure=row["unsure"],
        silent=bool(row["silent"] or row["wants_silence"]),
        plain=bool(row["plain"]),
        edits=row["edits"] or 0,
        thread_id=row["thread_id"] or 0,
        channel=row["channel"] is not None,
        timetable=timetable_of(row),
    )


def _uncertain(row: sqlite3.Row) -> UncertainPart:
    return UncertainPart(
        outbox_id=row["id"],
        subscriber_id=row["subscriber_id"],
        kind=cast(MailKind, row["kind"]),
        day=maybe_day(row["day"]),
        part=row["part"],
        parts=row["parts"],
        attempted_at=to_instant(row["settled_at"]),
        reason=row["reason"],
        digest_id=row["digest_id"],
    )
