"""A digest as one web page that needs nothing else: phone-width first, dark and light by the reader's own setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from html import escape as _escape
from importlib.resources import files

from digests.day.places import place_of
from digests.day.sections import sections
from digests.render import labels
from store.models import Article, Digest, Item, Quote

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def html(digest: Digest, *, before: date | None = None, after: date | None = None) -> str:
    """The page of a digest; each item has the anchor `#a` and its article's id, and the full text folded.

    `before` and `after` are the neighbouring days that have a page.
    """
    body = [*_body(digest), *_neighbours(before, after)]
    return _document(f"{labels.NAME} {labels.heading(digest)}", body)


def after_link(after: date | None) -> str:
    """The link to the next day between marks, by which `export` finds it when that day comes."""
    link = f'<a rel="next" href="{after.isoformat()}.html">{labels.day(after)} ›</a>' if after else ""
    return f"<!--after-->{link}<!--/after-->"


def _neighbours(before: date | None, after: date | None) -> Iterator[str]:
    yield "<nav>"
    if before is not None:
        yield f'<a rel="prev" href="{before.isoformat()}.html">‹ {labels.day(before)}</a>'
    yield f'<a href="index.html">{labels.ALL_DAYS}</a> <a href="feed.atom">{labels.FEED}</a>'
    yield after_link(after)
    yield "</nav>"


def index(days: Sequence[date]) -> str:
    """A page that links to the pages of these days."""
    lines = [f"<header><h1><small>{labels.NAME}</small></h1></header>", "<ul>"]
    lines += [f'<li><a href="{of.isoformat()}.html">{labels.day(of)}</a></li>' for of in days]
    lines.append("</ul>")
    return _document(labels.NAME, lines)


def escape(text: str) -> str:
    """Text as it may stand in a page or an attribute; what no page may hold becomes U+FFFD."""
    return _escape(_CONTROLS.sub("\ufffd", text))


@cache
def _style() -> str:
    return files("digests.render").joinpath("digest.css").read_text("utf-8")


def _document(title: str, body: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f'<link rel="alternate" type="application/atom+xml" title="{labels.NAME}" href="feed.atom">',
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _body(digest: Digest) -> Iterator[str]:
    articles = digest.articles
    yield f"<header><h1><small>{labels.NAME}</small>{escape(labels.heading(digest))}</h1>"
    if header := _read(digest):
        yield f'<p class="read">{header}</p>'
    yield "</header>"
    yield "<main>"
    if not digest.items:
        yield f"<p>{labels.EMPTY}</p>"
    if digest.points:
        yield f"<h2>{labels.POINTS}</h2>"
        yield '<ol class="points">'
        leads = _leads(digest)
        for quote in digest.points:
            yield f'<li><a href="#a{leads[quote.article_id]}">{escape(quote.span.text)}</a></li>'
        yield "</ol>"
    if digest.practical:
        yield f"<h2>{labels.PRACTICAL}</h2>"
        yield '<ul class="practical">'
        yield from _practical(digest, articles)
        yield "</ul>"
    for section in sections(digest):
        yield f"<h2>{escape(labels.section(section))}</h2>"
        for item in section.items:
            yield from _item(item, late=item.late and section.kind != "late")
    yield "</main>"


def _read(digest: Digest) -> str:
    pieces = [escape(labels.read(edition, digest.day)) for edition in digest.editions]
    pieces += [f"{escape(paper)}{labels.MISSING}" for paper in digest.missing]
    return " · ".join(pieces)


def _leads(digest: Digest) -> dict[int, int]:
    """Which item an article stands in: that of the article that leads it."""
    return {article.id: item.article.id for item in digest.items for article in item.articles}


def _practical(digest: Digest, articles: dict[int, Article]) -> Iterator[str]:
    leads = _leads(digest)
    for quote in digest.practical:
        article = articles[quote.article_id]
        yield (
            f'<li>{escape(quote.span.text)} <a class="source" href="#a{leads[article.id]}">'
            f"《{escape(article.paper)}》{escape(article.page_name)}版</a></li>"
        )


def _item(item: Item, *, late: bool) -> Iterator[str]:
    article = item.article
    yield f'<article id="a{article.id}" class="{item.tier}">'
    if article.kicker:
        yield f'<p class="kicker">{escape(article.kicker.rstrip("：: "))}</p>'
    marks = [labels.LATE] if late else []
    marks += [labels.FOLLOWS_UP] if item.previous else []
    marked = "".join(f'<span class="mark">{mark}</span>' for mark in marks)
    yield f"<h3>{marked}{escape(labels.title(article))}</h3>"
    for quote in item.quotes:
        if quote.span.text.strip("。 ") != article.title.strip("。 "):
            yield f"<p>{escape(quote.span.text)}</p>"
    why = labels.reason(item.reason)
    yield f'<p class="source">{escape(place_of(article))}{escape(labels.source(article))}{" · " + escape(why) if why else ""}</p>'
    for quotes in item.differing:
        yield f'<p class="differing">{labels.DIFFERING}：{_sides(quotes, item)}</p>'
    if item.previous:
        before = item.previous
        yield f'<p class="also">{labels.FOLLOWS_UP}：{escape(labels.title(before))} {escape(labels.source(before))}</p>'
    for other in item.also:
        yield f'<p class="also" id="a{other.id}">{labels.ALSO}{escape(labels.source(other))}：{escape(labels.title(other))}</p>'
    for other in item.group:
        yield f'<p class="also" id="a{other.id}">{labels.GROUP}：{escape(labels.title(other))} {escape(labels.source(other))}</p>'
    for photo in item.photos:
        yield f"<figure>{escape(photo.text or photo.title)}</figure>"
    yield from _full(article)
    yield "</article>"


def _sides(quotes: Sequence[Quote], item: Item) -> str:
    papers = {article.id: article.paper for article in item.articles}
    return "；".join(f"《{escape(papers[quote.article_id])}》“{escape(quote.span.text)}”" for quote in quotes)


def _full(article: Article) -> Iterator[str]:
    if not article.body:
        return
    yield f"<details><summary>{labels.FULL_TEXT}</summary>"
    for n, paragraph in enumerate(article.body):
        for text, before in article.subheads:
            if before == n:
                yield f"<h4>{escape(text)}</h4>"
        yield f"<p>{escape(paragraph)}</p>"
    if article.byline.raw:
        yield f'<p class="source">{escape(article.byline.raw)}</p>'
    yield "</details>"
