"""Papers, editions and pages: a page goes in with all its articles, or not at all. The articles' own rows are written by
`page_articles`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from store.connection import Connection
from store.models import Edition, PageRef, PageText, ParsedPage
from store.tables.page_articles import PageChange, put_articles, storable

PARSER = "4"
"""Rises when the parser's output changes so that pages are worth parsing again (tests/store/pages/test_version.py)."""

_BEYOND = 100_000
"""Numbers from here on are given to labels whose own number another label of the edition has (01 beside A01)."""

Indexer = Callable[[Sequence[int], Sequence[int]], None]
"""Called inside the page's transaction with the ids (changed or new, removed)."""


class Editions:
    """Writes pages and tells which editions there are."""

    def __init__(self, db: Connection, reindex: Indexer) -> None:
        self._db = db
        self._reindex = reindex

    def placed(self, ref: PageRef) -> PageRef:
        """The page with the number it has, or will get: a label keeps its number, and no other label gets it too."""
        rows = self._db.rows(
            "SELECT number, label FROM pages JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
            " WHERE papers.name = ? AND day = ?",
            [ref.paper, ref.day.isoformat()],
        )
        taken = {int(row["number"]): str(row["label"]) for row in rows}
        if not ref.label:
            at = taken.get(ref.number, "")
            if not at or (at.isdigit() and int(at) == ref.number):
                return ref
            ref = replace(ref, label=f"{ref.number:02d}")  # a plain 03 is not the A03 that has its number
        number = next((known for known, label in taken.items() if label == ref.label), None)
        if number is None:
            number = ref.number
            if taken.get(number, ref.label) not in ("", ref.label):
                number = max(max(taken), _BEYOND) + 1
        return replace(ref, number=number)

    def is_unchanged(self, ref: PageRef, raw_text: str) -> bool:
        """Whether exactly this text is already stored for the page, parsed by today's parser."""
        ref = self.placed(ref)
        row = self._db.row(
            "SELECT pages.id, parser FROM pages JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
            " WHERE papers.name = ? AND day = ? AND number = ? AND content_hash = ?",
            [ref.paper, ref.day.isoformat(), ref.number, _hash(raw_text)],
        )
        return row is not None and row["parser"] == self._parser(row["id"])

    def put(
        self, ref: PageRef, text: PageText, parsed: ParsedPage, *, source: str, now: datetime
    ) -> PageChange:
        """Store a page and its articles in one transaction.

        A page stored before is replaced: articles that are the same (by title and body) keep their ids.
        """
        raw = "\n".join(text.lines)
        with self._db.transaction():
            ref = self.placed(ref)
            edition_id = self._edition(ref, now)
            old = self._db.row(
                "SELECT id, content_hash, parser FROM pages WHERE edition_id = ? AND number = ?",
                [edition_id, ref.number],
            )
            parser = PARSER if old is None else self._parser(old["id"])
            if old is not None and old["content_hash"] == _hash(raw) and old["parser"] == parser:
                return PageChange("unchanged", old["id"])
            page_id = self._page(edition_id, ref, text, raw, parsed, source, now, parser)
            change = put_articles(self._db, page_id, parsed, now, is_new=old is None)
            self._reindex(change.added + change.changed, change.removed)
            return change

    def _parser(self, page_id: int) -> str:
        """What parses this page today: the parser's version, and the corrections of the page that count."""
        said = self._db.value(
            "SELECT group_concat(id, '.') FROM (SELECT id FROM corrections WHERE page_id = ? AND withdrawn_at IS NULL"
            " ORDER BY id)",
            [page_id],
        )
        return f"{PARSER}+{said}" if said else PARSER

    def find(self, paper: str, day: date, number: int) -> int | None:
        """The id of a page; None where it is not stored."""
        found = self._db.value(
            "SELECT pages.id FROM pages JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
            " WHERE papers.name = ? AND day = ? AND number = ?",
            [paper, day.isoformat(), number],
        )
        return None if found is None else int(found)

    def move(self, page_id: int, ref: PageRef, now: datetime) -> None:
        """Put a page with its articles where it belongs; their ids stay. The place must be free."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE pages SET edition_id = ?, number = ?, label = ? WHERE id = ?",
                [self._edition(ref, now), ref.number, ref.label, page_id],
            )
            self._db.execute(
                "UPDATE articles SET updated_at = ?, revision = revision + 1 WHERE page_id = ? AND removed_at IS NULL",
                [now.isoformat(), page_id],
            )
            ids = self._db.rows(
                "SELECT id FROM articles WHERE page_id = ? AND removed_at IS NULL ORDER BY id", [page_id]
            )
            self._reindex([int(row["id"]) for row in ids], [])

    def on(self, day: date) -> list[Edition]:
        """The editions of a day, by paper."""
        rows = self._db.rows(
            "SELECT editions.id, papers.name AS paper, group_concat(DISTINCT pages.number) AS numbers,"
            " (SELECT count(*) FROM articles JOIN pages ON pages.id = page_id"
            "  WHERE edition_id = editions.id AND removed_at IS NULL) AS articles,"
            # The site's own list says how many there are; else the highest number of the last weeks does, and where
            # pages have letters (A01, B01) numbers are no count.
            " coalesce((SELECT nullif(source_days.pages, 0) FROM source_days"
            "  WHERE source_days.paper = papers.name AND source_days.day = editions.day),"
            " (SELECT CASE WHEN max(label GLOB '[A-Za-z]*' OR length(label) > 3) THEN"
            "  (SELECT max(n) FROM (SELECT count(*) AS n FROM pages JOIN editions AS other ON other.id = edition_id"
            "   WHERE other.paper_id = papers.id AND other.day <= editions.day"
            "   AND other.day > date(editions.day, '-60 days') GROUP BY other.id)) ELSE max(number) END"
            "  FROM pages JOIN editions AS other ON other.id = edition_id"
            "  WHERE other.paper_id = papers.id AND other.day <= editions.day"
            "  AND other.day > date(editions.day, '-60 days'))) AS expected"
            " FROM editions JOIN papers ON papers.id = paper_id JOIN pages ON pages.edition_id = editions.id"
            " WHERE editions.day = ? GROUP BY editions.id ORDER BY papers.id",
            [day.isoformat()],
        )
        return [
            Edition(
                row["paper"],
                day,
                tuple(sorted(int(n) for n in row["numbers"].split(","))),
                row["articles"],
                row["expected"],
            )
            for row in rows
        ]

    def counts(self) -> list[Edition]:
        """Every edition with its page numbers and how many articles it has, by paper and day."""
        rows = self._db.rows(
            "SELECT papers.name AS paper, day, group_concat(DISTINCT pages.number) AS numbers,"
            " count(articles.id) AS articles FROM editions JOIN papers ON papers.id = paper_id"
            " JOIN pages ON pages.edition_id = editions.id"
            " LEFT JOIN articles ON articles.page_id = pages.id AND removed_at IS NULL"
            " GROUP BY editions.id ORDER BY papers.id, day"
        )
        return [
            Edition(
                row["paper"],
                date.fromisoformat(row["day"]),
                tuple(sorted(int(number) for number in row["numbers"].split(","))),
                row["articles"],
            )
            for row in rows
        ]

    def sources(self) -> list[str]:
        """Where the pages were read from, each once."""
        return [row["source"] for row in self._db.rows("SELECT DISTINCT source FROM pages ORDER BY source")]

    def papers(self) -> list[str]:
        """The names of all papers, in the order in which they were first read."""
        return [row["name"] for row in self._db.rows("SELECT name FROM papers ORDER BY id")]

    def seen_before(self, day: date, *, days: int = 14) -> dict[str, int]:
        """On how many of the `days` days before `day` each paper was read."""
        return {
            row["name"]: row["seen"]
            for row in self._db.rows(
                "SELECT papers.name, count(*) AS seen FROM editions JOIN papers ON papers.id = paper_id"
                " WHERE day < ? AND day >= date(?, ?) GROUP BY papers.id ORDER BY papers.id",
                [day.isoformat(), day.isoformat(), f"-{days} days"],
            )
        }

    def stamp(self, day: date, *, days: int = 14) -> str:
        """A fingerprint of which pages there are of this day and the `days` before."""
        row = self._db.row(
            "SELECT count(*), max(pages.id), total(pages.number), count(DISTINCT editions.id)"
            ", (SELECT count(*) FROM source_days WHERE state = 'no-edition' AND source_days.day = ?)"
            " FROM editions JOIN pages ON pages.edition_id = editions.id WHERE day >= date(?, ?) AND day <= ?",
            [day.isoformat(), day.isoformat(), f"-{days} days", day.isoformat()],
        )
        return " ".join(map(str, tuple(row or ())))

    def latest_day(self, *, paper: str = "", upto: date | None = None) -> date | None:
        """The newest day with a page read (of this paper, not after `upto`), or None."""
        day = self._db.value(
            "SELECT max(day) FROM editions JOIN papers ON papers.id = paper_id"
            " WHERE (? = '' OR papers.name = ?) AND (? IS NULL OR day <= ?)",
            [paper, paper, upto and upto.isoformat(), upto and upto.isoformat()],
        )
        return date.fromisoformat(day) if day else None

    def first_day(self) -> date | None:
        """The oldest day with a page read, or None."""
        day = self._db.value("SELECT min(day) FROM editions")
        return date.fromisoformat(day) if day else None

    def same_day_before(self, day: date, *, year: int) -> list[date]:
        """The days before `year` with the month and day of `day` that have an edition, newest first."""
        rows = self._db.rows(
            "SELECT DISTINCT day FROM editions WHERE day < ? AND substr(day, 6) = ? ORDER BY day DESC",
            [f"{year:04}-01-01", day.isoformat()[5:]],
        )
        return [date.fromisoformat(row["day"]) for row in rows]

    def days_around(self, day: date) -> tuple[date | None, date | None]:
        """The nearest day with an edition before and after `day`."""
        before = self._db.value("SELECT max(day) FROM editions WHERE day < ?", [day.isoformat()])
        after = self._db.value("SELECT min(day) FROM editions WHERE day > ?", [day.isoformat()])
        return (date.fromisoformat(before) if before else None, date.fromisoformat(after) if after else None)

    def page_source(self, page_id: int) -> tuple[PageRef, str, str]:
        """(where the page belongs, the source it was read from, its raw text). Raises KeyError."""
        row = self._db.row(
            "SELECT papers.name, day, number, label, source, unpacked(packed_text) AS raw_text FROM pages JOIN editions ON editions.id = edition_id"
            " JOIN papers ON papers.id = paper_id WHERE pages.id = ?",
            [page_id],
        )
        if row is None:
            raise KeyError(page_id)
        return (
            PageRef(row["name"], date.fromisoformat(row["day"]), row["number"], row["label"]),
            row["source"],
            row["raw_text"],
        )

    def format_of(self, page_id: int) -> str:
        """The format the page was read from; "" where it is not stored."""
        return str(self._db.value("SELECT format FROM pages WHERE id = ?", [page_id]) or "")

    def raw_text(self, ref: PageRef, *, format: str) -> str:
        """The raw text of the page if it is stored in this format, else ""."""
        ref = self.placed(ref)
        found = self._db.value(
            "SELECT unpacked(packed_text) FROM pages JOIN editions ON editions.id = edition_id JOIN papers ON papers.id = paper_id"
            " WHERE papers.name = ? AND day = ? AND number = ? AND format = ?",
            [ref.paper, ref.day.isoformat(), ref.number, format],
        )
        return str(found or "")

    def begin_reading(self, source: str, stamp: str, now: datetime) -> int:
        """Note that a file is about to be read; how often the very same file (`stamp`) was begun before and never ended."""
        self._db.execute(
            "INSERT INTO unread_files VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (source) DO UPDATE SET"
            " reason = excluded.reason, last_seen_at = excluded.last_seen_at, stamp = excluded.stamp,"
            " begun = CASE WHEN stamp = excluded.stamp THEN begun + 1 ELSE 1 END",
            [source, "Its reading was begun and never ended.", now.isoformat(), now.isoformat(), stamp],
        )
        return int(self._db.value("SELECT begun FROM unread_files WHERE source = ?", [source])) - 1

    def note_unread(self, source: str, reason: str, now: datetime, *, died: bool = False) -> None:
        """Remember a file that could not be read, until `forget_unread`; `died` leaves its reading counted as never ended."""
        self._db.execute(
            "INSERT INTO unread_files VALUES (?, ?, ?, ?, 0, '') ON CONFLICT (source)"
            " DO UPDATE SET reason = excluded.reason, last_seen_at = excluded.last_seen_at,"
            " begun = CASE WHEN ? THEN begun ELSE 0 END",
            [source, reason, now.isoformat(), now.isoformat(), died],
        )

    def forget_unread(self, source: str) -> None:
        """The file was read after all."""
        self._db.execute("DELETE FROM unread_files WHERE source = ?", [source])

    def unread(self) -> list[tuple[str, str]]:
        """(source, reason) of the files that could not be read."""
        return [
            (row["source"], row["reason"])
            for row in self._db.rows("SELECT source, reason FROM unread_files ORDER BY source")
        ]

    def _edition(self, ref: PageRef, now: datetime) -> int:
        self._db.execute(
            "INSERT INTO papers (name, first_seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [ref.paper, now.isoformat()],
        )
        paper_id = self._db.value("SELECT id FROM papers WHERE name = ?", [ref.paper])
        self._db.execute(
            "INSERT INTO editions (paper_id, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [paper_id, ref.day.isoformat()],
        )
        return int(
            self._db.value(
                "SELECT id FROM editions WHERE paper_id = ? AND day = ?", [paper_id, ref.day.isoformat()]
            )
        )

    def _page(
        self,
        edition_id: int,
        ref: PageRef,
        text: PageText,
        raw: str,
        parsed: ParsedPage,
        source: str,
        now: datetime,
        parser: str,
    ) -> int:
        self._db.execute(
            "INSERT INTO pages (edition_id, number, label, source, format, packed_text, content_hash, legibility, parser, read_at)"
            " VALUES (?, ?, ?, ?, ?, packed(?), ?, ?, ?, ?) ON CONFLICT (edition_id, number) DO UPDATE SET source = excluded.source,"
            " label = CASE WHEN excluded.label = '' THEN label ELSE excluded.label END,"
            " format = excluded.format, packed_text = excluded.packed_text, content_hash = excluded.content_hash,"
            " legibility = excluded.legibility, parser = excluded.parser, read_at = excluded.read_at",
            [
                edition_id,
                ref.number,
                ref.label,
                source,
                text.format,
                storable(raw),
                _hash(raw),
                parsed.legibility,
                parser,
                now.isoformat(),
            ],
        )
        page_id = int(
            self._db.value(
                "SELECT id FROM pages WHERE edition_id = ? AND number = ?", [edition_id, ref.number]
            )
        )
        self._db.execute("DELETE FROM page_pieces WHERE page_id = ?", [page_id])
        self._db.execute("DELETE FROM page_warnings WHERE page_id = ?", [page_id])
        self._db.executemany(
            "INSERT INTO page_pieces (page_id, role, text, first_line, last_line) VALUES (?, ?, ?, ?, ?)",
            [
                (page_id, piece.role, storable(piece.text), piece.first_line, piece.last_line)
                for piece in parsed.set_aside
            ],
        )
        self._db.executemany(
            "INSERT INTO page_warnings (page_id, code, text, line) VALUES (?, ?, ?, ?)",
            [(page_id, warning.code, storable(warning.text), warning.line) for warning in parsed.warnings],
        )
        return page_id


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
