"""A JSON answer → an edition, a page's articles, an article, whatever its keys are called; pure.

The systems name their keys differently; the shape is the same everywhere: a list of pages, each with a number and a list
of articles. So the shape is looked for, and the names are lists of what has been seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin

from store.sources.addresses import day_in_url
from store.sources.documents import Document, blocks
from store.sources.errors import NotUnderstood
from store.sources.labels import clean, read_label, tidy
from store.sources.printed import day_in
from store.sources.records import CutArticle, Front, Item, ListedPage

FAMILY = "json"
_LABELS = (
    "papernumber",
    "pageno",
    "pagenum",
    "pagenumber",
    "pagecode",
    "pnumber",
    "pno",
    "banci",
    "vernum",
    "verorder",
    "editionno",
    "editioncode",
    "bc",
    "layoutno",
    "layoutcode",
    "pagelabel",
    "label",
    "no",
    "number",
    "num",
    "page",
    "code",
)
_NAMES = (
    "paperbk",
    "pagename",
    "pname",
    "editionname",
    "layoutname",
    "bm",
    "banming",
    "vername",
    "name",
    "title",
)
_TITLES = ("maintitle", "title", "headline", "articletitle", "zhengti", "bt")
_KICKERS = ("guidetitle", "pretitle", "introtitle", "leadtitle", "kicker", "yinti")
_SUBTITLES = ("title2", "subtitle", "vicetitle", "futi")
_AUTHORS = ("author", "articleauthor", "zuozhe", "writer")
_TEXTS = (
    "content",
    "articlecontent",
    "contenthtml",
    "contenttext",
    "html",
    "text",
    "body",
    "contents",
    "zhengwen",
)
_LINKS = ("articlehref", "href", "url", "link", "articleurl", "htmlurl")
_IDS = (
    "id",
    "articleid",
    "contentid",
    "aid",
    "newsid",
    "docid",
    "guid",
    "uuid",
    "pageid",
    "editionid",
    "layoutid",
)
_PDFS = ("pdf", "pdffilepath", "pdfurl", "pagepdf", "pdfpath", "pdffile")
_PICTURES = (
    "pagebigimgpath",
    "pageimgpath",
    "paperimg",
    "pic",
    "img",
    "image",
    "picpath",
    "jpgpath",
    "imgurl",
    "imgfilepath",
)
_DAYS = (
    "date",
    "paperdate",
    "pubdate",
    "publishdate",
    "issuedate",
    "perioddate",
    "periodtime",
    "docpubtime",
    "publishtime",
    "pagedate",
    "qkdate",
    "jdate",
    "pdate",
    "riqi",
)
_PAPERS = ("papername", "newspapername", "medianame", "sitename", "paper", "publicationname")
_ORDERED_BACKWARDS = ("articlelist",)
"""解放日报's journal gives its articles from the last to the first."""
_WRAPPED = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w.$]{1,60}\s*[=(]\s*(?=[\[{])")
"""JSON handed to a script: show({…}), var issue = […]."""
_FILES = (*_LINKS, "file", "path", "json", "jsonurl", "dataurl", "api", "src")


def is_json(doc: Document) -> bool:
    """Whether an answer is JSON, bare or handed to a script."""
    head = doc.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] in (b"{", b"[") or bool(_WRAPPED.match(head.decode("ascii", "replace")))


def read(doc: Document) -> Front | None:
    """The edition in a JSON answer; None where it holds no list of pages."""
    return read_data(parsed(doc), doc)


def read_data(data: Any, doc: Document, *, ids: bool = False) -> Front | None:
    """The edition in what a page holds. `ids`: also lists whose articles have nothing but an id (`waits` says which)."""
    listed = list(_pages(data, doc, ids))
    if not listed:
        return None
    return Front(FAMILY, doc.url, paper_in(data), day_in_data(data) or day_in_url(doc.url), tuple(listed))


def paper_in(data: Any) -> str:
    """The paper's name, "" where it is not in the data."""
    return tidy(str(_value(data, _PAPERS, deep=True)))


def bare_pages(data: Any, doc: Document) -> list[tuple[ListedPage, str]]:
    """Pages listed without their articles: (page, its id); `url` is where its articles lie, "" where only the id says it."""
    found: list[tuple[ListedPage, str]] = []
    stack = [data]
    while stack and not found:
        node = stack.pop(0)
        if isinstance(node, dict):
            stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            objects = [one for one in node if isinstance(one, dict)]
            for one in objects if len(objects) == len(node) else []:
                label, name = _label_and_name(one)
                link, key = str(_value(one, _FILES) or ""), str(_value(one, _IDS) or "")
                if label and len(label) <= 6 and (link or key or name):
                    pdf = str(_value(one, _PDFS) or "")
                    url = urljoin(doc.url, link) if link else ""
                    page = ListedPage(label, name, url, urljoin(doc.url, pdf) if pdf else "")
                    found.append((page, key or label))
            if not found:
                stack.extend(value for value in node if isinstance(value, dict | list))
    return found


def items_in(data: Any, doc: Document, label: str) -> tuple[Item, ...]:
    """The articles in the answer for one page."""
    stack = [data]
    while stack:
        node = stack.pop(0)
        if isinstance(node, list):
            if _are_articles(node, ids=True):
                return tuple(_items(node, doc, label))
            stack.extend(value for value in node if isinstance(value, dict | list))
        elif isinstance(node, dict):
            backwards = next((node[key] for key in node if key.lower() in _ORDERED_BACKWARDS), None)
            if _are_articles(backwards, ids=True):
                return tuple(_items(list(reversed(backwards or [])), doc, label))
            stack.extend(value for value in node.values() if isinstance(value, dict | list))
    return ()


def article(doc: Document) -> CutArticle:
    """The article in a JSON answer; empty where it holds no text. Raises NotUnderstood."""
    stack, looked = [parsed(doc)], 0
    while stack and looked < 400:
        node = stack.pop(0)
        looked += 1
        if isinstance(node, dict):
            paragraphs = _paragraphs(_value(node, _TEXTS))
            if paragraphs:
                return _cut(node, paragraphs, "")
            stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            stack.extend(value for value in node if isinstance(value, dict | list))
    return CutArticle()


def waits(item: Item) -> bool:
    """Whether an item is known by its id alone: its text lies at an address that only a script makes."""
    return item.text is not None and item.text.is_empty and "#" in item.url


def parsed(doc: Document) -> Any:
    """The data of an answer. Raises NotUnderstood."""
    text = doc.text.lstrip("\ufeff")
    wrapped = _WRAPPED.match(text)
    try:
        if wrapped:
            return json.JSONDecoder().raw_decode(text, wrapped.end())[0]
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(doc.url, "the answer is no whole JSON", doc.data) from error


def _pages(data: Any, doc: Document, ids: bool) -> Iterator[ListedPage]:
    """Every object that has a page's number and a list of articles."""
    seen: dict[str, int] = {}
    for found, items in _with_articles(data, ids):
        one, name = _label_and_name(found)
        again = seen[one] = seen.get(one, 0) + 1
        pdf, picture = str(_value(found, _PDFS) or ""), str(_value(found, _PICTURES) or "")
        yield ListedPage(
            one + (f"({again})" if again > 1 else ""),
            name,
            doc.url,
            urljoin(doc.url, pdf) if pdf else "",
            urljoin(doc.url, picture) if picture else "",
            tuple(_items(items, doc, one)),
        )


def _label_and_name(page: dict[str, Any]) -> tuple[str, str]:
    label = str(_value(page, _LABELS) or "")
    name = tidy(str(_value(page, _NAMES) or ""))
    one, other = read_label(label)
    if not one:
        one, other = read_label(name)
    elif not name or name == label:
        name = other
    return one or label, read_label(name)[1] or name


def _with_articles(data: Any, ids: bool) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """(object, its articles) wherever a list of objects with titles hangs in an object with a number."""
    stack = [data]
    while stack:
        node = stack.pop(0)
        if isinstance(node, dict):
            for key, value in node.items():
                if _are_articles(value, ids=ids) and _value(node, _LABELS) not in (None, ""):
                    backwards = key.lower() in _ORDERED_BACKWARDS
                    yield node, list(reversed(value)) if backwards else value
                    break
            else:
                stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            stack.extend(value for value in node if isinstance(value, dict | list))


def _are_articles(value: Any, *, ids: bool = False) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        return False
    first = value[0]
    if any(_are_articles(inner, ids=ids) for inner in first.values()):
        return False
    titled = any(_value(one, _TITLES) is not None for one in value)
    told = any(_value(one, _LINKS) or _value(one, _TEXTS) is not None for one in value)
    return titled and (told or (ids and all(_value(one, _IDS) is not None for one in value)))


def _items(articles: list[Any], doc: Document, label: str) -> Iterator[Item]:
    for number, article in enumerate(articles):
        title = _flat(_value(article, _TITLES))
        link = str(_value(article, _LINKS) or "")
        texts = _value(article, _TEXTS)
        paragraphs = _paragraphs(texts)
        name = str(_value(article, _IDS) or f"{label}-{number}")
        url = urljoin(doc.url, link) if link else f"{doc.url}#{name}"
        cut = _cut(article, paragraphs, label)
        yield Item(url, title, text=cut if paragraphs or not link else None)


def _cut(article: dict[str, Any], paragraphs: tuple[str, ...], label: str) -> CutArticle:
    return CutArticle(
        title=_flat(_value(article, _TITLES)),
        paragraphs=paragraphs,
        kicker=_flat(_value(article, _KICKERS)),
        subtitle=_flat(_value(article, _SUBTITLES)),
        author=_flat(_value(article, _AUTHORS)),
        page=label,
    )


def _paragraphs(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(line for one in value for line in _paragraphs(one))
    if not isinstance(value, str) or not value.strip():
        return ()
    if re.search(r"<[a-zA-Z/]", value):
        root = Document("", f"<div>{value}</div>".encode()).root
        return tuple(line for line in map(clean, blocks(root)) if line)
    return tuple(line for line in map(clean, re.split(r"[\r\n]+", value)) if line)


def _flat(value: Any) -> str:
    """A title without its tags: <br/> stands in them."""
    if not isinstance(value, str):
        return ""
    return clean(re.sub(r"<[^>]*>", " ", value.replace("&nbsp;", " ")))


def _value(data: Any, names: tuple[str, ...], *, deep: bool = False) -> Any:
    """The first of these keys (whatever their case) that an object has."""
    stack, looked = [data], 0
    while stack and looked < 400:
        node = stack.pop(0)
        looked += 1
        if isinstance(node, dict):
            lower = {
                key.lower().replace("_", ""): value for key, value in node.items() if isinstance(key, str)
            }
            for name in names:
                if (
                    name in lower
                    and lower[name] is not None
                    and not isinstance(lower[name], dict | list if names is not _TEXTS else dict)
                ):
                    return lower[name]
            if deep:
                stack.extend(value for value in node.values() if isinstance(value, dict | list))
        elif deep and isinstance(node, list):
            stack.extend(node[:3])
        if not deep:
            break
    return "" if deep else None


def day_in_data(data: Any) -> date | None:
    """The day an answer states, None where it states none."""
    value = _value(data, _DAYS, deep=True)
    if isinstance(value, int) and value > 10**11:
        return datetime.fromtimestamp(value / 1000, UTC).date()
    return day_in(str(value)) if value else None


def strings_in(data: Any) -> Iterator[str]:
    """Every text in the data."""
    stack = [data]
    while stack:
        node = stack.pop(0)
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
