"""Feeds (RSS, Atom, JSON Feed) as a source: the entries of a day are one page; where a feed only teases, the page is read."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from datetime import UTC, date, datetime
from typing import Any

import feedparser

from store.instants import SHANGHAI
from store.sources.documents import Document, blocks
from store.sources.labels import clean, tidy
from store.sources.printed import day_in
from store.sources.records import CutArticle, Front, Item, ListedPage

FAMILY = "feed"
_WHOLE = 220
"""Characters from which an entry's own text is taken for the article; teasers are shorter or break off."""
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|阅读(?:全文|更多)|查看全文|详情)\W*$")


def is_feed(doc: Document) -> bool:
    """Whether an answer is a feed."""
    head = doc.data[:1500].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"{":
        return b"jsonfeed.org" in doc.data[:4000]
    return head[:1] == b"<" and bool(re.search(rb"<(?:rss|feed|rdf:RDF)[\s>]", head))


def read(doc: Document, day: date) -> Front:
    """The feed's entries of a day as an edition; of its newest day where it has none."""
    title, entries = (
        _json_feed(doc) if doc.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _xml_feed(doc)
    )
    days = [entry_day for entry_day, _ in entries if entry_day]
    shown = day if day in days else max(days, default=None)
    items = tuple(item for entry_day, item in entries if entry_day == shown)
    return Front(
        FAMILY, doc.url, tidy(title), shown, (ListedPage("", "", doc.url, items=items),) if items else ()
    )


def extract(doc: Document) -> tuple[str, ...]:
    """The paragraphs of an article on any web page."""
    import trafilatura  # it loads much: only when a feed teases

    text = trafilatura.extract(doc.text, include_comments=False, include_tables=True, favor_recall=True)
    return tuple(line for line in map(clean, (text or "").splitlines()) if line)


def _xml_feed(doc: Document) -> tuple[str, list[tuple[date | None, Item]]]:
    # Bytes in a file object: given a text, feedparser might take it for an address.
    feed = feedparser.parse(
        io.BytesIO(doc.text.encode()), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    entries = []
    for entry in feed.entries:
        contents = [part.get("value", "") for part in entry.get("content", [])] or [entry.get("summary", "")]
        entries.append(
            _entry(
                doc,
                entry.get("title", ""),
                max(contents, key=len),
                entry.get("link", ""),
                entry.get("id", ""),
                entry.get("author", ""),
                _moment(entry),
            )
        )
    return str(feed.feed.get("title", "")), entries


def _json_feed(doc: Document) -> tuple[str, list[tuple[date | None, Item]]]:
    data = json.loads(doc.text.lstrip("\ufeff"))
    entries = []
    for entry in data.get("items") or []:
        content = entry.get("content_html") or entry.get("content_text") or entry.get("summary") or ""
        authors = entry.get("authors") or ([entry["author"]] if isinstance(entry.get("author"), dict) else [])
        moment = _iso(str(entry.get("date_published") or entry.get("date_modified") or ""))
        entries.append(
            _entry(
                doc,
                str(entry.get("title") or ""),
                str(content),
                str(entry.get("url") or ""),
                str(entry.get("id") or ""),
                " ".join(str(one.get("name", "")) for one in authors),
                moment,
            )
        )
    return str(data.get("title") or ""), entries


def _entry(
    doc: Document, title: str, content: str, link: str, name: str, author: str, moment: datetime | None
) -> tuple[date | None, Item]:
    root = Document(doc.url, f"<div>{content}</div>".encode()).root if "<" in content else None
    lines = tuple(
        line for line in map(clean, blocks(root) if root is not None else content.splitlines()) if line
    )
    whole = sum(map(len, lines)) >= _WHOLE and not (lines and _BREAKS_OFF.search(lines[-1]))
    flat = clean(re.sub(r"<[^>]*>", " ", title))
    cut = CutArticle(title=flat, paragraphs=lines, author=clean(author))
    url = doc.link(link) if link else f"{doc.url}#{name or flat}"
    day = moment.astimezone(SHANGHAI).date() if moment else day_in(flat)
    return day, Item(url, flat, text=cut if whole or not link else None, teaser=cut if lines else None)


def _moment(entry: Any) -> datetime | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
