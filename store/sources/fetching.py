"""A paper on a day, from its site into rows: one report, and nothing stored that is not understood.

A page goes in as soon as it is whole, so a crash costs at most one page; the first page waits until one article has been
understood, so that a changed layout never becomes an empty edition.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from store.database import Store
from store.errors import IngestError
from store.models import PageRef, PageText, ParsedArticle, ParsedPage, SetAside
from store.places import annotate
from store.readers import ready
from store.sources import feeds
from store.sources.before import FORMAT, stored_lines, stored_page
from store.sources.client import Client
from store.sources.errors import NoEdition, NotAnswered, NotUnderstood, NotYet, Refused, SourceError
from store.sources.families import OTHER
from store.sources.issues import Entry, Issue, dated_url, find_issue, read_pages
from store.sources.json_papers import article_of
from store.sources.labels import number_of, same_label
from store.sources.pdf_pages import put_page, read_page
from store.sources.records import (
    CutArticle,
    FetchReport,
    Item,
    Kept,
    ListedPage,
    Missing,
    OutcomeName,
    Paper,
    ReadPage,
)
from store.sources.shaping import shape
from store.tables.sources import SourceDay

log = logging.getLogger(__name__)

Watch = Callable[[str], None]
_Entry = tuple[Item, ParsedArticle, tuple[str, ...]]
"""An article with where it is listed and the addresses of its pictures."""


class RowCache:
    """The client's memory in rows. What it is given waits until `flush`, which goes with the page's own transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, Kept] = {}

    def get(self, url: str) -> Kept | None:
        """The answer kept for an address."""
        return self._waiting.get(url) or self._store.sources.answer(url)

    def put(self, kept: Kept) -> None:
        """Keep an answer that differs from what is kept."""
        if self.get(kept.url) != kept:
            self._waiting[kept.url] = kept

    def flush(self, now: datetime) -> None:
        """Write what waits."""
        self._store.sources.keep_answers(list(self._waiting.values()), now)
        self._waiting.clear()


@dataclass
class _Reading:
    """An edition while it is being read."""

    store: Store
    client: Client
    cache: RowCache
    paper: Paper
    day: date
    now: datetime
    issue: Issue
    understood: int = 0
    strange: list[Missing] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    held: list[ReadPage] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    moved: dict[str, list[_Entry]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    changed: bool = False
    stopped: str = ""


def fetch(
    store: Store,
    paper: Paper,
    day: date,
    *,
    client: Client,
    now: datetime,
    today: date,
    watch: Watch = lambda line: None,
) -> FetchReport:
    """Read a paper's edition of a day into the store. Raises StoreError; everything else becomes the report.

    The client's cache is taken over: what the site says with a validator is kept with the pages.
    """
    cache = RowCache(store)
    client.cache = cache
    had = any(edition.paper == paper.name for edition in store.editions.on(day))
    try:
        entry = find_issue(client, paper, day, today=today, known_url=store.sources.front_url(paper.name))
        _believe(store, paper, entry)
        watch(f"{entry.front.family}, {len(entry.front.pages)} pages")
        issue = read_pages(client, entry, watch=lambda done, all: watch(f"page {done + 1} of {all}"))
        reading = _Reading(store, client, cache, paper, day, now, issue)
        _read_all(reading, watch)
    except NotUnderstood as error:
        store.sources.keep_page(paper.name, error.url, error.why, error.page, now)
        return _noted(store, paper, day, "layout", str(error), now)
    except NotYet as error:
        return _noted(store, paper, day, "not-yet", str(error), now)
    except NoEdition as error:
        return _noted(store, paper, day, "no-edition", str(error), now)
    except SourceError as error:
        return _noted(store, paper, day, "failed", str(error), now)
    return _reported(reading, had)


def _believe(store: Store, paper: Paper, entry: Entry) -> None:
    """A site of a known system that is now of none is a changed layout until an operator says otherwise."""
    if entry.front.family != OTHER or paper.family == OTHER:
        return
    before = next((row.family for row in reversed(store.sources.days(paper.name)) if row.family), OTHER)
    if before != OTHER:
        raise NotUnderstood(
            entry.doc.url,
            f'it is no longer of the family {before}; family = "{OTHER}" in the configuration has it read all the same',
            entry.doc.data,
        )


def _noted(
    store: Store, paper: Paper, day: date, outcome: OutcomeName, reason: str, now: datetime
) -> FetchReport:
    store.sources.note(SourceDay(paper.name, day, outcome, reason), (), now)
    return FetchReport(paper.name, day, outcome, reason)


def _reported(reading: _Reading, had: bool) -> FetchReport:
    paper, day, front = reading.paper, reading.day, reading.issue.front
    missing = (*reading.issue.missing, *reading.missing, *reading.strange)
    reason = f"{len(missing)} of what is listed could not be read." if missing else ""
    pages = tuple((page.label, reading.counts.get(page.label, 0)) for page in reading.issue.pages)
    listed = len(pages) + len({one.url for one in reading.issue.missing})
    with reading.store.transaction():
        reading.cache.flush(reading.now)
        reading.store.sources.note(
            SourceDay(
                paper.name,
                day,
                "incomplete" if missing else "complete",
                reason,
                front.family,
                dated_url(front) or front.url,
                listed,
                sum(count for _, count in pages),
            ),
            missing,
            reading.now,
        )
    outcome: OutcomeName
    if missing:
        outcome = "incomplete"
    elif not had:
        outcome = "new"
    else:
        outcome = "updated" if reading.changed else "unchanged"
    warnings = [*reading.issue.warnings, *reading.warnings]
    if front.paper and front.paper != paper.name and front.family != feeds.FAMILY:
        warnings.append(f"The site calls itself {front.paper}.")
    return FetchReport(paper.name, day, outcome, reason, pages, missing, tuple(warnings), front.family)


def _read_all(reading: _Reading, watch: Watch) -> None:
    for page in reading.issue.pages:
        watch(f"page {page.label}: {len(page.items)} articles")
        if not page.items and page.pdf and not any(other.items for other in reading.issue.pages):
            _put_pdf(reading, page)
            continue
        read = _read_page(reading, page)
        reading.held.append(read)
        if reading.understood:
            _put_held(reading)
    for page in reading.issue.pages:
        if page.label in reading.moved:
            reading.held.append(_with_moved(reading, page))
    if not reading.held and not reading.counts and reading.missing:
        raise NotAnswered(reading.missing[0].url, reading.missing[0].reason)
    if reading.held and not reading.understood:
        if reading.strange:
            raise NotUnderstood(
                reading.strange[0].url, "no article on the site is understood any more", _bytes_of(reading)
            )
        failed = reading.missing or reading.issue.missing
        if failed:
            raise NotAnswered(failed[0].url, failed[0].reason)
    _put_held(reading)


def _bytes_of(reading: _Reading) -> bytes:
    try:
        return reading.client.get(reading.strange[0].url).data
    except SourceError:
        return b""


def _read_page(reading: _Reading, page: ListedPage) -> ReadPage:
    entries: list[_Entry] = []
    aside: list[str] = []
    for item in page.items:
        cut = _cut(reading, page, item)
        if cut is None:
            kept = stored_lines(reading.store, _ref(reading, page)).get(item.url)
            if kept:
                entries.append((item, kept[0], ()))
            continue
        elsewhere = _other_page(reading.issue, page, item, cut)
        if cut.is_empty and cut.pictures:
            aside.append(item.title or cut.title)
            reading.warnings.append(
                f"Page {page.label}: {item.title or item.url} is a picture without words."
            )
            continue
        article = shape(item, cut)
        sign = hashlib.sha256(
            "\n".join((article.title, *article.body)).encode("utf-8", "replace")
        ).hexdigest()
        if sign in reading.seen and reading.seen[sign] != item.url:
            reading.warnings.append(
                f"Page {page.label}: {article.title or item.url} is listed twice; kept once."
            )
            continue
        reading.seen[sign] = item.url
        if elsewhere:
            reading.moved.setdefault(elsewhere, []).append((item, article, cut.pictures))
        else:
            entries.append((item, article, cut.pictures))
    if reading.issue.front.family == feeds.FAMILY:
        entries += _before_in_feed(reading, page, {item.url for item in page.items})
    return ReadPage(
        page,
        tuple(article for _, article, _ in entries),
        tuple(item.url for item, _, _ in entries),
        tuple(round(item.area, 4) for item, _, _ in entries),
        tuple(pictures for _, _, pictures in entries),
        tuple(aside),
    )


def _before_in_feed(reading: _Reading, page: ListedPage, listed: set[str]) -> list[_Entry]:
    """What a feed gave earlier in the day: it shows its newest entries only, and the older ones are still the day's."""
    return [
        (Item(url, article.title), article, ())
        for url, (article, _) in stored_lines(reading.store, _ref(reading, page)).items()
        if url not in listed
    ]


def _cut(reading: _Reading, page: ListedPage, item: Item) -> CutArticle | None:
    """The article as the site gives it; None where it could not be had (and is noted as missing)."""
    if item.text is not None:
        reading.understood += 1
        return item.text
    if reading.stopped:
        reading.missing.append(Missing(page.label, item.url, reading.stopped))
        return None
    feed = reading.issue.front.family == feeds.FAMILY
    try:
        doc = reading.client.get(item.url)
        if feed:
            lines = feeds.extract(doc)
            cut = (
                CutArticle(item.title, lines, author=item.teaser.author if item.teaser else "")
                if lines
                else CutArticle()
            )
        else:
            cut = article_of(doc, listed=item.title)
    except (NotAnswered, Refused) as error:
        if item.teaser:
            reading.warnings.append(f"{item.title}: only its teaser could be had ({error.why}).")
            reading.understood += 1
            return item.teaser
        reading.missing.append(Missing(page.label, item.url, error.why))
        if isinstance(error, NotAnswered) and error.final:
            reading.stopped = f"not asked: {error.why}"
        return None
    except NotUnderstood as error:
        reading.strange.append(Missing(page.label, item.url, error.why))
        return None
    if cut.is_empty and item.teaser:
        cut = item.teaser
    if cut.day is not None and cut.day != reading.day:
        reading.warnings.append(f"Page {page.label}: {item.title or item.url} is of {cut.day}; left out.")
        return None
    if cut.is_empty and not cut.pictures:
        reading.strange.append(Missing(page.label, item.url, "no text on it is understood"))
        return None
    reading.understood += not cut.is_empty
    return cut


def _other_page(issue: Issue, page: ListedPage, item: Item, cut: CutArticle) -> str:
    """The label of the page an article says it stands on, where that is another page of the list; else ""."""
    if item.sure or not cut.page or same_label(cut.page, page.label):
        return ""
    return next((other.label for other in issue.pages if same_label(other.label, cut.page)), "")


def _with_moved(reading: _Reading, page: ListedPage) -> ReadPage:
    """A page with the articles that another page's list named but that say they stand here."""
    known = next((read for read in reading.held if read.page.label == page.label), None)
    if known is None:
        known = stored_page(reading.store, _ref(reading, page), page)
    else:
        reading.held.remove(known)
    fresh = [entry for entry in reading.moved[page.label] if entry[0].url not in known.urls]
    return ReadPage(
        page,
        (*known.articles, *(article for _, article, _ in fresh)),
        (*known.urls, *(item.url for item, _, _ in fresh)),
        (*known.areas, *(0.0 for _ in fresh)),
        (*known.pictures, *(pictures for _, _, pictures in fresh)),
        known.set_aside,
    )


def _ref(reading: _Reading, page: ListedPage) -> PageRef:
    return PageRef(reading.paper.name, reading.day, number_of(page.label), page.label)


def _put_held(reading: _Reading) -> None:
    """Store the pages that wait, each with its origins in one transaction."""
    store = reading.store
    for read in reading.held:
        reading.counts[read.page.label] = len(read.articles)
        ref = _ref(reading, read.page)
        lines = tuple(
            json.dumps({**json.loads(ready.line(article)), "url": url, "area": area}, ensure_ascii=False)
            for article, url, area in zip(read.articles, read.urls, read.areas, strict=True)
        )
        text = PageText(lines=lines, format=FORMAT, whole=True)
        with store.transaction():
            if not store.editions.is_unchanged(ref, "\n".join(lines)):
                change = store.editions.put(
                    ref,
                    text,
                    _annotated(read, ref),
                    source=read.page.url or reading.paper.url,
                    now=reading.now,
                )
                store.sources.note_origins(change.page_id, read)
                reading.changed = True
            reading.cache.flush(reading.now)
    reading.held.clear()


def _annotated(read: ReadPage, ref: PageRef) -> ParsedPage:
    bare = ParsedPage(
        tuple(replace(article, lines=((number, number),)) for number, article in enumerate(read.articles, 1)),
        set_aside=tuple(SetAside("furniture", text, 0, 0) for text in read.set_aside if text),
    )
    return annotate(bare, paper=ref.paper, day=ref.day)


def _put_pdf(reading: _Reading, page: ListedPage) -> None:
    """Store a page the site only gives as a PDF, or note why it could not be had."""
    ref = _ref(reading, page)
    try:
        text = read_page(reading.client, page.pdf)
    except (NotAnswered, Refused) as error:
        reading.missing.append(Missing(page.label, page.pdf, error.why))
        return
    except IngestError as error:
        reading.missing.append(Missing(page.label, page.pdf, str(error)))
        return
    reading.counts[page.label], changed = put_page(reading.store, ref, text, page, reading.now)
    reading.changed = reading.changed or changed
