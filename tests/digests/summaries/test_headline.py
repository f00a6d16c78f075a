"""One line for an article."""

from __future__ import annotations

from digests.summaries.headline import line
from tests.digests.newsroom import article


def test_line_is_one_span_of_the_article() -> None:
    """Verbatim, and no longer than asked."""
    told = article("水库蓄水", "本报讯（记者 李想）7月4日，青河县新建的两座水库开始蓄水，灌溉九个村。")
    quote = line(told, 40)
    assert quote is not None and quote.span.text in told.text and len(quote.span.text) <= 40


def test_article_without_body_has_no_line() -> None:
    """Its headline stands alone."""
    assert line(article("只有标题")) is None
