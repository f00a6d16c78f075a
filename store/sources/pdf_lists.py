"""A page that only lists an edition's pages as PDFs: its day as printed, a link to a file for each page."""

from __future__ import annotations

from urllib.parse import urlsplit

from store.sources.documents import Document, text_of
from store.sources.labels import read_label, tidy
from store.sources.printed import day_of, paper_of
from store.sources.records import Front, ListedPage

FAMILY = "pdf"


def read(doc: Document) -> Front | None:
    """The edition on the page; None where it prints no day, or names no page's PDF."""
    pages: dict[str, ListedPage] = {}
    for element in doc.root.xpath("//a[@href]"):
        url = doc.link(element.get("href"))
        if not urlsplit(url).path.lower().endswith(".pdf"):
            continue
        label, name = _named(element)
        known = pages.get(url)
        if label and (known is None or len(name) > len(known.name)):
            pages[url] = ListedPage(label, name, doc.url, url)
    day = day_of(doc) if pages else None
    if day is None:
        return None
    return Front(FAMILY, doc.url, paper_of(doc), day, tuple(pages.values()))


def _named(element: object) -> tuple[str, str]:
    """(label, name) of a PDF: what its link says, or the row it stands in, as long as the row has no other PDF."""
    node = element
    for _ in range(4):
        if node is None:
            break
        files = {href for href in node.xpath(".//@href") if urlsplit(href).path.lower().endswith(".pdf")}  # type: ignore[attr-defined]
        if len(files) > 1:
            break
        words = tidy(text_of(node)) or str(node.get("title") or "")  # type: ignore[attr-defined]
        label, name = read_label(words.removesuffix("PDF").strip())
        if label:
            return label, name.removesuffix("PDF").strip()
        node = node.getparent()  # type: ignore[attr-defined]
    return "", ""
