"""Papers fetched from their sites: fetch, sources, sources try, sources add."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from bot.commands.shapes.days import Day, Instant


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
