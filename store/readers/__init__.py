"""File formats → pages. One format a file; a new format is one file and one line in the table.

Every reader is `read(data: bytes, *, name: str) -> list[PageText]` and raises IngestError with a sentence for the
operator. `.jsonl` holds ready articles, not pages: see `ready.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from store.errors import EmptySource, TooLarge, UnsupportedFormat
from store.models import PageText
from store.readers import html, markdown, text

Reader = Callable[..., list[PageText]]


def _pdf(data: bytes, *, name: str) -> list[PageText]:
    import store.readers.pdf as pdf  # pypdfium2 loads a large library: only when a PDF comes

    return pdf.read(data, name=name)


READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": _pdf,
}
READY_SUFFIXES = frozenset({".jsonl", ".ndjson", ".rss", ".atom", ".xml"})
"""Suffixes of files that hold ready articles (ready.py, rss.py)."""

LARGEST_PAGE_BYTES = 8_000_000
"""A printed page has some 10,000 characters; a text file far over this is no page."""
LARGEST_PDF_BYTES = 400_000_000


def suffixes() -> tuple[str, ...]:
    """Every suffix that is read."""
    return tuple(sorted({*READERS, *READY_SUFFIXES}))


def read(data: bytes, *, name: str) -> list[PageText]:
    """The pages in a file's bytes; `name` decides the format.

    Raises UnsupportedFormat, UnreadableFile, EmptySource or TooLarge.
    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise UnsupportedFormat(
            f"Files ending in {suffix or 'nothing'} are not read; what is read: {' '.join(suffixes())}."
        )
    limit = LARGEST_PDF_BYTES if suffix == ".pdf" else LARGEST_PAGE_BYTES
    if len(data) > limit:
        raise TooLarge(len(data), limit)
    pages = reader(data, name=name)
    if not any(line.strip() for page in pages for line in page.lines):
        raise EmptySource("There is no text in it.")
    return pages
