"""Digests: what a day was, in whole sentences of its articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from store.models.articles import Article, Edition

DigestKind = Literal["day", "delivery", "weekly"]
Tier = Literal["summary", "headline"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, verbatim: `text` is the source's `[start:end]`, in code points."""

    start: int
    end: int
    text: str


HEADLINE = -1
"""`Quote.paragraph` of a span of the headline."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of one paragraph of an article's body, or of its headline."""

    article_id: int
    paragraph: int
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an item is in the digest.

    `kind` is "front", "place", "follow", "paper", "notice", "many" or "day"; `text` the rule, place or word.
    """

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a digest.

    `section` is "" for followed matches, which lead, else a place, a paper, or "news" for what is ordered by weight. `also` are other articles of the same
    event, `group` comments, round-ups and side reports on it, `photos` the photos printed with any of them, `previous` the earlier article it follows up (「前情」).
    `differing` are the numbers on which papers disagree: for each thing one quote a paper, as printed.
    """

    article: Article
    section: str
    tier: Tier
    reason: Reason
    quotes: tuple[Quote, ...] = ()
    also: tuple[Article, ...] = ()
    group: tuple[Article, ...] = ()
    photos: tuple[Article, ...] = ()
    previous: Article | None = None
    late: bool = False
    differing: tuple[tuple[Quote, ...], ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles the item stands for, the leading one first."""
        return (self.article, *self.also, *self.group, *self.photos)


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as built and saved.

    kind "day": all articles of `day` for a profile, on demand. kind "delivery": the articles with
    after < id <= upto that the profile wants, each exactly once over a subscriber's digests; those of earlier days than
    the newest among them, or of an edition digested before, are `late` (「补遗」). kind "weekly": the best of the seven days that end with `day`. `editions` are those of the newest day,
    `missing` papers usually read but not seen on it. `points` are 今日要点, `practical` 今日办事; both quote articles of the items only.
    `revision` rises when an article it covers was corrected and the digest built anew under the same id.
    """

    id: int
    kind: DigestKind
    day: date
    profile_key: str
    after: int
    upto: int
    built_at: datetime
    editions: tuple[Edition, ...] = ()
    missing: tuple[str, ...] = ()
    points: tuple[Quote, ...] = ()
    items: tuple[Item, ...] = ()
    practical: tuple[Quote, ...] = ()
    revision: int = 1

    @property
    def articles(self) -> dict[int, Article]:
        """All articles of the digest by id."""
        return {article.id: article for item in self.items for article in item.articles}

    @property
    def article_count(self) -> int:
        """How many articles the digest covers, those of the same story included."""
        return sum(len(item.articles) for item in self.items)
