"""Article → the one line that may stand for it alone, as in 今日要点; pure."""

from __future__ import annotations

from digests.summaries.quoting import summary
from store.models import Article, Quote

MAX_CHARS = 60


def line(article: Article, max_chars: int = MAX_CHARS) -> Quote | None:
    """One span of at most `max_chars` characters that says what happened, or None where the printed headline says it better."""
    return next(iter(summary(article, 1, max_chars)), None)
