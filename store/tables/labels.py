"""What readers say is wrong with articles, kept with the page it came from: samples for the parser."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import cast

from store.connection import Connection
from store.models.reading import Label, LabelKind

KINDS: tuple[LabelKind, ...] = ("cut", "title", "repeat")


class Labels:
    """The tables `labels` and `votes`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, article_id: int, kind: LabelKind, *, subscriber_id: int, now: datetime) -> bool:
        """Keep a label with the page's text as it is now; False when this reader put the same one before."""
        lines = [
            [row["first_line"], row["last_line"]]
            for row in self._db.rows(
                "SELECT first_line, last_line FROM article_lines WHERE article_id = ? ORDER BY position",
                [article_id],
            )
        ]
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO labels (article_id, kind, subscriber_id, source, page_text, lines, labelled_at)"
            " SELECT articles.id, ?, ?, pages.source, unpacked(pages.packed_text), ?, ? FROM articles JOIN pages ON pages.id = page_id"
            " WHERE articles.id = ?",
            [kind, subscriber_id, json.dumps(lines), now.isoformat(), article_id],
        )
        return cursor.rowcount == 1

    def all(self, *, limit: int = 1_000_000) -> list[Label]:
        """The labels, newest first."""
        return [
            Label(
                row["id"],
                cast(LabelKind, row["kind"]),
                row["article_id"],
                row["title"],
                row["paper"],
                date.fromisoformat(row["day"]),
                row["number"],
                row["source"],
                row["page_text"],
                tuple((first, last) for first, last in json.loads(row["lines"])),
                datetime.fromisoformat(row["labelled_at"]),
            )
            for row in self._db.rows(
                "SELECT labels.*, articles.title, papers.name AS paper, editions.day, pages.number FROM labels"
                " JOIN articles ON articles.id = article_id JOIN pages ON pages.id = page_id"
                " JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
                " ORDER BY labels.id DESC LIMIT ?",
                [limit],
            )
        ]

    def vote(self, day: date, *, up: bool, subscriber_id: int, now: datetime) -> None:
        """A thumb for a day's digest; the last one counts."""
        self._db.execute(
            "INSERT INTO votes VALUES (?, ?, ?, ?) ON CONFLICT (subscriber_id, day)"
            " DO UPDATE SET up = excluded.up, voted_at = excluded.voted_at",
            [subscriber_id, day.isoformat(), int(up), now.isoformat()],
        )

    def votes(self, day: date) -> tuple[int, int]:
        """(thumbs up, thumbs down) for a day."""
        row = self._db.row(
            "SELECT coalesce(sum(up), 0) AS up, coalesce(sum(1 - up), 0) AS down FROM votes WHERE day = ?",
            [day.isoformat()],
        )
        assert row is not None  # an aggregate always has a row
        return row["up"], row["down"]
