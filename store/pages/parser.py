"""The door of the page parser: a page's text goes in, its articles come out.

A first version: a run of short lines opens an article. Reading order, bylines and photos are still to come.
"""

from __future__ import annotations

from store.models import PageText, ParsedArticle, ParsedPage

SHORT = 34
"""Longer lines are prose: headlines of dailies have at most about thirty characters a line."""


def parse_page(page: PageText, *, explain: bool = False) -> ParsedPage:
    """Part a page into its articles; never raises, whatever the lines hold."""
    articles: list[ParsedArticle] = []
    title: list[str] = []
    body: list[str] = []
    first = last = 0

    def close() -> None:
        if title or body:
            articles.append(ParsedArticle("article", " ".join(title), tuple(body), lines=((first, last),)))
        title.clear()
        body.clear()

    for number, line in enumerate(page.lines, 1):
        text = line.strip()
        if not text:
            continue
        short = len(text) <= SHORT and text[-1] not in "。！？!?；;…，,"
        if short and body and not page.whole:
            close()
        if not title and not body:
            first = number
        last = number
        (title if short and not body else body).append(text.lstrip("# "))
    close()
    return ParsedPage(tuple(articles), paper=page.paper, day=page.day, number=page.number)
