"""今日要点: three to five lines that together say what the day was, no two about one thing; pure.

A line is a whole sentence of the article, or its printed headline where no sentence stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digests.day.facts import Facts
from digests.summaries.headline import line
from store.models import Article, Quote, Span
from store.models.digests import HEADLINE

MOST = 5
LEAST = 3
"""With fewer stories the items say it all."""
MAX_CHARS = 60
MIN_CHARS = 8
OTHER_THING = 0.12
"""Cosine (digests/day/clusters.py) below which two articles are about different things."""
_DANGLING = re.compile(
    "^(?:还|其|该|此|的|他|她|它|这|那|而|并|但|也|同时|随后|此外|据了解|与此同时|得益于)|^.{0,4}[他她它]们?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_WHOLE = tuple("。！？!?…”")


def points(ranked: Sequence[Facts], alike: Mapping[int, Mapping[int, float]]) -> tuple[Quote, ...]:
    """A line each of the first articles in order that are about another thing than those before.

    Three are taken as they come; a fourth and fifth only where a whole sentence says them. Comments are no points.
    """
    chosen: list[Quote] = []
    for facts in ranked:
        article = facts.article
        near = alike.get(article.id, {})
        if facts.headline.voice or any(near.get(one.article_id, 0.0) >= OTHER_THING for one in chosen):
            continue
        found = _sentence(article)
        if found is None and len(chosen) < LEAST:
            found = _headline(article)
        if found is None:
            continue
        chosen.append(found)
        if len(chosen) == MOST:
            break
    return tuple(chosen) if len(chosen) >= LEAST else ()


def _sentence(article: Article) -> Quote | None:
    """A sentence that stands alone: whole, of now, with its subject."""
    found = line(article, MAX_CHARS)
    if found is None:
        return None
    text = found.span.text.strip()
    years = [int(year) for year in _YEAR.findall(text)]
    if (
        len(text) < MIN_CHARS
        or not text.endswith(_WHOLE)
        or _DANGLING.search(text)
        or any(year < article.day.year - 1 for year in years)
    ):
        return None
    return found


def _headline(article: Article) -> Quote | None:
    """The printed headline, or its first part where it is long."""
    title = article.title
    if len(title.strip()) < MIN_CHARS // 2:
        return None
    end = len(title)
    if end > MAX_CHARS:
        end = max((found.start() for found in re.finditer(r"[\s，—]", title[:MAX_CHARS])), default=0)
    return Quote(article.id, HEADLINE, Span(0, end, title[:end])) if end >= MIN_CHARS // 2 else None
