"""The morning: when each paper is asked for, again until it is complete, and whom to tell of what went wrong.

`next_step` is pure; `Morning` does what it says for one paper at a time. What became of a day stands in rows
(`source_days`), so a restart asks again and loses nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.config import SourcesConfig
from store.database import Store
from store.instants import SHANGHAI
from store.sources.errors import SourceError
from store.sources.records import FetchReport, Paper
from store.tables.sources import SourceDay

log = logging.getLogger(__name__)

UNKNOWN_HOUR = time(6, 0)
"""When a paper is first asked for whose hour nobody knows."""
USUAL_DAYS, USUAL_SHARE = 14, 0.5
"""A paper usually comes if it came on half of the days of the last fortnight."""
LEAST_KNOWN = 4
"""Editions that must be known before a number of pages is called usual."""
SETTLED = frozenset({"no-edition"})


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about a paper now: `fetch` it for `day`, or tell the operators that it stays away (`silent`)."""

    action: str
    day: date


def next_step(
    paper: Paper,
    now: datetime,
    *,
    known: SourceDay | None,
    asked_at: datetime | None,
    again: timedelta,
    last_hour: time,
    usual: bool,
    pages: int = 0,
) -> Step | None:
    """What to do about a paper, None for nothing. `asked_at` is when this process last asked for it.

    `pages` is how many its editions had lately, for papers of which the configuration does not say it.

    A paper is asked for from its usual hour on, again after `again` until it is complete, the last time at `last_hour`.
    """
    local = now.astimezone(SHANGHAI)
    day = local.date()
    hour = time.fromisoformat(paper.hour.zfill(5)) if paper.hour else UNKNOWN_HOUR
    last = max(last_hour, hour)
    if (paper.from_date and day < paper.from_date) or local.time() < hour:
        return None
    asked_today = asked_at is not None and asked_at.astimezone(SHANGHAI).date() == day
    is_over = local.time() > last
    if known is not None and (known.state in SETTLED or _is_complete(paper, known, pages, is_over=is_over)):
        return None
    if is_over:
        late_once = not asked_today and known is None  # a bot that was down in the morning still asks once
        if late_once:
            return Step("fetch", day)
        read = known is not None and known.state in ("complete", "incomplete")
        return (
            Step("silent", day) if usual and not read and (known is None or known.told_at is None) else None
        )
    if asked_today and asked_at is not None and now - asked_at < again:
        return None
    return Step("fetch", day)


def _is_complete(paper: Paper, known: SourceDay, pages: int, *, is_over: bool) -> bool:
    """All that the site lists is read, and the site lists what the paper usually has. A feed grows all morning."""
    if known.family == "feed" and not is_over:
        return False
    return known.state == "complete" and known.pages >= (paper.pages or pages)


def usual_pages(days: Sequence[SourceDay], day: date) -> int:
    """How many pages a paper has at least, by its last editions: the second smallest number of a fortnight; 0 unknown."""
    counts = sorted(
        known.pages
        for known in days
        if known.state == "complete" and 0 < (day - known.day).days <= USUAL_DAYS and known.pages
    )
    return counts[1] if len(counts) >= LEAST_KNOWN else 0


Fetcher = Callable[[Store, Paper, date, datetime], FetchReport]
Tell = Callable[[str], None]


@dataclass
class Morning:
    """The papers of the configuration, and when each was asked for last."""

    config: SourcesConfig
    fetch: Fetcher
    asked_at: dict[str, datetime] = field(default_factory=dict)

    def look(self, store: Store, paper: Paper, now: datetime) -> FetchReport | None:
        """Do what is due for a paper; the report of a fetch, None where none was made. Raises StoreError."""
        day = now.astimezone(SHANGHAI).date()
        step = next_step(
            paper,
            now,
            known=store.sources.day(paper.name, day),
            asked_at=self.asked_at.get(paper.name),
            again=timedelta(minutes=self.config.again_minutes),
            last_hour=self.config.last_hour,
            usual=is_usual(store, paper.name, day),
            pages=self._pages(store, paper, day),
        )
        if step is None or step.action != "fetch":
            return None
        report = self.fetch(store, paper, step.day, now)
        self.asked_at[paper.name] = now  # after: a busy database must not count as asked
        log.info("%s %s: %s %s", paper.name, step.day, report.outcome, report.reason)
        return report

    def troubles(self, store: Store, now: datetime) -> Iterable[tuple[Paper, SourceDay]]:
        """What the operators do not know yet: a layout that changed, and a usual paper that stayed away."""
        day = now.astimezone(SHANGHAI).date()
        for paper in self.config.papers:
            known = store.sources.day(paper.name, day)
            if known is not None and known.state == "layout":
                if known.told_at is None and not self._told_before(store, paper, day):
                    yield paper, known
                continue
            step = next_step(
                paper,
                now,
                known=known,
                asked_at=self.asked_at.get(paper.name),
                again=timedelta(minutes=self.config.again_minutes),
                last_hour=self.config.last_hour,
                usual=is_usual(store, paper.name, day),
                pages=self._pages(store, paper, day),
            )
            if step is not None and step.action == "silent" and known is not None:
                yield paper, known

    def _told_before(self, store: Store, paper: Paper, day: date) -> bool:
        """Whether the site was not understood the last time either, and the operators know it."""
        before = [
            row
            for row in store.sources.days(paper.name, last=day - timedelta(days=1))
            if row.state != "failed"
        ]
        return bool(before) and before[-1].state == "layout" and before[-1].told_at is not None

    def _pages(self, store: Store, paper: Paper, day: date) -> int:
        if paper.pages:
            return paper.pages
        first = day - timedelta(days=USUAL_DAYS)
        return usual_pages(store.sources.days(paper.name, first=first, last=day), day)


def is_usual(store: Store, paper: str, day: date) -> bool:
    """Whether the paper usually comes."""
    seen = store.editions.seen_before(day, days=USUAL_DAYS)
    return seen.get(paper, 0) >= USUAL_SHARE * max(seen.values(), default=0) > 0


def network_fetcher(config: SourcesConfig, stopping: threading.Event) -> Fetcher:
    """A fetcher over the network; hosts that several papers share keep their pauses. It ends early once `stopping`."""

    def pause(seconds: float) -> None:
        if stopping.wait(seconds):
            raise SourceError("The bot is being stopped; the rest is asked for at its next start.")

    hosts: dict[str, object] = {}

    def fetch_over_network(store: Store, paper: Paper, day: date, now: datetime) -> FetchReport:
        from store.sources.client import Client, Manners  # httpx and lxml: only where papers are named
        from store.sources.fetching import fetch
        from store.sources.trust import trust

        manners = Manners(contact=config.contact, delay_seconds=config.delay_seconds, sleep=pause)
        client = Client(trust(paper.url, paper.hosts), manners, hosts=hosts)  # type: ignore[arg-type]
        try:
            return fetch(store, paper, day, client=client, now=now, today=day)
        finally:
            client.close()
            for host in list(hosts):
                hosts[host].robots = None  # type: ignore[attr-defined]  # rules may change between two runs
                hosts[host].closed, hosts[host].silences = "", 0  # type: ignore[attr-defined]

    return fetch_over_network
