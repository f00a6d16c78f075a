"""What operators said of pages: which lines are what, which articles are one, where a page belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from store.connection import Connection
from store.models import Correction, PageRef


class Corrections:
    """Rows beside the pages; store/correcting.py applies them."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def of(self, page_id: int) -> Sequence[Correction]:
        """The corrections of a page that count, oldest first."""
        return [
            Correction(
                row["what"],
                row["first_line"],
                row["last_line"],
                row["text"],
                row["other_line"],
                row["other_text"],
                row["id"],
            )
            for row in self._db.rows(
                "SELECT * FROM corrections WHERE page_id = ? AND withdrawn_at IS NULL ORDER BY id", [page_id]
            )
        ]

    def on(self, ref: PageRef) -> Sequence[Correction]:
        """The corrections of the page stored here; none where none is."""
        page_id = self._db.value(
            "SELECT pages.id FROM pages JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
            " WHERE papers.name = ? AND day = ? AND (number = ? AND ? = '' OR label <> '' AND label = ?)",
            [ref.paper, ref.day.isoformat(), ref.number, ref.label, ref.label],
        )
        return [] if page_id is None else self.of(int(page_id))

    def add(self, page_id: int, correction: Correction, now: datetime) -> int:
        """Keep a correction; its id. One of the same lines that said something else is withdrawn."""
        if not correction.other:
            self._db.execute(
                "UPDATE corrections SET withdrawn_at = ? WHERE page_id = ? AND first_line <= ? AND last_line >= ?"
                " AND other_line = 0 AND withdrawn_at IS NULL",
                [now.isoformat(), page_id, correction.last, correction.first],
            )
        cursor = self._db.execute(
            "INSERT INTO corrections (page_id, what, first_line, last_line, text, other_line, other_text, corrected_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                page_id,
                correction.what,
                correction.first,
                correction.last,
                correction.text,
                correction.other,
                correction.other_text,
                now.isoformat(),
            ],
        )
        return int(cursor.lastrowid or 0)

    def withdraw(self, page_id: int, now: datetime) -> bool:
        """Take back the last correction of a page that counts; whether there was one."""
        cursor = self._db.execute(
            "UPDATE corrections SET withdrawn_at = ? WHERE id ="
            " (SELECT max(id) FROM corrections WHERE page_id = ? AND withdrawn_at IS NULL)",
            [now.isoformat(), page_id],
        )
        return cursor.rowcount == 1

    def pages(self) -> list[int]:
        """The pages with corrections that count, oldest first."""
        rows = self._db.rows(
            "SELECT DISTINCT page_id FROM corrections WHERE withdrawn_at IS NULL ORDER BY page_id"
        )
        return [int(row["page_id"]) for row in rows]

    def note_move(self, source: str, old: PageRef, new: PageRef, now: datetime) -> None:
        """Remember where a file's page belongs; also when it had been moved before."""
        day = new.day.isoformat()
        self._db.execute(
            "UPDATE page_moves SET to_paper = ?, to_day = ?, to_number = ?, moved_at = ?"
            " WHERE source = ? AND to_paper = ? AND to_day = ? AND to_number = ?",
            [new.paper, day, new.number, now.isoformat(), source, old.paper, old.day.isoformat(), old.number],
        )
        self._db.execute(
            "INSERT OR REPLACE INTO page_moves VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [source, old.paper, old.day.isoformat(), old.number, new.paper, day, new.number, now.isoformat()],
        )

    def placed(self, source: str, ref: PageRef) -> PageRef:
        """Where a page of this file belongs: as an operator said, else as it was found."""
        row = self._db.row(
            "SELECT to_paper, to_day, to_number FROM page_moves WHERE source = ? AND paper = ? AND day = ? AND number = ?",
            [source, ref.paper, ref.day.isoformat(), ref.number],
        )
        if row is None:
            return ref
        return PageRef(row["to_paper"], date.fromisoformat(row["to_day"]), int(row["to_number"]))
