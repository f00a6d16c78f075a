"""A digest as plain data for scripts: the form is documented in docs/digest.md and kept stable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from digests.day.places import place_of
from store.models import Article, Digest, Item, Quote


def as_json(digest: Digest) -> dict[str, Any]:
    """The digest as dicts, lists, strings and numbers; days as YYYY-MM-DD, weekday 1 (Monday) to 7."""
    articles = digest.articles
    return {
        "id": digest.id,
        "kind": digest.kind,
        "date": digest.day.isoformat(),
        "weekday": digest.day.isoweekday(),
        "papers": [
            {
                "paper": edition.paper,
                "date": edition.day.isoformat(),
                "pages": list(edition.pages),
                "expected_pages": edition.expected_pages,
                "articles": edition.articles,
            }
            for edition in digest.editions
        ],
        "missing": list(digest.missing),
        "points": _cited(digest.points, articles),
        "items": [_item(item) for item in digest.items],
        "practical": _cited(digest.practical, articles),
    }


def _item(item: Item) -> dict[str, Any]:
    article = item.article
    return {
        **_reference(article),
        "kind": article.kind,
        "kicker": article.kicker,
        "places": [place.name for place in article.places],
        "place": place_of(article),
        "section": item.section,
        "tier": item.tier,
        "reason": {"kind": item.reason.kind, "text": item.reason.text},
        "sentences": [_sentence(quote) for quote in item.quotes],
        "also": [_reference(other) for other in item.also],
        "group": [_reference(other) for other in item.group],
        "photos": [{**_reference(photo), "caption": photo.text} for photo in item.photos],
        "late": item.late,
        "follows_up": _reference(item.previous) if item.previous else None,
        "differing": [
            _cited(quotes, {other.id: other for other in item.articles}) for quotes in item.differing
        ],
    }


def _reference(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "paper": article.paper,
        "date": article.day.isoformat(),
        "page": article.page,
    }


def _cited(quotes: Sequence[Quote], articles: dict[int, Article]) -> list[dict[str, Any]]:
    return [{**_sentence(quote), "article": _reference(articles[quote.article_id])} for quote in quotes]


def _sentence(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.span.text,
        "paragraph": quote.paragraph,
        "start": quote.span.start,
        "end": quote.span.end,
    }
