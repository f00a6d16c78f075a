"""File formats → pages. One format a file; a new format is one file and one line in the table.

Every reader is `read(data: bytes, *, name: str) -> list[PageText]` and raises IngestError with a sentence for the
operator. `.jsonl` holds ready articles, not pages: see `ready.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from store.errors import EmptySource, TooLarge, UnsupportedFormat
from store.models import PageText
from store.readers import apart, markdown, ocr, text
from store.readers.apart import USUAL, Limits

__all__ = ["READY_SUFFIXES", "USUAL", "Limits", "read", "suffixes"]

Reader = Callable[..., list[PageText]]


def _html(data: bytes, *, name: str) -> list[PageText]:
    import store.readers.html as html  # lxml is large: only when a web page comes

    return html.read(data, name=name)


def _docx(data: bytes, *, name: str) -> list[PageText]:
    import store.readers.docx as docx  # so is what reads Word files

    return docx.read(data, name=name)


READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
}
APART = frozenset({".pdf"}) | ocr.SUFFIXES
"""Suffixes of files that are dangerous or dear to read: a child process with limits reads them (apart.py)."""
READY_SUFFIXES = frozenset({".jsonl", ".ndjson", ".rss", ".atom", ".xml"})
"""Suffixes of files that hold ready articles (ready.py, rss.py)."""

LARGEST_PAGE_BYTES = 8_000_000
"""A printed page has some 10,000 characters; a text file far over this is no page."""
LARGEST_PACKED_BYTES = 60_000_000
"""A Word file holds its pictures too."""
LARGEST_PDF_BYTES = 400_000_000


def suffixes() -> tuple[str, ...]:
    """Every suffix that is read; those of pictures only where the extra [ocr] is installed."""
    pictures: frozenset[str] = frozenset() if ocr.installed() else ocr.SUFFIXES
    return tuple(sorted({*READERS, *APART, *READY_SUFFIXES} - pictures))


def largest(suffix: str) -> int:
    """How many bytes a file of this kind may have."""
    if suffix in APART:
        return LARGEST_PDF_BYTES
    return LARGEST_PACKED_BYTES if suffix == ".docx" else LARGEST_PAGE_BYTES


def read(data: bytes, *, name: str, limits: Limits = USUAL) -> list[PageText]:
    """The pages in a file's bytes; `name` decides the format, `limits` what a PDF or a picture may cost.

    Raises UnsupportedFormat, UnreadableFile, ReadingStopped, EmptySource or TooLarge.
    """
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None and suffix not in APART:
        raise UnsupportedFormat(
            f"Files ending in {suffix or 'nothing'} are not read; what is read: {' '.join(suffixes())}."
        )
    limit = largest(suffix)
    if len(data) > limit:
        raise TooLarge(len(data), limit)
    pages = reader(data, name=name) if reader else apart.read(data, name=name, limits=limits)
    if not any(line.strip() for page in pages for line in page.lines):
        raise EmptySource("There is no text in it.")
    return pages
