"""Articles as stored, and where they were printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from store.models.pages import Byline, Kind, MentionedDate, ParsedArticle, Person, Place


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a page belongs: paper, day of the edition, page number (版)."""

    paper: str
    day: date
    number: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A paper on a day, and how much of it was read."""

    paper: str
    day: date
    pages: tuple[int, ...]
    articles: int
    """How many pages the paper usually has on such a day, as far as known (0: unknown)."""
    expected_pages: int = 0


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A parsed article on its way into the store."""

    page: PageRef
    position: int
    parsed: ParsedArticle


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the store holds it.

    `arrival` counts upwards over all articles in the order in which they entered the store: a digest covers a
    half-open range of arrivals. `places` and `people` are names and persons found in the text; `key` is a stable
    identity (paper, day, page, title) that survives a corrected page.
    """

    id: int
    arrival: int
    paper: str
    day: date
    page: int
    position: int
    kind: Kind
    title: str
    body: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    byline: Byline = field(default_factory=Byline)
    subheads: tuple[tuple[str, int], ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    dates: tuple[MentionedDate, ...] = ()
    confidence: float = 1.0
    legibility: float = 1.0
    complete: bool = True
    photo_of: int | None = None
    revision: int = 1
    first_seen_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def text(self) -> str:
        """The body as one text, a line a paragraph."""
        return "\n".join(self.body)
