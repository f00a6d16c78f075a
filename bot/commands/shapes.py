"""What `--json` prints, verb by verb, as types; docs/schemas.py writes docs/schema/*.json from them.

Stable: keys are added, never renamed or removed. Absent text is "". Tests hold what the verbs really print against these.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

Day = Annotated[str, "format: date", "A day, YYYY-MM-DD"]
Instant = Annotated[str, "format: date-time", "An instant with its offset"]


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


class FetchedPage(TypedDict):
    """A page that was fetched."""

    number: Annotated[str, "As printed: A01"]
    articles: int


class Missing(TypedDict):
    """What was listed and could not be read."""

    page: str
    url: str
    reason: str


class Fetch(TypedDict):
    """`baozhai fetch --json`: one object a paper and day, one a line."""

    paper: str
    date: Day
    outcome: Literal["new", "updated", "unchanged", "not-yet", "no-edition", "incomplete", "layout", "failed"]
    reason: str
    pages: list[FetchedPage]
    articles: int
    missing: list[Missing]
    warnings: list[str]


class Trouble(TypedDict):
    """The last day that did not come."""

    date: Day
    outcome: str
    reason: str
    at: Instant


class Sources(TypedDict):
    """`baozhai sources --json`: one object a paper, one a line."""

    paper: str
    url: str
    family: str
    hour: str
    pages: int
    first: Day | None
    last: Day | None
    editions: int
    gaps: list[Day]
    last_success: Instant | None
    last_trouble: Trouble | None


class FoundPage(TypedDict):
    """A page of a site."""

    number: str
    name: str
    articles: int


class SourcesTry(TypedDict):
    """`baozhai sources try --json`: what is at an address, or {"error"}."""

    family: NotRequired[str]
    paper: NotRequired[str]
    date: NotRequired[Annotated[str, "YYYY-MM-DD, or empty"]]
    pages: NotRequired[list[FoundPage]]
    error: NotRequired[str]


class SourcesAdd(TypedDict):
    """`baozhai sources add --json`: what was written and where, or {"error"}."""

    name: NotRequired[str]
    url: NotRequired[str]
    family: NotRequired[str]
    hour: NotRequired[str]
    pages: NotRequired[int]
    file: NotRequired[str]
    error: NotRequired[str]


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


class Reference(TypedDict):
    """An article by what it is cited by."""

    id: int
    title: str
    paper: str
    date: Day
    page: int


class Photo(Reference):
    """A photo of an item."""

    caption: str


class Sentence(TypedDict):
    """A span of an article, verbatim: body[paragraph][start:end]."""

    text: str
    paragraph: int
    start: int
    end: int


class Cited(Sentence):
    """A sentence with its article."""

    article: Reference


class Reason(TypedDict):
    """Why an item is in the digest."""

    kind: str
    text: str


class Item(Reference):
    """An item of a digest."""

    kind: str
    kicker: str
    places: list[str]
    place: str
    section: str
    tier: Literal["summary", "headline"]
    reason: Reason
    sentences: list[Sentence]
    also: list[Reference]
    group: list[Reference]
    photos: list[Photo]
    late: bool
    follows_up: Reference | None
    differing: list[list[Cited]]


class DigestPaper(TypedDict):
    """A paper of the day."""

    paper: str
    date: Day
    pages: list[int]
    expected_pages: int
    articles: int


class Digest(TypedDict):
    """`baozhai digest --json`, and out/DAY.json (docs/digest.md)."""

    id: int
    kind: str
    date: Day
    weekday: Annotated[int, "1 (Monday) to 7"]
    papers: list[DigestPaper]
    missing: list[str]
    points: list[Cited]
    items: list[Item]
    practical: list[Cited]


class Summarize(TypedDict):
    """`baozhai summarize`: one object a line of input, in order."""

    id: NotRequired[Annotated[object, "As it was given"]]
    summary: NotRequired[Annotated[list[str], "Spans of the text, verbatim, in its order"]]
    line: NotRequired[int]
    error: NotRequired[str]


class CheckFinding(TypedDict):
    """One thing looked at."""

    what: str
    ok: bool
    says: str
    mend: Annotated[str, "How to mend it, or empty"]


class Check(TypedDict):
    """`baozhai check --json`."""

    ok: bool
    findings: list[CheckFinding]


class Outbox(TypedDict):
    """Messages by state."""

    waiting: int
    sending: int
    sent: int
    uncertain: int
    failed: int
    expired: int
    oldest_waiting: Instant | None


class Health(TypedDict):
    """`baozhai health --json`."""

    ok: bool
    last_tick_at: Instant | None
    tick_age_seconds: float | None
    lag_seconds: float
    oldest_waiting: Instant | None
    outbox: Outbox
    subscribers: int
    active: int
    problems: list[str]
    in_doubt: list[str]
    inbox: Annotated[int, "Updates not answered yet"]
    papers: Annotated[list[str], "How today's paper of each that is fetched stands"]


class Prune(TypedDict):
    """`baozhai prune --json`: rows removed (or with --dry-run to be removed), by kind."""

    dry_run: bool
    messages: int
    mailings: int
    searches: int
    digests: int
    page_texts: int
    page_text_bytes: int
    freed_bytes: int


class Upgrade(TypedDict):
    """`baozhai upgrade --json`."""

    due: Annotated[list[str], "Names of migrations"]
    tried: Annotated[bool, "On a copy (--check)"]
    done: bool
    backup: Annotated[str, "The file, or empty"]
    problems: list[str]
    articles: NotRequired[int]
    subscribers: NotRequired[int]


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


SHAPES: dict[str, type] = {
    "parse": Parse,
    "ingest": Ingest,
    "fetch": Fetch,
    "sources": Sources,
    "sources-try": SourcesTry,
    "sources-add": SourcesAdd,
    "search": Search,
    "show": Show,
    "clips": Clips,
    "digest": Digest,
    "summarize": Summarize,
    "check": Check,
    "health": Health,
    "prune": Prune,
    "upgrade": Upgrade,
    "labels": Labels,
}
"""Name of the schema → what the verb prints."""
