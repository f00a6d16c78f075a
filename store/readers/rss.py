"""RSS and Atom files: every item is a ready article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from store.errors import UnreadableFile
from store.instants import SHANGHAI
from store.models import ParsedArticle
from store.readers import html
from store.readers.ready import ReadyArticle

_CONTENT = ("encoded", "content", "description", "summary")


def read(data: bytes, *, name: str) -> Iterator[ReadyArticle]:
    """The items of a feed; the feed's title is the paper. Raises UnreadableFile."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"It is not XML that can be read ({error}).") from error
    if root is None or etree.QName(root).localname not in ("rss", "feed", "RDF"):
        raise UnreadableFile("It is XML, but no RSS or Atom feed.")
    paper = next((" ".join((node.text or "").split()) for node in root.iter() if _name(node) == "title"), "")
    for item in root.iter():
        if _name(item) not in ("item", "entry"):
            continue
        fields = {_name(child): child for child in item}
        content = next(
            (_content(fields[key]) for key in _CONTENT if key in fields and _content(fields[key])), ()
        )
        title = " ".join("".join(fields["title"].itertext()).split()) if "title" in fields else ""
        if title or content:
            yield ReadyArticle(
                item.sourceline or 0, ParsedArticle("article", title, content), paper, _day(fields)
            )


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _content(node: etree._Element) -> tuple[str, ...]:
    markup = "".join(etree.tostring(child, encoding="unicode") for child in node) or node.text or ""
    if not markup.strip():
        return ()
    page = html.read(f"<html><body>{markup}</body></html>".encode(), name="item.html")[0]
    return tuple(line.strip("# 　") for line in page.lines if line.strip("# 　"))


def _day(fields: dict[str, etree._Element]) -> date | None:
    for key in ("pubDate", "published", "updated", "date"):
        text = (fields[key].text or "").strip() if key in fields else ""
        if not text:
            continue
        try:
            moment = (
                parsedate_to_datetime(text)
                if key == "pubDate"
                else datetime.fromisoformat(text.replace("Z", "+00:00"))
            )
        except ValueError:
            continue
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
    return None
