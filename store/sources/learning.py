"""What a site is, seen without storing anything: family, newest day, pages; and the paper's habits, learnt from a few days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from store.instants import SHANGHAI
from store.sources.addresses import on_day
from store.sources.client import Client
from store.sources.errors import NotUnderstood, SourceError
from store.sources.issues import Entry, Issue, dated_url, enter, read_pages
from store.sources.json_papers import article_of
from store.sources.records import CutArticle, Paper

_DAYS = 4
"""How many earlier days are looked at: a week's rhythm would need seven, good manners ask for few."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found. `sample` is the first article, for a person to look at."""

    issue: Issue
    sample: CutArticle | None


def try_site(client: Client, paper: Paper, today: date) -> tuple[Entry, Trial]:
    """What is at an address. Raises SourceError where it is no e-paper that is known."""
    entry = enter(client, paper, paper.url, today)
    if entry.front.day is None:
        raise NotUnderstood(entry.doc.url, "the page prints no date", entry.doc.data)
    issue = read_pages(client, entry)
    item = next((item for page in issue.pages for item in page.items), None)
    sample = item.text if item else None
    if item and sample is None:
        try:
            sample = article_of(client.get(item.url), listed=item.title)
        except SourceError:
            sample = None
    return entry, Trial(issue, sample)


def learn(client: Client, paper: Paper, entry: Entry, issue: Issue) -> Paper:
    """The paper with its usual hour and number of pages, from the newest edition and a few before it.

    The hour is when the front was last written, as its Last-Modified says; "" where the site does not say.
    """
    day = entry.front.day
    assert day is not None
    counts = [len(issue.pages)]
    moments = [_written(client, entry.doc.url, day)]
    deep = dated_url(entry.front)
    if deep:
        for back in range(1, _DAYS):
            before = day - timedelta(days=back)
            try:
                earlier = enter(client, paper, on_day(deep, before), before)
            except SourceError:
                continue
            if earlier.front.day == before:
                counts.append(len(earlier.front.pages))
                moments.append(_written(client, earlier.doc.url, before))
    known = sorted(moment for moment in moments if moment is not None)
    return replace(
        paper,
        hour=_rounded(known[-1]) if known else "",
        pages=sorted(counts)[len(counts) // 2],
    )


def _written(client: Client, url: str, day: date) -> datetime | None:
    """When a front was last written, if that was on its day or in the night before."""
    client.newest_change = None
    try:
        client.get(url)
    except SourceError:
        return None
    moment = client.newest_change
    if moment is None:
        return None
    local = moment.astimezone(SHANGHAI)
    if local.date() == day and local.hour < 18:
        return local.replace(year=2000, month=1, day=2)
    if local.date() == day - timedelta(days=1) and local.hour >= 18:
        return local.replace(year=2000, month=1, day=1)
    return None


def _rounded(moment: datetime) -> str:
    """The half hour after a moment; what is there before midnight is asked for at one."""
    later = moment + timedelta(minutes=30 - moment.minute % 30)
    return "01:00" if later.day == 1 or later.hour < 1 else later.strftime("%H:%M")
