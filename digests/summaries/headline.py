"""Article → the one line that may stand for it alone, as in 今日要点; pure."""

from __future__ import annotations

from digests.summaries import editor
from digests.summaries.quoting import quotes
from store.models import Article, Quote, Span

MAX_CHARS = 60


def line(article: Article, max_chars: int = MAX_CHARS) -> Quote | None:
    """One span of at most `max_chars` characters that says what happened, or None where the printed headline says it better.

    It ends before its sentence's stop, or at a clause where the news is told.
    """
    text = article.text
    place = editor.line(text, article.title, max_chars)
    if place is None:
        return None
    start, end = place
    return next(iter(quotes(article, [Span(start, end, text[start:end])])), None)
