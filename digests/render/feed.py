"""Digests as an Atom feed (RFC 4287): an entry an item, whose id never changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from digests.render import labels
from store.models import Digest, Item

# Characters that XML 1.0 does not allow, not even as references (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PRINTED_IN = timezone(timedelta(hours=8))
"""Papers' days begin at midnight in China, which has one time zone and no summer time."""
_STARTED = "2024"
"""The year in tag URIs (RFC 4151): any day on which the authority was ours, always the same."""


def atom(digests: Sequence[Digest], base_url: str = "", *, name: str = "feed.atom", paper: str = "") -> str:
    """The items of the digests, in their order; links lead to the pages that `digests.export` writes.

    `name` is the file the feed is read from; with `paper` only that paper's articles, under an id of its own.
    """
    host = urlsplit(base_url).hostname or "baozhai.invalid"
    base = base_url.rstrip("/") + "/" if base_url else ""
    updated = max((digest.built_at for digest in digests), default=datetime.fromtimestamp(0, UTC))
    based = f" xml:base={quoteattr(base)}" if base else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"{based}>',
        f"<id>tag:{host},{_STARTED}:baozhai{escape('/' + quote(paper) if paper else '')}</id>",
        f"<title>{escape(_FORBIDDEN.sub('', f'{labels.NAME} {paper}').strip())}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{labels.NAME}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base + quote(name))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base or "./")}/>',
    ]
    seen: set[int] = set()
    for digest in digests:
        for item in digest.items:
            for told in _told(item, paper):
                if told.article.id not in seen:  # ids must differ within a feed
                    seen.add(told.article.id)
                    lines += _entry(told, digest, base, host)
    lines.append("</feed>")
    return _FORBIDDEN.sub("\ufffd", "\n".join(lines)) + "\n"


def _told(item: Item, paper: str) -> list[Item]:
    """The item, or what of its story one paper printed, each as an item of its own."""
    if paper in ("", item.article.paper):
        return [item]
    others = (*item.also, *item.group)
    return [replace(item, article=one, quotes=()) for one in others if one.paper == paper]


def _entry(item: Item, digest: Digest, base: str, host: str) -> Iterator[str]:
    article = item.article
    changed = article.updated_at or digest.built_at
    yield "<entry>"
    yield f"<id>tag:{host},{_STARTED}:baozhai/article/{article.id}</id>"
    yield f"<title>{escape(labels.title(article))}</title>"
    yield f"<updated>{_moment(changed)}</updated>"
    yield f"<published>{_moment(datetime.combine(article.day, time(), PRINTED_IN))}</published>"
    yield f"<author><name>{escape(article.paper)}</name></author>"
    page = ("week-" if digest.kind == "weekly" else "") + digest.day.isoformat()
    link = f"{base}{page}.html#a{article.id}"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(link)}/>'
    for name in dict.fromkeys(place.name for place in article.places):
        yield f"<category term={quoteattr(name)}/>"
    said = "".join(f"<p>{escape(told.span.text)}</p>" for told in item.quotes)
    said += f"<p>{escape(labels.source(article))}</p>"
    yield f'<content type="html">{escape(said)}</content>'
    yield "</entry>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
