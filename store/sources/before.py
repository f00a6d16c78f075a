"""What an earlier run stored of a page of cut articles: what a site fails to give today is not taken away."""

from __future__ import annotations

import json

from store.database import Store
from store.models import PageRef, ParsedArticle
from store.readers import ready
from store.sources.records import ListedPage, ReadPage

FORMAT = "ready"
"""How a page of cut articles is stored: lines that store/readers/ready.py reads back, with `url` and `area`."""


def stored_lines(store: Store, ref: PageRef) -> dict[str, tuple[ParsedArticle, float]]:
    """{address: (article, its share of the page)} of the page as it is stored."""
    raw = store.editions.raw_text(ref, format=FORMAT)
    found: dict[str, tuple[ParsedArticle, float]] = {}
    lines = [line for line in raw.split("\n") if line]
    records = ready.read(raw.encode("utf-8", "replace"), name="stored.jsonl") if lines else ()
    for line, record in zip(lines, records, strict=False):
        facts = json.loads(line)
        if facts.get("url"):
            found[facts["url"]] = (record.article, float(facts.get("area") or 0.0))
    return found


def stored_page(store: Store, ref: PageRef, page: ListedPage) -> ReadPage:
    """The page as it is stored."""
    before = stored_lines(store, ref)
    return ReadPage(
        page,
        tuple(article for article, _ in before.values()),
        tuple(before),
        tuple(area for _, area in before.values()),
        tuple(() for _ in before),
    )
