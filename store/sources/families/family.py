"""One row a family: how the addresses of its pages and articles are shaped, and what its pages carry that others do not.

A family is told from the page itself: comments, ids, attributes, the shape of its links. The host says nothing: papers
change systems overnight and keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from store.sources.documents import Document

_DAY8 = r"(?:19|20)\d{6}"


@dataclass(frozen=True, slots=True)
class Family:
    """An e-paper system.

    `page` matches the path of a page; its group `edition` is what all pages of an edition share, `file` what differs.
    `article` matches the path of an article. `marks` tells how surely a page is of this family by what is on it (0 to 1).
    `label_in_file` says that `file` is the printed label and no running number; `numbered` finds the page's number in an
    article's path where the system writes it there.
    """

    name: str
    page: re.Pattern[str]
    article: re.Pattern[str]
    marks: Callable[[Document], float]
    label_in_file: bool = True
    numbered: re.Pattern[str] | None = None

    def page_of(self, url: str) -> tuple[str, str] | None:
        """(edition, file) of a page's address, None where it is no page of this family."""
        parts = urlsplit(url)
        found = self.page.search(parts.path)
        if not found:
            return None
        return f"{parts.netloc.lower()}{found['edition']}", found["file"] or ""

    def page_in_article(self, url: str) -> str:
        """The page's number as an article's address carries it, "" where it does not."""
        found = self.numbered.search(urlsplit(url).path) if self.numbered else None
        return found[1].upper() if found else ""

    def is_article(self, url: str) -> bool:
        """Whether an address can be an article's."""
        path = urlsplit(url).path
        return bool(self.article.search(path)) and not self.page.search(path)


def _path(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _has(doc: Document, *signs: str) -> float:
    """The share of the signs (text of the page, lower case) that are there."""
    text = doc.text.lower()
    return sum(sign in text for sign in signs) / len(signs)


def _old(doc: Document) -> float:
    return (
        0.3 + 0.7 * _has(doc, "pagelink", "pagepicmap", "founder-")
        if "nbs.d110000" not in doc.text.lower()
        else 0.0
    )


def _div(doc: Document) -> float:
    return 1.0 if re.search(r"n[bw]s?\.d110000", doc.text.lower()) else 0.0


def _present(doc: Document) -> float:
    return 0.3 + 0.7 * _has(doc, "layout", "node_" if "node_" in doc.text else "col", "content")


def _index(doc: Document) -> float:
    text = doc.text.lower()
    sure = re.search(r"articel|daoxiang|page[a-z]?\d+[a-z]{1,2}\.htm", text)
    return 0.4 + 0.6 * _has(doc, "articel", "daoxiang") if sure else 0.0


FAMILIES: tuple[Family, ...] = (
    Family(
        "founder-div",
        _path(r"^(?P<edition>.*/)nbs\.D110000(?P<file>[A-Za-z]*_\w+)\.html?$"),
        _path(r"/nw\.D110000[\w.-]+\.html?$"),
        _div,
        label_in_file=False,
        numbered=_path(r"_\d+-([A-Za-z]{0,2}\d{1,4})\.html?$"),
    ),
    Family(
        "founder-old",
        _path(r"^(?P<edition>.*/(?:(?:19|20)\d\d-\d\d/\d\d/)?)(?P<file>node_\w+)\.htm$"),
        _path(r"/content_\w+\.htm$"),
        _old,
        label_in_file=False,
    ),
    Family(
        "founder-present",
        _path(
            r"^(?P<edition>.*/(?:(?:19|20)\d{4}/\d\d|(?:19|20)\d\d-\d\d/\d\d|"
            + _DAY8
            + r")/)(?P<file>(?:node_?|n_|l)[A-Za-z]{0,3}\d+[A-Za-z]?(?=\.html$)|col_?[A-Za-z]{0,3}\d+[A-Za-z]?)\.html?$"
        ),
        _path(r"/(?:content_[\w-]+|con[A-Za-z]*_?\d+|c_?\d{2,})\.html?$"),
        _present,
    ),
    Family(
        "shtml",
        _path(r"^(?P<edition>.*/" + _DAY8 + r"/)(?:v(?P<file>[A-Za-z]{0,2}\d{1,4})|index)\.shtml$"),
        _path(r"/" + _DAY8 + r"/(?:content_)?\d+\.shtml$"),
        lambda doc: 0.8 if ".shtml" in doc.text else 0.0,
    ),
    Family(
        "paperindex",
        _path(r"^(?P<edition>.*/)Page(?P<file>[A-Za-z]?\d{1,4})[A-Za-z]{0,2}\.html?$"),
        _path(r"/Articel\w+\.html?$"),
        _index,
        numbered=_path(r"/Articel([A-Za-z]?\d\d)\d{3}"),
    ),
    Family(
        "page-html",
        _path(r"^(?P<edition>.*/" + _DAY8 + r"/(?:html/)?)(?P<file>index|page_[A-Za-z]{0,2}\d{1,4})\.html?$"),
        _path(r"/(?:page_\w+?_)?content_\w+\.html?$"),
        lambda doc: 0.4 + 0.6 * _has(doc, "page_", "content"),
        numbered=_path(r"/page_([A-Za-z]{0,2}\d{1,4})_content"),
    ),
    Family(
        "qpaper",
        _path(r"^(?P<edition>.*/)(?P<file>Qpaper(?:[_-]?\w+)?|szbz[A-Za-z]{0,2}\d{1,3})\.html?$"),
        _path(r"/(?:\d+|content_?\w*\d+|szbz\d{4,}|szbz_?\w*?_\d+)\.html?$"),
        lambda doc: 0.6 if re.search(r"qpaper|szbz", doc.text, re.IGNORECASE) else 0.0,
        label_in_file=False,
    ),
    Family(
        "dated",
        _path(r"^(?P<edition>.*/)(?P<day>" + _DAY8 + r")_(?P<file>\w+)/(?P=day)_(?P=file)\.html?$"),
        _path(r"/" + _DAY8 + r"_\w+/\w+\.html?$"),
        lambda doc: 0.6,
    ),
    Family(
        "default-htm",
        _path(r"^(?P<edition>.*/(?:19|20)\d\d/\d{1,2}/\d{1,2}/)(?P<file>[A-Za-z]?\d+)/default\.html?$"),
        _path(r"/[A-Za-z]?\d+_\d+\.html?$"),
        lambda doc: 0.6,
        numbered=_path(r"/([A-Za-z]?\d+)_\d+\.html?$"),
    ),
)


def family_named(name: str) -> Family | None:
    """The family of this name."""
    return next((family for family in FAMILIES if family.name == name), None)


def recognise(doc: Document) -> Family | None:
    """The family a page belongs to, by its links and marks, whatever its host; None where it is of none."""
    links = {doc.link(href) for _, href in doc.links}
    best: tuple[float, Family | None] = (0.0, None)
    for family in FAMILIES:
        pages = {url for url in links if family.page_of(url)}
        articles = {url for url in links if family.is_article(url)}
        own = family.page_of(doc.url) is not None
        if not (pages or own) or not (articles or len(pages) >= 2):
            continue
        score = family.marks(doc) + 0.3 * bool(articles) + 0.2 * own + 0.2 * (len(pages) >= 2)
        if score > best[0] and family.marks(doc) > 0:
            best = (score, family)
    return best[1]
