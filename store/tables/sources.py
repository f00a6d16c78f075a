"""What is known of papers that are fetched: a row a paper and day, what was missing, and answers kept for next time.

Every write happens only where something differs: a second run with nothing new changes no row.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.connection import Connection
from store.sources.records import Kept, Missing, ReadPage

KEEP_ANSWERS = timedelta(days=7)
"""Corrections come on the day itself or the next; later nobody asks for the page again."""


@dataclass(frozen=True, slots=True)
class SourceDay:
    """What became of a paper on a day. `state` is "complete" or an outcome of FetchReport; `pages` what the site lists."""

    paper: str
    day: date
    state: str
    reason: str = ""
    family: str = ""
    front_url: str = ""
    pages: int = 0
    articles: int = 0
    first_at: datetime | None = None
    changed_at: datetime | None = None
    told_at: datetime | None = None


class Sources:
    """The rows of papers that are fetched."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def day(self, paper: str, day: date) -> SourceDay | None:
        """What became of the paper on the day, None where nobody has asked yet."""
        found = self.days(paper, first=day, last=day)
        return found[0] if found else None

    def days(
        self, paper: str = "", *, first: date | None = None, last: date | None = None
    ) -> list[SourceDay]:
        """The days of a paper (of all), in order."""
        rows = self._db.rows(
            "SELECT * FROM source_days WHERE (? = '' OR paper = ?) AND day >= ? AND day <= ? ORDER BY paper, day",
            [paper, paper, (first or date.min).isoformat(), (last or date.max).isoformat()],
        )
        return [
            SourceDay(
                row["paper"],
                date.fromisoformat(row["day"]),
                row["state"],
                row["reason"],
                row["family"],
                row["front_url"],
                row["pages"],
                row["articles"],
                datetime.fromisoformat(row["first_at"]),
                datetime.fromisoformat(row["changed_at"]),
                datetime.fromisoformat(row["told_at"]) if row["told_at"] else None,
            )
            for row in rows
        ]

    def missing(self, paper: str, day: date) -> list[Missing]:
        """What was listed on the day and could not be read."""
        rows = self._db.rows(
            "SELECT page, url, reason FROM source_missing WHERE paper = ? AND day = ? ORDER BY position",
            [paper, day.isoformat()],
        )
        return [Missing(row["page"], row["url"], row["reason"]) for row in rows]

    def note(self, found: SourceDay, missing: Sequence[Missing], now: datetime) -> bool:
        """Write what became of a day; whether anything differed from what was known.

        A day that was read stays read when a later look at the site fails.
        """
        with self._db.transaction():
            before = self.day(found.paper, found.day)
            if (
                before is not None
                and before.state in ("complete", "incomplete")
                and found.state not in ("complete", "incomplete")
            ):
                return False
            facts = (found.state, found.reason, found.family, found.front_url, found.pages, found.articles)
            if (
                before is not None
                and facts
                == (
                    before.state,
                    before.reason,
                    before.family,
                    before.front_url,
                    before.pages,
                    before.articles,
                )
                and list(missing) == self.missing(found.paper, found.day)
            ):
                return False
            self._db.execute(
                "INSERT INTO source_days (paper, day, state, reason, family, front_url, pages, articles, first_at, changed_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (paper, day) DO UPDATE SET state = excluded.state,"
                " reason = excluded.reason, family = excluded.family, front_url = excluded.front_url,"
                " pages = excluded.pages, articles = excluded.articles, changed_at = excluded.changed_at,"
                " told_at = CASE WHEN excluded.state NOT IN ('complete', 'incomplete') THEN told_at END",
                [found.paper, found.day.isoformat(), *facts, now.isoformat(), now.isoformat()],
            )
            self._db.execute(
                "DELETE FROM source_missing WHERE paper = ? AND day = ?", [found.paper, found.day.isoformat()]
            )
            self._db.executemany(
                "INSERT INTO source_missing (paper, day, position, page, url, reason) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (found.paper, found.day.isoformat(), number, one.page, one.url, one.reason)
                    for number, one in enumerate(missing)
                ],
            )
        return True

    def tell(self, paper: str, day: date, now: datetime) -> bool:
        """Claim the telling of a day's trouble to the operators; False where they know."""
        return bool(
            self._db.execute(
                "UPDATE source_days SET told_at = ? WHERE paper = ? AND day = ? AND told_at IS NULL",
                [now.isoformat(), paper, day.isoformat()],
            ).rowcount
        )

    def front_url(self, paper: str) -> str:
        """The address of the newest front that was read, "" where there is none."""
        return str(
            self._db.value(
                "SELECT front_url FROM source_days WHERE paper = ? AND state IN ('complete', 'incomplete')"
                " AND front_url <> '' ORDER BY day DESC LIMIT 1",
                [paper],
            )
            or ""
        )

    def answer(self, url: str) -> Kept | None:
        """An answer kept from before."""
        row = self._db.row("SELECT * FROM source_answers WHERE url = ?", [url])
        if row is None:
            return None
        return Kept(url, row["etag"], row["modified"], row["final_url"], zlib.decompress(row["content"]))

    def keep_answers(self, answers: Sequence[Kept], now: datetime) -> None:
        """Keep answers, and forget those nobody will ask about again."""
        if not answers:
            return
        with self._db.transaction():
            self._db.executemany(
                "INSERT INTO source_answers (url, etag, modified, final_url, content, kept_at) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,"
                " final_url = excluded.final_url, content = excluded.content, kept_at = excluded.kept_at",
                [
                    (
                        kept.url,
                        kept.etag,
                        kept.modified,
                        kept.final_url,
                        zlib.compress(kept.data),
                        now.isoformat(),
                    )
                    for kept in answers
                ],
            )
            self._db.execute(
                "DELETE FROM source_answers WHERE kept_at < ?", [(now - KEEP_ANSWERS).isoformat()]
            )

    def keep_page(self, paper: str, url: str, reason: str, content: bytes, now: datetime) -> None:
        """Keep a page that was not understood, for the operator; one a paper, the newest."""
        known = self._db.row(
            "SELECT url, reason, content FROM source_pages_not_understood WHERE paper = ?", [paper]
        )
        packed = zlib.compress(content)
        if known is not None and (known["url"], known["reason"], known["content"]) == (url, reason, packed):
            return
        self._db.execute(
            "INSERT INTO source_pages_not_understood (paper, url, reason, content, kept_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (paper) DO UPDATE SET url = excluded.url, reason = excluded.reason,"
            " content = excluded.content, kept_at = excluded.kept_at",
            [paper, url, reason, packed, now.isoformat()],
        )

    def page_not_understood(self, paper: str) -> tuple[str, str, bytes] | None:
        """(address, reason, content) of the page that was not understood last."""
        row = self._db.row(
            "SELECT url, reason, content FROM source_pages_not_understood WHERE paper = ?", [paper]
        )
        return (row["url"], row["reason"], zlib.decompress(row["content"])) if row else None

    def note_origins(self, page_id: int, read: ReadPage) -> None:
        """Where a page and its articles come from; only rows that differ are written."""
        page = read.page
        facts = (page.url, page.name, page.pdf, page.picture)
        row = self._db.row("SELECT url, name, pdf, picture FROM page_origins WHERE page_id = ?", [page_id])
        if row is None or tuple(row) != facts:
            self._db.execute(
                "INSERT OR REPLACE INTO page_origins (page_id, url, name, pdf, picture) VALUES (?, ?, ?, ?, ?)",
                [page_id, *facts],
            )
        ids = [
            int(found["id"])
            for found in self._db.rows(
                "SELECT id FROM articles WHERE page_id = ? AND removed_at IS NULL ORDER BY position",
                [page_id],
            )
        ]
        for article_id, url, area, pictures in zip(ids, read.urls, read.areas, read.pictures, strict=False):
            known = self._db.row("SELECT url, area FROM article_origins WHERE article_id = ?", [article_id])
            if known is None or (known["url"], known["area"]) != (url, area):
                self._db.execute(
                    "INSERT OR REPLACE INTO article_origins (article_id, url, area) VALUES (?, ?, ?)",
                    [article_id, url, area],
                )
            before = [
                found["url"]
                for found in self._db.rows(
                    "SELECT url FROM article_pictures WHERE article_id = ? ORDER BY position", [article_id]
                )
            ]
            if before != list(pictures):
                self._db.execute("DELETE FROM article_pictures WHERE article_id = ?", [article_id])
                self._db.executemany(
                    "INSERT INTO article_pictures (article_id, position, url) VALUES (?, ?, ?)",
                    [(article_id, number, picture) for number, picture in enumerate(pictures)],
                )

    def papers(self) -> list[str]:
        """Every paper that was ever asked for."""
        return [
            row["paper"] for row in self._db.rows("SELECT DISTINCT paper FROM source_days ORDER BY paper")
        ]
