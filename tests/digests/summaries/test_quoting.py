"""Spans of a text as quotes of paragraphs."""

from __future__ import annotations

from datetime import date

from digests.summaries.quoting import quotes, recent, summary
from store.models import Span
from tests.digests.newsroom import article

TOLD = article("题", "第一段在这里。", "", "第三段，有两句。后一句在此。")


def test_span_becomes_a_quote_of_its_paragraph() -> None:
    """With offsets in the paragraph, empty paragraphs counted."""
    start = TOLD.text.index("有两句")
    (quote,) = quotes(TOLD, [Span(start, start + 3, "有两句")])
    assert (quote.paragraph, quote.span.start, quote.span.text) == (2, 4, "有两句")


def test_span_over_the_end_of_a_paragraph_is_cut_there() -> None:
    """A quote is of one paragraph."""
    (quote,) = quotes(TOLD, [Span(4, 12, TOLD.text[4:12])])
    assert (quote.paragraph, quote.span) == (0, Span(4, 7, "这里。"))


def test_article_without_body_has_no_summary() -> None:
    """Nothing to quote."""
    assert summary(article("只有标题"), 2, 120) == ()


def test_sentence_of_the_year_before_last_gives_way() -> None:
    """Background beside news is left out; alone it stays."""
    told = article(
        "村里办起食堂", "2021年村里盖了新房。今年村里办起食堂，六十名老人在那里吃饭。", day=date(2024, 7, 15)
    )
    old, new = quotes(told, [Span(0, 10, told.text[:10]), Span(11, 20, told.text[11:20])])
    assert recent((old, new), told.day) == (new,)
    assert recent((old,), told.day) == (old,)
