"""What can be used or must be known: the notices of an article as sentences; pure.

What a notice is, store/calendar decides: the rows behind /services and the lines of a digest are one finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from store import calendar
from store.models import Article, Quote, Span
from store.models.calendar import Found

MANY = 6
"""Sentences in a digest; at most two of an article."""


@dataclass(frozen=True, slots=True)
class Useful:
    """A notice and its sentence: `score` says how much of what, when, where and how it tells."""

    quote: Quote
    score: float
    found: Found


@lru_cache(maxsize=8192)
def useful(article: Article) -> tuple[Useful, ...]:
    """The notices of an article, in its order."""
    found = calendar.find(
        article.title, article.body, printed=article.day, kind=article.kind, places=article.places
    )
    return tuple(
        Useful(Quote(article.id, one.paragraph, Span(one.start, one.end, one.text)), one.score, one)
        for one in found
    )


def is_over(notice: Useful, *, day: date) -> bool:
    """Whether the notice is of no use any more on a day: it lasts until its last day, 「11月20日起」 for two weeks."""
    return notice.found.is_over(day)
