"""A paper on a day, found on its site: from the configured address to the pages with their article lists.

`find_issue` decides which page of the site is the front of the day asked; `read_pages` reads every page's own list.
What is not there is an error with a name: NotYet, NoEdition, NotUnderstood, NotAnswered, Refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from store.sources import feeds, json_papers, pdf_lists
from store.sources.addresses import day_in_url, on_day
from store.sources.client import Client
from store.sources.documents import Document, text_of
from store.sources.errors import NoEdition, NotAnswered, NotUnderstood, NotYet, Refused, SourceError
from store.sources.families import FAMILIES, Family, family_named, recognise, unnamed
from store.sources.labels import read_label
from store.sources.lists import pdf_and_picture, read_front, read_items
from store.sources.ownership import each_once, labelled
from store.sources.printed import label_of, says_no_edition
from store.sources.records import Front, Item, ListedPage, Missing, Paper
from store.sources.rules import is_dropped

MOST_JUMPS = 6
MOST_FRAMES = 4
MOST_PAGES = 200
"""A thick weekend edition has a hundred pages; a list that goes on is a trap."""
_SHORT = 600
_ABSENT = re.compile(
    r"不存在|找不到|未找到|没有找到|无法找到|404|已(?:被)?删除|暂无|尚未|没有(?:该|此|这|相关|当[天日]|报纸|数据)|notfound",
    re.IGNORECASE,
)
HEADLINE = re.compile(r"[一-鿿]{3}.*[一-鿿]{3}")
_CHALLENGES = ("yunsuo_session_verify", "jsl_clearance", "__jsluid", "cf-challenge")


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition found, with its lists read; `missing` are pages that did not answer."""

    front: Front
    pages: tuple[ListedPage, ...]
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Entry:
    """A front page as fetched."""

    doc: Document
    family: Family | None
    front: Front


def find_issue(client: Client, paper: Paper, day: date, *, today: date, known_url: str = "") -> Entry:
    """The front of the edition of `day`. `known_url` is a front's address that worked before.

    Raises NotYet, NoEdition, NotUnderstood, NotAnswered or Refused.
    """
    deep = next((url for url in (known_url, paper.url) if url and day_in_url(url)), "")
    trouble: SourceError | None = None
    dated = on_day(deep, day) if deep else ""
    tried: set[str] = set()
    if dated and (day != today or paper.url == deep):
        tried.add(dated)
        found, trouble = _try(client, paper, dated, day)
        if found:
            return found
    if on_day(paper.url, day) == dated and dated in tried and day_in_url(paper.url) == day:
        raise trouble or NotYet()
    newest: Entry | None = None
    try:
        newest = enter(client, paper, paper.url, day)
    except NotAnswered as error:
        if not dated or dated in tried or error.final:
            raise
        trouble = error
    if newest is not None:
        if newest.front.day == day:
            return newest
        if newest.front.day is None:
            raise NotUnderstood(newest.doc.url, "the page prints no date", newest.doc.data)
        deep = dated_url(newest.front)
        linked = _linked_edition(newest, day)
        if linked and linked not in tried:
            tried.add(linked)
            found, trouble = _try(client, paper, linked, day)
            if found:
                return found
        dated = dated or (on_day(deep, day) if deep else "")
    if dated and dated not in tried:
        found, other = _try(client, paper, dated, day)
        if found:
            return found
        trouble = other if trouble is None or isinstance(other, NoEdition) else trouble
    if isinstance(trouble, NoEdition):
        raise trouble
    if newest is None:
        raise trouble or NotYet()
    shown = newest.front.day
    assert shown is not None
    if says_no_edition(newest.doc, day):
        raise NoEdition(f"The site says that there is no paper on {day} (停刊).")
    if shown > day:
        if trouble is not None and not _is_absent(trouble):
            raise trouble
        raise NoEdition(f"The site has the paper of {shown} and none of {day} (停刊).")
    if trouble is not None and isinstance(trouble, NotAnswered) and not _is_absent(trouble):
        raise trouble
    old = f"; is {paper.url} an address from before a redesign?" if (day - shown).days > 60 else ""
    raise NotYet(f"The front shows the paper of {shown}{old}.")


def dated_url(front: Front) -> str:
    """An address of the front that names its day: its own, else that of its first page; "" where none does."""
    return next((url for url in (front.url, *(page.url for page in front.pages)) if day_in_url(url)), "")


def _try(client: Client, paper: Paper, url: str, day: date) -> tuple[Entry | None, SourceError | None]:
    """The front at an address if it is of this day, else why it is not."""
    try:
        entry = enter(client, paper, url, day)
    except (NotAnswered, NoEdition, Refused) as error:
        return None, error
    except NotUnderstood as error:
        return None, error
    if entry.front.day == day:
        return entry, None
    if entry.front.day is None:
        return None, NotUnderstood(entry.doc.url, "the page prints no date", entry.doc.data)
    return None, NotYet(f"{entry.doc.url} shows the paper of {entry.front.day}.")


def _is_absent(error: SourceError) -> bool:
    """Whether an error only says that the day's page is not there, with a status or in words (对不起，页面不存在)."""
    if isinstance(error, NotUnderstood):
        try:
            words = "".join(Document(error.url, error.page).plain.split()) if error.page.strip() else ""
        except NotUnderstood:
            words = ""
        return not words or (len(words) < _SHORT and bool(_ABSENT.search(words)))
    return isinstance(error, NotYet) or (isinstance(error, NotAnswered) and error.status in (404, 410))


def _linked_edition(newest: Entry, day: date) -> str:
    """An address on the newest front that leads to the edition of another day (calendar, 上一期), "" where none does."""
    if newest.family is None:
        return ""
    for _, href in newest.doc.links:
        url = newest.doc.link(href)
        if day_in_url(url) == day and newest.family.page_of(url):
            return url
    return ""


def enter(client: Client, paper: Paper, url: str, day: date) -> Entry:
    """The front that an address leads to in the end, through refreshes. Raises SourceError."""
    seen: list[str] = []
    frames: list[str] = []
    doc = client.get(url)
    while True:
        if doc.url in seen or len(seen) > MOST_JUMPS:
            raise NotAnswered(url, "its refreshes go round in a circle")
        seen.append(doc.url)
        entry = _front(client, paper, doc, day)
        if entry is not None:
            return entry
        target = "" if json_papers.is_json(doc) else doc.jump() or _newest_edition(doc, paper)
        if not target or target == doc.url:
            frames += [frame for frame in _frames(doc) if frame not in (*seen, *frames)][:MOST_FRAMES]
            if not frames:
                break
            target = frames.pop(0)
        try:
            client.trusted.judge(target)
        except Refused as error:
            raise Refused(url, f"it leads on to {target}, and {error.why}") from error
        doc = client.get(target)
    if json_papers.is_json(doc):
        raise NotUnderstood(doc.url, "the answer holds no list of pages with articles", doc.data)
    if any(sign in doc.text for sign in _CHALLENGES):
        raise NotAnswered(url, "the site wants to see a browser first", status=403)
    if says_no_edition(doc, day):
        raise NoEdition(f"The site says that there is no paper on {day} (停刊).")
    raise NotUnderstood(doc.url, "this is no page of an e-paper system that is known", doc.data)


def _frames(doc: Document) -> list[str]:
    """The frames of a page, of its own host: in them lies what a frameset shows."""
    if json_papers.is_json(doc):
        return []
    here = urlsplit(doc.url).netloc.lower()
    return [frame for frame in doc.frames() if urlsplit(frame).netloc.lower() == here]


def _front(client: Client, paper: Paper, doc: Document, day: date) -> Entry | None:
    """The page as a front, or None where it has no page list of its own."""
    if feeds.is_feed(doc):
        return Entry(doc, None, feeds.read(doc, day))
    if json_papers.is_json(doc):
        front = json_papers.read(doc)
        return Entry(doc, None, front) if front else None
    named = family_named(paper.family)
    family = named if named and any(named.page_of(doc.link(href)) for _, href in doc.links) else None
    family = family or recognise(doc)  # papers change systems overnight: a family that is named is a hint
    if family is None and not any(known.page_of(doc.url) for known in FAMILIES):
        family = unnamed(doc)  # an address of a known system whose page is not understood is a changed layout
    front = read_front(doc, family) if family else None
    if (
        family
        and front
        and front.pages
        and (read_items(doc, family) or family.page_of(doc.url) or len(front.pages) > 1)
    ):
        if _is_archive(doc, family, front):
            return None
        return Entry(doc, family, _with_day(client, doc, family, front))
    if doc.jump():
        return None
    listed = pdf_lists.read(doc) if family is None else None
    if listed is not None:
        return Entry(doc, None, listed)
    found = json_papers.find(client, doc, day)
    return Entry(*found) if found else None


def _is_archive(doc: Document, family: Family, front: Front) -> bool:
    """Whether a page only lists editions, and is none itself: of the newest it names hardly a page."""
    is_nameless = family.page_of(doc.url) is None and not read_items(doc, family) and not front.day
    return is_nameless and sum(bool(page.label) for page in front.pages) < 2


def _with_day(client: Client, doc: Document, family: Family, front: Front) -> Front:
    """The front with the day and paper that its first page prints, where it prints none itself (a frame of links)."""
    first = front.pages[0].url
    if front.day is not None or first == doc.url:
        return front
    try:
        other = read_front(client.get(first), family)
    except (NotAnswered, NotUnderstood, Refused):
        return front
    return replace(front, day=other.day, paper=other.paper or front.paper)


def _newest_edition(doc: Document, paper: Paper) -> str:
    """Of a page that lists editions, the first page of the newest."""
    best: tuple[date, str] | None = None
    for _, href in doc.links:
        url = doc.link(href)
        at = day_in_url(url)
        if at and any(family.page_of(url) for family in _families(paper)) and (best is None or at > best[0]):
            best = (at, url)
    return best[1] if best else ""


def _families(paper: Paper) -> Sequence[Family]:
    named = family_named(paper.family)
    return (named,) if named else FAMILIES


def read_pages(
    client: Client, entry: Entry, *, watch: Callable[[int, int], None] = lambda done, all: None
) -> Issue:
    """Every page of the edition with its own articles; each article on one page only. Raises NotUnderstood."""
    front, family = entry.front, entry.family
    if family is None:
        return Issue(front, _dropped_out(front.pages))
    if not front.pages:
        raise NotUnderstood(entry.doc.url, "there is no list of pages on it", entry.doc.data)
    waiting = list(front.pages[:MOST_PAGES])
    known = {page.url for page in waiting}
    read: list[ListedPage] = []
    missing: list[Missing] = []
    warnings: list[str] = []
    headlines: list[frozenset[str]] = []
    endless = len(front.pages) > MOST_PAGES
    while waiting:
        page = waiting.pop(0)
        watch(len(read), len(read) + len(waiting) + 1)
        try:
            doc = entry.doc if page.url == front.url else client.get(page.url)
            if urlsplit(doc.url).path != urlsplit(page.url).path and doc is not entry.doc:
                raise NotAnswered(page.url, f"it leads to {doc.url} instead")
            other = read_front(doc, family)
        except (NotAnswered, Refused, NotUnderstood) as error:
            missing.append(Missing(page.label or page.name, page.url, error.why))
            if isinstance(error, NotAnswered) and error.final:
                missing += [Missing(rest.label, rest.url, "not asked: " + error.why) for rest in waiting]
                break
            continue
        if other.day is not None and other.day != front.day:
            missing.append(Missing(page.label, page.url, f"the page prints another day ({other.day})"))
            continue
        for further in other.pages:
            if further.url not in known and (further.label or len(front.pages) <= 1):
                if len(known) >= MOST_PAGES:
                    endless = True
                    break
                known.add(further.url)
                waiting.append(further)
        if not page.label or page.url not in {one.url for one in front.pages if one.label}:
            label, name = label_of(doc)
            page = replace(page, label=page.label or label, name=page.name or name)
        own = next((one for one in other.pages if one.url == page.url), None)
        items = read_items(doc, family, page.label)
        if not items:
            doc, items = _in_frames(client, doc, family, page.label)
        headlines.append(_headlines(doc, family))
        page = replace(page, pdf=page.pdf or (own.pdf if own else ""), items=items)
        read.append(pdf_and_picture(doc, page))
    if endless:
        missing.append(
            Missing("", entry.doc.url, f"its list of pages does not end; {MOST_PAGES} of them were read")
        )
    pages = _dropped_out(labelled(each_once(read, family)))
    if not any(page.items for page in pages):
        fresh = [lines - _elsewhere(headlines, number) for number, lines in enumerate(headlines)]
        if sum(map(len, fresh)) >= max(2, len(pages)) or not any(page.pdf for page in pages):
            raise NotUnderstood(entry.doc.url, "no page of it has a list of articles", entry.doc.data)
        warnings.append("The site lists no articles, only PDF pages: they are read as pages.")
    else:
        strange = _not_understood(pages, read, headlines)
        missing += [
            Missing(page.label, page.url, "its list of articles is not understood") for page in strange
        ]
        pages = tuple(page for page in pages if page not in strange)
    return Issue(front, pages, tuple(missing), tuple(warnings))


def _in_frames(
    client: Client, doc: Document, family: Family, label: str
) -> tuple[Document, tuple[Item, ...]]:
    """The frame of a page that holds its list of articles, with the list; the page itself where none does."""
    for frame in _frames(doc)[:MOST_FRAMES]:
        try:
            inner = client.get(frame)
            items = read_items(inner, family, label)
        except (NotAnswered, NotUnderstood, Refused):
            continue
        if items:
            return inner, items
    return doc, ()


def _not_understood(
    pages: Sequence[ListedPage], read: Sequence[ListedPage], headlines: Sequence[frozenset[str]]
) -> list[ListedPage]:
    """Pages without articles on which headlines stand that no other page has: their list is made otherwise."""
    strange = []
    for number, page in enumerate(pages):
        titles = {item.title for other in read for item in other.items}
        if not read[number].items and len(headlines[number] - _elsewhere(headlines, number) - titles) >= 2:
            strange.append(page)
    return strange


def _elsewhere(headlines: Sequence[frozenset[str]], number: int) -> set[str]:
    return {line for other, lines in enumerate(headlines) if other != number for line in lines}


def _headlines(doc: Document, family: Family) -> frozenset[str]:
    """Links of a page that read like headlines, though they are no article's: the list of a changed layout."""
    found: set[str] = set()
    for element in doc.root.xpath("//a"):
        href = element.get("href") or element.get("daoxiang") or ""
        text = text_of(element)
        label, _ = read_label(text)
        is_file = urlsplit(href).path.lower().endswith((".pdf", ".jpg"))
        url = doc.link(href)  # "#/show/7" leads to the page itself, and is one of a program's own addresses
        is_known = url != doc.url and (family.page_of(url) or family.is_article(url))
        if href and not is_file and not label and not is_known and HEADLINE.search(text):
            found.add(text)
    return frozenset(found)


def _dropped_out(pages: Sequence[ListedPage]) -> tuple[ListedPage, ...]:
    """The pages without the entries that are no articles by their title (广告, 责编, 导读)."""
    return tuple(
        replace(page, items=tuple(item for item in page.items if not is_dropped(item.title)))
        for page in pages
    )
