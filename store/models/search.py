"""What a search returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Order = Literal["relevant", "newest"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the reader: `code` names the sentence (bot/texts), `facts` fill it."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def fact(self, name: str) -> str | int:
        """The fact with this name ("" when there is none)."""
        return dict(self.facts).get(name, "")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. `snippet` is (text, whether it is what was searched for) pieces of whole clauses as printed."""

    article_id: int
    title: str
    paper: str
    day: date
    page: int
    places: tuple[str, ...] = ()
    snippet: tuple[tuple[str, bool], ...] = ()
    headline: tuple[tuple[str, bool], ...] = ()
    label: str = ""
    """The page number as printed, "" where only a number is known."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that does find something: `kind` is "name" (a near miss), "fewer" words or "unfiltered"."""

    query: str
    count: int
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits of one page of a result list.

    `total` counts all hits; above the engine's limit it is an estimate and `exact` is False.
    `upto` is the highest article id that was looked at: hand it back for a further page and the list stays as it is.
    """

    query: str
    total: int = 0
    hits: tuple[Hit, ...] = ()
    exact: bool = True
    upto: int = 0
    remarks: tuple[Remark, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits have this value; `query` is what narrows the search down to them."""

    value: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facets:
    """The hits counted by place, paper and month, most first (months newest first)."""

    places: tuple[Facet, ...] = ()
    papers: tuple[Facet, ...] = ()
    months: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `verify` found wrong with the index; `article_id` is None when it is not one article's."""

    code: str
    article_id: int | None = None
    detail: str = field(default="", compare=False)

    def __str__(self) -> str:
        article = "" if self.article_id is None else f" article {self.article_id}"
        return f"{self.code}{article}" + (f" ({self.detail})" if self.detail else "")
