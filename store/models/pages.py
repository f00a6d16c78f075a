"""A newspaper page before and after parsing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["article", "photo", "notice"]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line stands on a PDF page: points, origin at the top left; `size` is the font size in points."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as a reader gives it: its lines in file order, with what the file itself says of its source.

    `lines` have no line ends. `boxes` is empty, or has one entry a line (None: unknown).
    `whole` marks a page that is one article already (an RSS item, a JSONL record, a single-article web page).
    `roles` is empty, or has one word a line where the format shows what the line is: "kicker", "title",
    "subtitle", "byline", "body", "row" (of a table, its cells parted by a wide blank), "section", "furniture"; "": unknown.
    `trouble` is a sentence on what of the page could not be read, "" where all could.
    """

    lines: tuple[str, ...]
    boxes: tuple[Box | None, ...] = ()
    paper: str = ""
    day: date | None = None
    number: int | None = None
    format: str = "text"
    whole: bool = False
    roles: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """Who made it. `raw` is the text as printed ("" when none); names are without inner blanks."""

    raw: str = ""
    reporters: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place an article is about. `level` is "province", "city", "county", "town" or "village".

    `name` is the full official name (芮城县) or, below county level, the place as written (风陵渡镇);
    `code` the GB/T 2260 code ("" below county level), `city` the prefecture's full name.
    """

    name: str
    level: str
    code: str = ""
    city: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the text, with the office as printed ("" when none)."""

    name: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class MentionedDate:
    """A day or span the text mentions, as printed and resolved against the edition's day (None: not resolvable)."""

    text: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One article, photo or notice of a page. Absent text is ""; `lines` are 1-based inclusive ranges of the input.

    `body` holds paragraphs joined across line wraps and column cuts, subheads not among them;
    `subheads` pairs each subhead with the index of the body paragraph it stands before.
    `confidence` and `legibility` are between 0 and 1. `photo_of` is the index (in the page's articles)
    of the article a photo belongs to, or None.
    """

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
    lines: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    legibility: float = 1.0
    complete: bool = True
    photo_of: int | None = None


def as_printed(body: Sequence[str], subheads: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The paragraphs with the subheads where they stand, each a paragraph of its own."""
    lines: list[str] = []
    for index in range(len(body) + 1):
        lines += [
            text for text, before in subheads if before == index or (index == len(body) and before > index)
        ]
        lines += body[index : index + 1]
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A piece of the page that belongs to no article: `role` is "banner", "furniture" or "repeat"."""

    role: str
    text: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something a person should know of the page; `line` is 1-based, 0 for the whole page."""

    code: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What an operator said of a page's lines. `first` and `last` are 1-based and inclusive, `text` is what they held (a line
    a line), so that they are found again when the page is read anew with other lines above them.

    `what` is "title", "kicker", "subtitle", "subhead", "byline", "caption", "body", "banner" or "furniture"; or "together": the
    article that holds `first` and the one that holds `other` (whose text is `other_text`) are one.
    """

    what: str
    first: int
    last: int
    text: str
    other: int = 0
    other_text: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What the parser took a line for, and why. `article` is an index in the page's articles, or None."""

    line: int
    text: str
    role: str
    article: int | None
    confidence: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page's articles in reading order, and all that was put aside."""

    articles: tuple[ParsedArticle, ...]
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[Warning_, ...] = ()
    legibility: float = 1.0
    paper: str = ""
    day: date | None = None
    number: int | None = None
    explanations: tuple[LineExplanation, ...] = ()

    @property
    def banners(self) -> tuple[str, ...]:
        """The column banners (栏目) of the page."""
        return tuple(piece.text for piece in self.set_aside if piece.role == "banner")

    @property
    def furniture(self) -> tuple[str, ...]:
        """Staff lines, date lines, page numbers, jump lines."""
        return tuple(piece.text for piece in self.set_aside if piece.role == "furniture")
