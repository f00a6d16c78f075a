"""Articles as stored, and where they were printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from store.models.pages import Byline, Kind, MentionedDate, Person, Place


def page_name(number: int, label: str) -> str:
    """A page number as readers know it: the printed label where it says more than the number (A01, 0607)."""
    return str(number) if not label or (label.isdigit() and int(label) == number) else label


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a page belongs: paper, day of the edition, page number (版).

    `label` is the number as printed where it is more than a number (A01, 0607), else "" or the digits themselves; a page
    stored under a label keeps it, and two labels of an edition never share a number.
    """

    paper: str
    day: date
    number: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A paper on a day, and how much of it was read."""

    paper: str
    day: date
    pages: tuple[int, ...]
    articles: int
    expected_pages: int = 0
    """How many pages the paper usually has on such a day, as far as known (0: unknown)."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the store holds it.

    Ids grow in the order in which articles entered the store and are never used twice: a digest covers a half-open
    range of ids ("arrivals"). An article keeps its id when its page is corrected and it is still the same article.
    """

    id: int
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
    page_id: int = 0
    removed: bool = False
    label: str = ""
    """The page number as printed, "" where only a number is known."""
    area: float = 0.0
    """The share of the page it fills, 0 where nobody said."""

    @property
    def page_name(self) -> str:
        """The page number as readers know it: A01, 0607, or the plain number."""
        return page_name(self.page, self.label)

    @property
    def text(self) -> str:
        """The body as one text, a line a paragraph."""
        return "\n".join(self.body)
