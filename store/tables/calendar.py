"""The tables `events` and `reminders`: dated notices, kept in step with their articles, and who wants to be reminded.

Rows are written inside the transaction that changes an article (`renew`); nothing removes an event that is over: it is
asked for by day. What a notice is, `store/calendar` decides.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from store import calendar
from store.connection import Connection
from store.instants import maybe_day
from store.models.calendar import Event, EventKind, Found
from store.tables.articles import Articles

_CHUNK = 200
_SELECT = """
    SELECT events.*, papers.name AS paper, editions.day AS printed, pages.number AS page, articles.title AS title
    FROM events JOIN articles ON articles.id = events.article_id JOIN pages ON pages.id = articles.page_id
    JOIN editions ON editions.id = pages.edition_id JOIN papers ON papers.id = editions.paper_id
"""
_COLUMNS = (
    "kind, what, first_day, last_day, expires, is_open, deadline, weekdays, hours, place, spot, price, phone, paragraph,"
    " span_start, span_end, sentence, score"
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody wants to be reminded of an event; `lead` is "evening" (the evening before) or "hour" (an hour before).

    `event` is None when a correction took it away.
    """

    subscriber_id: int
    event_id: int
    article_id: int
    lead: str
    event: Event | None


class Calendar:
    """Events as records, and reminders."""

    def __init__(self, db: Connection, articles: Articles) -> None:
        self._db = db
        self._articles = articles

    def renew(self, changed: Sequence[int], removed: Sequence[int]) -> None:
        """Read the events of changed articles anew, forget those of removed ones; inside the caller's transaction."""
        for start in range(0, len(changed), _CHUNK):
            for article in self._articles.many(changed[start : start + _CHUNK]):
                self._put(
                    article.id,
                    calendar.find(
                        article.title,
                        article.body,
                        printed=article.day,
                        kind=article.kind,
                        places=article.places,
                    ),
                )
        self._db.executemany("DELETE FROM events WHERE article_id = ?", [(one,) for one in removed])

    def work_off(self) -> int:
        """Look through the articles that were there before the calendar; how many."""
        left = self._db.rows("SELECT article_id FROM calendar_backlog ORDER BY article_id DESC")
        ids = [int(row["article_id"]) for row in left]
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            with self._db.transaction():
                self.renew(part, [])
                self._db.executemany(
                    "DELETE FROM calendar_backlog WHERE article_id = ?", [(one,) for one in part]
                )
        return len(ids)

    def get(self, event_id: int) -> Event | None:
        """The event, or None when there is none (any more)."""
        row = self._db.row(f"{_SELECT} WHERE events.id = ?", [event_id])
        return None if row is None else _event(row)

    def of(self, article_id: int) -> list[Event]:
        """The events of an article, in its order."""
        return self._events("events.article_id = ? ORDER BY position", [article_id])

    def ahead(self, day: date, *, papers: Sequence[str] = ()) -> list[Event]:
        """What is still of use on a day and was printed by then, the nearest day first; `papers` () means all."""
        where, values = "events.expires >= ? AND editions.day <= ?", [day.isoformat(), day.isoformat()]
        if papers:
            where += f" AND papers.name IN ({','.join('?' * len(papers))})"
            values += papers
        found = self._events(f"{where} AND articles.removed_at IS NULL", values)
        return sorted(found, key=lambda event: (event.found.nearest(day), -event.found.score, event.id))

    def remind(self, subscriber_id: int, event: Event, *, lead: str, now: datetime) -> None:
        """Note that the subscriber wants to be reminded; asked again, the later wish counts."""
        self._db.execute(
            "INSERT INTO reminders (subscriber_id, event_id, lead, article_id, asked_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (subscriber_id, event_id) DO UPDATE SET lead = excluded.lead, asked_at = excluded.asked_at",
            [subscriber_id, event.id, lead, event.article_id, now.isoformat()],
        )

    def forget_reminder(self, subscriber_id: int, event_id: int) -> bool:
        """The reminder is sent, or no longer wanted; False when there was none."""
        return (
            self._db.execute(
                "DELETE FROM reminders WHERE subscriber_id = ? AND event_id = ?", [subscriber_id, event_id]
            ).rowcount
            == 1
        )

    def reminders(self, subscriber_id: int | None = None) -> list[Reminder]:
        """The open reminders, of one subscriber or of all."""
        where, values = ("", []) if subscriber_id is None else (" WHERE subscriber_id = ?", [subscriber_id])
        return [
            Reminder(
                row["subscriber_id"],
                row["event_id"],
                row["article_id"],
                row["lead"],
                self.get(row["event_id"]),
            )
            for row in self._db.rows(
                f"SELECT * FROM reminders{where} ORDER BY subscriber_id, event_id", values
            )
        ]

    def _events(self, where: str, values: Sequence[object]) -> list[Event]:
        return [_event(row) for row in self._db.rows(f"{_SELECT} WHERE {where}", list(values))]

    def _put(self, article_id: int, found: Sequence[Found]) -> None:
        marks = ", ".join("?" * (2 + len(_COLUMNS.split(","))))
        updates = ", ".join(f"{name.strip()} = excluded.{name.strip()}" for name in _COLUMNS.split(","))
        self._db.executemany(
            f"INSERT INTO events (article_id, position, {_COLUMNS}) VALUES ({marks})"
            f" ON CONFLICT (article_id, position) DO UPDATE SET {updates}",
            [(article_id, position, *_values(one)) for position, one in enumerate(found)],
        )
        self._db.execute(
            "DELETE FROM events WHERE article_id = ? AND position >= ?", [article_id, len(found)]
        )


def _values(found: Found) -> tuple[object, ...]:
    return (
        found.kind,
        found.what,
        found.first and found.first.isoformat(),
        found.last and found.last.isoformat(),
        found.expires.isoformat(),
        int(found.is_open),
        int(found.deadline),
        json.dumps(found.weekdays),
        json.dumps(found.hours, ensure_ascii=False),
        found.place,
        found.where,
        json.dumps(found.price, ensure_ascii=False),
        found.phone,
        found.paragraph,
        found.start,
        found.end,
        found.text,
        found.score,
    )


def _event(row: sqlite3.Row) -> Event:
    return Event(
        id=row["id"],
        article_id=row["article_id"],
        paper=row["paper"],
        printed=date.fromisoformat(row["printed"]),
        page=row["page"],
        title=row["title"],
        found=Found(
            kind=cast(EventKind, row["kind"]),
            first=maybe_day(row["first_day"]),
            last=maybe_day(row["last_day"]),
            expires=date.fromisoformat(row["expires"]),
            is_open=bool(row["is_open"]),
            deadline=bool(row["deadline"]),
            weekdays=tuple(json.loads(row["weekdays"])),
            hours=tuple(json.loads(row["hours"])),
            what=row["what"],
            where=row["spot"],
            place=row["place"],
            price=tuple(json.loads(row["price"])),
            phone=row["phone"],
            paragraph=row["paragraph"],
            start=row["span_start"],
            end=row["span_end"],
            text=row["sentence"],
            score=row["score"],
        ),
    )
