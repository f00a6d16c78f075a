"""Pages read, articles found and shown: parse, ingest, search, show, clips, summarize, labels."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from bot.commands.shapes.days import Day, Instant


class Byline(TypedDict):
    """Who wrote or photographed it."""

    raw: Annotated[str, "As printed"]
    reporters: list[str]
    correspondents: list[str]
    photographers: list[str]


class Person(TypedDict):
    """Somebody named in the text."""

    name: str
    office: str


class Dated(TypedDict):
    """A day or span named in the text."""

    text: Annotated[str, "As printed"]
    first: Day | None
    last: Day | None


class Table(TypedDict):
    """A table: its rows are paragraphs of the body, counted from 0 without subheads."""

    paragraph: int
    rows: list[list[str]]


class ParsedArticle(TypedDict):
    """An article as the parser sees it."""

    kind: Literal["article", "photo", "notice"]
    kicker: str
    title: str
    subtitle: str
    byline: Byline
    subheads: list[str]
    body: Annotated[list[str], "Paragraphs as printed, subheads among them"]
    tables: list[Table]
    places: list[str]
    places_county: list[str]
    places_city: list[str]
    people: list[Person]
    dates: list[Dated]
    lines: Annotated[list[list[int]], "[first, last] lines of the input, counted from 1"]
    confidence: Annotated[float, "0 to 1"]
    legibility: Annotated[float, "0 to 1"]
    complete: Annotated[bool, "False where the page breaks off"]
    photo_of: Annotated[int | None, "Index of the article that a photo belongs to"]
    page: NotRequired[Annotated[int, "Page of a file with several, counted from 1"]]


class Explanation(TypedDict):
    """What a line was taken for, and why."""

    page: int
    line: int
    text: str
    role: str
    article: Annotated[int | None, "Index of its article"]
    confidence: float
    reasons: list[str]


class Parse(TypedDict):
    """`baozhai parse --json`: one object a file, one a line."""

    file: str
    articles: list[ParsedArticle]
    banners: list[str]
    furniture: list[str]
    warnings: list[str]
    legibility: float
    explanations: NotRequired[Annotated[list[Explanation], "With --explain"]]
    error: NotRequired[Annotated[str, "Why the file could not be read"]]


class Page(TypedDict):
    """Where a page belongs."""

    paper: str
    date: Day
    page: int


class Ingest(TypedDict):
    """`baozhai ingest --json`: one object a file, one a line."""

    file: str
    outcome: Literal["new", "unchanged", "updated", "failed"]
    reason: str
    pages: list[Page]
    articles: int
    added: int
    changed: int
    removed: int
    warnings: list[str]


class Hit(TypedDict):
    """An article that was found."""

    id: int
    title: str
    paper: str
    date: Day
    page: int
    label: Annotated[str, "The page as printed: A01"]
    places: list[str]
    snippet: str


class Search(TypedDict):
    """`baozhai search --json`; with --stdin one object a line."""

    query: str
    total: int
    hits: list[Hit]
    message: Annotated[str, "A sentence where the query found nothing or was not understood, else empty"]


class Show(TypedDict):
    """`baozhai show --json`: a stored article."""

    id: int
    paper: str
    date: Day
    page: int
    label: str
    position: int
    kind: Literal["article", "photo", "notice"]
    kicker: str
    title: str
    subtitle: str
    byline: Byline
    subheads: list[str]
    body: list[str]
    places: list[str]
    confidence: float
    legibility: float
    complete: bool
    revision: int
    removed: bool


class Clips(TypedDict):
    """`baozhai clips --json`: all that was printed on something."""

    rule: str
    first: Day
    last: Day
    papers: Annotated[dict[str, int], "Articles by paper"]
    front_pages: Annotated[int, "Articles on first pages"]
    articles: list[Show]


class Summarize(TypedDict):
    """`baozhai summarize`: one object a line of input, in order."""

    id: NotRequired[Annotated[object, "As it was given"]]
    summary: NotRequired[Annotated[list[str], "Spans of the text, verbatim, in its order"]]
    line: NotRequired[int]
    error: NotRequired[str]


class Labels(TypedDict):
    """`baozhai labels --json`: one object a mark, one a line."""

    id: int
    kind: str
    article: int
    title: str
    paper: str
    date: Day
    page: int
    source: str
    lines: list[list[int]]
    labelled_at: Instant
