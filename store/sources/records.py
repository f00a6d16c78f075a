"""The records that travel between the parts of a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from store.models import ParsedArticle

OutcomeName = Literal[
    "new", "updated", "unchanged", "not-yet", "no-edition", "incomplete", "layout", "failed"
]
BAD_OUTCOMES = frozenset({"incomplete", "layout", "failed"})
"""Outcomes an operator has to look at."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be fetched, as the configuration names it.

    `family` is "auto" or a family's name; `hour` ("06:30", "" unknown) when it usually is there; `pages` how many it
    usually has (0 unknown); `hosts` further hosts ("img.example.org" or "img.example.org:8080") its pages may lie on.
    """

    name: str
    url: str
    family: str = "auto"
    hour: str = ""
    pages: int = 0
    from_date: date | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CutArticle:
    """An article as a site gives it: already cut. `page` is the printed label it says it stands on ("" unknown)."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    kicker: str = ""
    subtitle: str = ""
    author: str = ""
    captions: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    page: str = ""
    day: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to be read."""
        return not self.paragraphs and not self.captions


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a page's article list.

    `area` is its share of the page (0 unknown), `mapped` whether the page's own map names it, `sure` whether it does or
    the entry stands in a list with such; `blocks` the lists of the page that name it, by their order. `text` is the
    article itself where the list already holds it, `teaser` what stands in for it where its own page gives nothing.
    """

    url: str
    title: str = ""
    area: float = 0.0
    sure: bool = False
    text: CutArticle | None = None
    teaser: CutArticle | None = None
    mapped: bool = False
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in an edition's page list; `label` is the number as printed (A01, 0607)."""

    label: str
    name: str = ""
    url: str = ""
    pdf: str = ""
    picture: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What one page of a site tells of its edition. `paper` and `day` are as printed ("" and None where they are not)."""

    family: str
    url: str
    paper: str
    day: date | None
    pages: tuple[ListedPage, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something listed that could not be read."""

    page: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with its articles, ready for the store; `urls` and `areas` go with `articles`."""

    page: ListedPage
    articles: tuple[ParsedArticle, ...]
    urls: tuple[str, ...]
    areas: tuple[float, ...]
    pictures: tuple[tuple[str, ...], ...]
    set_aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of a paper on a day."""

    paper: str
    day: date
    outcome: OutcomeName
    reason: str = ""
    pages: tuple[tuple[str, int], ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    family: str = ""

    @property
    def articles(self) -> int:
        """How many articles the pages have together."""
        return sum(count for _, count in self.pages)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer kept from before: its validators, and its content for when the site says it has not changed."""

    url: str
    etag: str
    modified: str
    final_url: str
    data: bytes
