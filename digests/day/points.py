"""今日要点: three to five clause runs that together say what the day was, no two about one thing; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digests.summaries.quoting import summary
from store.models import Article, Quote

MOST = 5
LEAST = 3
"""With fewer stories the items say it all."""
MAX_CHARS = 60
"""Under 60 the runs of official prose lose who did it: its clauses are long and the subject stands in the first."""
MIN_CHARS = 8
SENTENCES, CHARACTERS = 2, 120
"""The length of the summaries most readers see (digests/day/arrangement.py), so that they are made once."""
OTHER_THING = 0.12
"""Likeness (digests/day/clusters.py) below which two articles are about different things."""


def points(ranked: Sequence[Article], alike: Mapping[int, Mapping[int, float]]) -> tuple[Quote, ...]:
    """One clause run each of the first articles in order that are about another thing than those before."""
    chosen: list[Quote] = []
    for article in ranked:
        near = alike.get(article.id, {})
        if any(near.get(quote.article_id, 0.0) >= OTHER_THING for quote in chosen):
            continue
        run = _run(article)
        if run is None or len(run.span.text) < MIN_CHARS:
            continue
        chosen.append(run)
        if len(chosen) == MOST:
            break
    return tuple(chosen) if len(chosen) >= LEAST else ()


def _run(article: Article) -> Quote | None:
    """What opens the article's summary if it is short enough (it says who), else the best run that is."""
    opening = summary(article, SENTENCES, CHARACTERS)
    if opening and len(opening[0].span.text) <= MAX_CHARS:
        return opening[0]
    return next(iter(summary(article, 1, MAX_CHARS)), None)
