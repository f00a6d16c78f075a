"""Spans of a body → quotes of its paragraphs, and the summaries a digest prints; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import accumulate

from digests.summaries.summarizer import summarize
from store.models import Article, Quote, Span

_STOPS = frozenset("。！？!?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def quotes(article: Article, spans: Iterable[Span]) -> tuple[Quote, ...]:
    """The spans of the article's text as quotes of its paragraphs; a span over a paragraph's end is cut there."""
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in article.body)]
    found = []
    for span in spans:
        paragraph = bisect_right(starts, span.start) - 1
        text = article.body[paragraph]
        start = span.start - starts[paragraph]
        end = min(span.end - starts[paragraph], len(text))
        if start < end:
            found.append(Quote(article.id, paragraph, Span(start, end, text[start:end])))
    return tuple(found)


@lru_cache(maxsize=8192)
def summary(article: Article, max_sents: int, max_chars: int) -> tuple[Quote, ...]:
    """The article's best sentences."""
    if not article.body:
        return ()
    # A place for each sentence's own full stop.
    room = max_chars - max_sents
    found = quotes(article, summarize(article.text, title=article.title, max_sents=max_sents, max_chars=room))
    return tuple(_with_stop(quote, article.body[quote.paragraph]) for quote in found)


def recent(found: tuple[Quote, ...], day: date) -> tuple[Quote, ...]:
    """The quotes without those that tell of a year before last, where others are left: background beside news."""
    fresh = tuple(quote for quote in found if not is_old(quote.span.text, day))
    return fresh or found


def is_old(text: str, day: date) -> bool:
    """Whether a text names a year before last and none since."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and max(years) < day.year - 1


def _with_stop(quote: Quote, paragraph: str) -> Quote:
    """The quote with the mark that ends its sentence, where that is the next character: a summariser's run stops before it."""
    span = quote.span
    if paragraph[span.end : span.end + 1] not in _STOPS:
        return quote
    return Quote(
        quote.article_id,
        quote.paragraph,
        Span(span.start, span.end + 1, paragraph[span.start : span.end + 1]),
    )
