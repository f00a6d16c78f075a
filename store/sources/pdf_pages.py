"""A page that a site gives as a PDF: read as any PDF page, stored with where it is from."""

from __future__ import annotations

from datetime import datetime

from store import readers
from store.database import Store
from store.models import PageRef, PageText
from store.sources.client import FILE_BYTES, Client
from store.sources.records import ListedPage, ReadPage


def read_page(client: Client, url: str) -> PageText:
    """The first page of the PDF at an address. Raises NotAnswered, Refused or IngestError."""
    doc = client.get(url, limit=FILE_BYTES)
    return readers.read(doc.data, name="page.pdf")[0]


def put_page(store: Store, ref: PageRef, text: PageText, page: ListedPage, now: datetime) -> tuple[int, bool]:
    """Store the page; (how many articles it has, whether anything changed)."""
    from store.ingest import parse_text  # it imports every reader

    if store.editions.is_unchanged(ref, "\n".join(text.lines)):
        return sum(one.label == page.label for one in store.articles.on(ref.day, paper=ref.paper)), False
    parsed = parse_text(text, paper=ref.paper, day=ref.day, corrections=store.corrections.on(ref))
    with store.transaction():
        change = store.editions.put(ref, text, parsed, source=page.pdf, now=now)
        store.sources.note_origins(change.page_id, ReadPage(page, parsed.articles, (), (), ()))
    return len(parsed.articles), change.outcome != "unchanged"
