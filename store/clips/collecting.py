"""All articles on something in some days, in the order of printing, and what there is to count."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from store import rules
from store.models.articles import Article
from store.tables.articles import Articles

_FRONT = re.compile(r"[A-Za-z]?0*1\Z")
_DAYS_AT_ONCE = 31
"""A year of several papers does not fit into memory."""


@dataclass(frozen=True, slots=True)
class Clipping:
    """What was found: `articles` by day, paper, page and position. Both days count."""

    rule: str
    first: date
    last: date
    articles: tuple[Article, ...]

    @property
    def papers(self) -> tuple[tuple[str, int], ...]:
        """(paper, articles), the one with most first."""
        counted = Counter(one.paper for one in self.articles)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def front_pages(self) -> int:
        """How many stood on a paper's first page (1, 01, A1, A01)."""
        return sum(is_front(one) for one in self.articles)


def is_front(article: Article) -> bool:
    """Whether the article stood on the first page."""
    return bool(_FRONT.match(article.page_name))


def collect(articles: Articles, rule: str, *, first: date, last: date) -> Clipping:
    """Everything that the rule matches; a photo that belongs to an article is not counted beside it. Raises InvalidRule."""
    wanted = rules.parse(rule)
    found: list[Article] = []
    start = first
    while start <= last:
        end = min(start + timedelta(days=_DAYS_AT_ONCE - 1), last)
        found += [
            one
            for one in articles.printed(start, end)
            if one.photo_of is None and wanted.match(one) is not None
        ]
        start = end + timedelta(days=1)
    found.sort(key=lambda one: (one.day, one.paper, one.page, one.position))
    return Clipping(wanted.text, first, last, tuple(found))
