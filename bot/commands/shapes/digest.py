"""The digest of a day."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from bot.commands.shapes.days import Day


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
