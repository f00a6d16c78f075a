"""Papers whose pages come as JSON: index.json, data.json, journal and API answers, data that a page holds itself.

A page that is only a script's shell is searched, with its scripts, for the data or for the address of such an answer;
where an answer lists pages or articles by their ids alone, the scripts' own addresses say where the rest lies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import quote, urljoin, urlsplit

from store.sources.addresses import day_in_url
from store.sources.client import Client
from store.sources.cut import read_article
from store.sources.documents import Document
from store.sources.errors import NotAnswered, NotUnderstood, Refused
from store.sources.json_shapes import (
    FAMILY,
    article,
    bare_pages,
    day_in_data,
    is_json,
    items_in,
    paper_in,
    parsed,
    read,
    read_data,
    strings_in,
    waits,
)
from store.sources.printed import paper_of
from store.sources.records import CutArticle, Front, Item, ListedPage
from store.sources.scripts import addresses, held_data, templates

__all__ = ["FAMILY", "article_of", "find", "is_json", "read"]

_MOST_SCRIPTS, _MOST_ASKED, _MOST_LISTED, _SHELL = 4, 16, 200, 600
_POSTED = re.compile(r"\bpost\b", re.IGNORECASE)
_FIELD = re.compile(r"\bdata\s*[:=]\s*\{\s*['\"]?(\w+)['\"]?\s*:")


def article_of(doc: Document, *, listed: str = "") -> CutArticle:
    """The article of an address, be it a page or a JSON answer. Raises NotUnderstood."""
    return article(doc) if is_json(doc) else read_article(doc, listed=listed)


@dataclass
class _Asked:
    """Addresses with a place for an id, and the one of them that has worked."""

    client: Client
    waiting: tuple[str, ...]
    works: str = ""
    tried: set[str] = field(default_factory=set)

    def get(self, words: Iterable[str], fits: Callable[[Document], bool]) -> tuple[str, Document] | None:
        """(address, answer) of the first that fits, for one of the words."""
        for template in (self.works,) if self.works else self.waiting:
            for word in dict.fromkeys(words):
                url = template.replace("{}", quote(word))
                if url in self.tried and not self.works:
                    continue
                self.tried.add(url)
                doc = _answer(self.client, url)
                if doc is not None and fits(doc):
                    self.works = template
                    return url, doc
        return None


def find(client: Client, doc: Document, day: date) -> tuple[Document, None, Front] | None:
    """The edition behind a shell that its own scripts fill; None where the page is no such shell."""
    scripts = list(doc.root.xpath("//script"))
    if not scripts:
        return None
    text = doc.text
    is_shell = len("".join(doc.plain.split())) <= _SHELL
    sources = [script.get("src") for script in scripts if script.get("src")]
    for source in sources[:_MOST_SCRIPTS] if is_shell else ():
        try:
            text += "\n" + client.get(doc.link(source)).text
        except (NotAnswered, Refused):
            continue
    for held in held_data(text):
        front = read_data(held, doc, ids=True)
        front = _with_texts(client, front, templates(text, doc.url, day)) if front else None
        if front and front.day:
            return doc, None, replace(front, paper=front.paper or paper_of(doc))
    if not is_shell:
        return None
    found = _search(client, doc, text, addresses(text, doc.url, day), day)
    if found is not None:
        return found
    # Nothing of this day: what there is of the days around it says whether it is still to come, or was left out.
    for step in (1, -1, -2, -3):
        near = day + timedelta(days=step)
        dated = (url for url in addresses(text, doc.url, near, guesses=False) if day_in_url(url) == near)
        found = _search(client, doc, text, dated, near)
        if found is not None:
            return found
    return None


def _search(
    client: Client, doc: Document, text: str, wanted: Iterable[str], day: date
) -> tuple[Document, None, Front] | None:
    """The edition of the day behind one of the addresses, else the newest behind any of them."""
    asked: set[str] = set()
    newest: tuple[Document, None, Front] | None = None
    for address in wanted:
        if address in asked or len(asked) >= _MOST_ASKED:
            continue
        asked.add(address)
        answer = _answer(client, address) or _posted(client, address, text, day)
        found = _follow(client, answer, text, day) if answer is not None else None
        if found is None:
            continue
        front = found[1]
        complete = (found[0], None, replace(front, paper=front.paper or paper_of(doc)))
        if front.day == day:
            return complete
        if newest is None or (front.day and newest[2].day and front.day > newest[2].day):
            newest = complete
    return newest


def _answer(client: Client, url: str) -> Document | None:
    try:
        doc = client.get(url, json=True)
    except (NotAnswered, Refused):
        return None
    return doc if is_json(doc) else None


def _posted(client: Client, url: str, text: str, day: date) -> Document | None:
    """The answer to a form, where the scripts send forms: the day in the field they name, else as `date`."""
    path = urlsplit(url).path
    around = [text[max(0, at.start() - 160) : at.end() + 240] for at in re.finditer(re.escape(path), text)]
    if not any(_POSTED.search(words) for words in around):
        return None
    named = next((found[1] for words in around if (found := _FIELD.search(words))), "date")
    try:
        doc = client.post(url, {named: day.isoformat()})
    except (NotAnswered, Refused):
        return None
    return doc if is_json(doc) else None


def _follow(client: Client, answer: Document, text: str, day: date) -> tuple[Document, Front] | None:
    """The edition in an answer, or in the ones it names: the newest's address, each page's, each article's."""
    waiting = templates(text, answer.url, day)
    try:
        data = parsed(answer)
    except NotUnderstood:
        return None
    front = read_data(data, answer)
    if front:
        return answer, _joined(client, answer, front)
    front = read_data(data, answer, ids=True) if waiting else None
    front = _with_texts(client, front, waiting) if front else _pages_apart(client, answer, waiting)
    if front:
        return answer, front
    for value in strings_in(data):
        if re.search(r"\.json(?:$|\?)", value):
            other = _answer(client, urljoin(answer.url, value))
            try:
                front = read(other) if other is not None else None
            except NotUnderstood:
                continue
            if front and other is not None:
                return other, front
    return None


def _pages_apart(client: Client, answer: Document, waiting: tuple[str, ...]) -> Front | None:
    """The edition of an answer that lists pages only: each page's articles lie in an answer of their own."""
    data = parsed(answer)
    asking = _Asked(client, waiting)
    pages: list[ListedPage] = []
    day = day_in_data(data) or day_in_url(answer.url)
    for page, key in bare_pages(data, answer)[:_MOST_LISTED]:
        if page.url:
            doc = _answer(client, page.url)
        else:
            found = asking.get((key, page.label), lambda doc: bool(items_in(parsed(doc), doc, "")))
            doc = found[1] if found else None
        items = items_in(parsed(doc), doc, page.label) if doc is not None else ()
        if doc is None and not pages:
            return None  # a list of something else
        day = day or (day_in_data(parsed(doc)) if doc is not None else None)
        pages.append(replace(page, url=page.url or (doc.url if doc is not None else ""), items=items))
    if not any(page.items for page in pages):
        return None
    return _with_texts(client, Front(FAMILY, answer.url, paper_in(data), day, tuple(pages)), waiting)


def _with_texts(client: Client, front: Front, waiting: tuple[str, ...]) -> Front | None:
    """The front with an address for each article that is known by its id alone; None where none can be had."""
    asking = _Asked(client, waiting)

    def at_home(item: Item) -> Item:
        if not waits(item):
            return item
        key = item.url.rsplit("#", 1)[1]
        if not asking.works and not asking.get((key,), lambda doc: not article(doc).is_empty):
            return item
        return replace(item, url=asking.works.replace("{}", quote(key)), text=None)

    pages = tuple(replace(page, items=tuple(map(at_home, page.items))) for page in front.pages)
    items = [item for page in pages for item in page.items]
    return replace(front, pages=pages) if any(not waits(item) for item in items) else None


def _joined(client: Client, answer: Document, front: Front) -> Front:
    """A journal gives a page an answer: the others are asked for by their number."""
    if "page=" not in urlsplit(answer.url).query.lower() or len(front.pages) != 1:
        return front
    pages = list(front.pages)
    for number in range(2, 100):
        url = re.sub(r"(?<=page=)0*\d+", f"{number:02d}", answer.url)
        try:
            further = read(client.get(url, json=True))
        except (NotAnswered, NotUnderstood, Refused):
            break
        if not further or not further.pages or further.pages[0].label == pages[-1].label:
            break
        pages += further.pages
    return Front(front.family, front.url, front.paper, front.day, tuple(pages))
