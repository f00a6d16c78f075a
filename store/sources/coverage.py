"""What there is of each fetched paper, what is missing and why: for `baozhai sources`, its web page and /health."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.database import Store
from store.instants import SHANGHAI
from store.sources.records import Paper
from store.tables.sources import SourceDay

RECENT_DAYS = 14
"""A paper nobody has asked for since is no longer fetched."""
TROUBLES = frozenset({"incomplete", "layout", "failed"})


@dataclass(frozen=True, slots=True)
class CoveredDay:
    """A day of a paper: `state` is "complete", "incomplete", "no-edition", "not-yet", "layout", "failed" or "missing"."""

    day: date
    state: str
    pages: int = 0
    articles: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One paper: its days from the first edition to the last, and what went well and wrong last."""

    paper: str
    url: str
    family: str
    hour: str
    pages: int
    days: tuple[CoveredDay, ...]
    last_success: datetime | None
    trouble: SourceDay | None

    @property
    def editions(self) -> tuple[date, ...]:
        """The days of which something is stored."""
        return tuple(day.day for day in self.days if day.articles or day.state in ("complete", "incomplete"))

    @property
    def gaps(self) -> tuple[date, ...]:
        """Days between first and last edition of which there is nothing, and of which the site did not say 停刊."""
        return tuple(day.day for day in self.days if day.state in ("missing", "failed", "layout", "not-yet"))


def coverage(store: Store, papers: Sequence[Paper]) -> list[Coverage]:
    """How each paper of the configuration stands, in its order."""
    stored: dict[str, dict[date, tuple[int, int]]] = {}
    for row in store.editions.counts():
        stored.setdefault(row.paper, {})[row.day] = (len(row.pages), row.articles)
    return [_of(store, paper, stored.get(paper.name, {})) for paper in papers]


def papers_today(store: Store, now: datetime) -> tuple[str, ...]:
    """A line for each paper fetched lately: today's paper, or that it is late, or why it could not be read; bad news first."""
    day = now.astimezone(SHANGHAI).date()
    latest: dict[str, SourceDay] = {}
    came: dict[str, date] = {}
    for row in store.sources.days(first=day - timedelta(days=RECENT_DAYS), last=day):
        latest[row.paper] = row
        if row.state in ("complete", "incomplete"):
            came[row.paper] = row.day
    lines: list[tuple[int, str]] = []
    for name, row in latest.items():
        before = f" (the last that came: {came[name]})" if name in came else ""
        if row.day != day:
            lines.append((1, f"{name}: not asked for yet{before}"))
        elif row.state == "complete":
            lines.append((3, f"{name}: {row.pages} pages, {row.articles} articles"))
        elif row.state == "no-edition":
            lines.append((3, f"{name}: no paper today (停刊)"))
        elif row.state == "not-yet":
            lines.append((1, f"{name}: late{before}"))
        else:
            lines.append((0, f"{name}: {row.state}: {row.reason}"))
    return tuple(line for _, line in sorted(lines))


def _of(store: Store, paper: Paper, stored: dict[date, tuple[int, int]]) -> Coverage:
    noted = {row.day: row for row in store.sources.days(paper.name)}
    known = sorted({*stored, *noted})
    days: list[CoveredDay] = []
    if known:
        day = known[0]
        while day <= known[-1]:
            row = noted.get(day)
            pages, articles = stored.get(day, (0, 0))
            state = row.state if row else "complete" if day in stored else "missing"
            days.append(CoveredDay(day, state, pages, articles, row.reason if row else ""))
            day += timedelta(days=1)
    good = [
        row.changed_at for row in noted.values() if row.state in ("complete", "incomplete") and row.changed_at
    ]
    bad = [row for row in noted.values() if row.state in TROUBLES]
    family = next((row.family for row in reversed(list(noted.values())) if row.family), paper.family)
    return Coverage(
        paper.name,
        paper.url,
        family,
        paper.hour,
        paper.pages,
        tuple(days),
        max(good, default=None),
        max(bad, key=lambda row: (row.changed_at is not None, row.changed_at), default=None),
    )
