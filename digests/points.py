"""今日要点: three to five clause runs that together say what the day was, no two about one thing; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digests.quoting import summary
from store.models import Article, Quote

MOST = 5
LEAST = 3
"""With fewer stories the items say it all."""
MAX_CHARS = 40
MIN_CHARS = 8
OTHER_THING = 0.12
"""Likeness (digests/clusters.py) below which two articles are about different things."""


def points(ranked: Sequence[Article], alike: Mapping[int, Mapping[int, float]]) -> tuple[Quote, ...]:
    """One clause run each of the first articles in order that are about another thing than those before."""
    chosen: list[Quote] = []
    for article in ranked:
        near = alike.get(article.id, {})
        if any(near.get(quote.article_id, 0.0) >= OTHER_THING for quote in chosen):
            continue
        run = summary(article, 1, MAX_CHARS)
        if not run or len(run[0].span.text) < MIN_CHARS:
            continue
        chosen.append(run[0])
        if len(chosen) == MOST:
            break
    return tuple(chosen) if len(chosen) >= LEAST else ()
