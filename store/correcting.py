"""A page that was cut wrongly gets right: a correction is kept, the page parsed again, articles keep their ids.

Sent digests are edited by the road of every change (store/tables/edits.py), since the articles changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from store import readers
from store.database import Store
from store.errors import IngestError, PageNotCorrectable
from store.ingest import parse_text, read_file
from store.models import Correction, PageRef, PageText, ParsedPage
from store.tables.page_articles import PageChange

READY = ("ready", "epaper", "")
"""Formats whose pages hold articles that are told apart already."""
LONGEST = 40
"""More lines are no headline and no caption: a slip of the pen."""


def text_of(store: Store, page_id: int, *, limits: readers.Limits = readers.USUAL) -> PageText:
    """The page as it was read: from its file, where that still says the same (a PDF has boxes), else its lines as stored."""
    _, source, raw = store.editions.page_source(page_id)
    path = Path(source)
    if path.suffix.lower() in readers.suffixes() and path.is_file():
        try:
            for text in read_file(path, limits=limits):
                if "\n".join(text.lines) == raw:
                    return text
        except IngestError:
            pass  # the file is no longer what it was
    return PageText(tuple(raw.split("\n")), format=store.editions.format_of(page_id))


def read_again(
    store: Store, page_id: int, *, explain: bool = False, limits: readers.Limits = readers.USUAL
) -> tuple[PageText, ParsedPage]:
    """The page and what the parser makes of it today, with its corrections. Raises PageNotCorrectable."""
    ref, _, _ = store.editions.page_source(page_id)
    text = text_of(store, page_id, limits=limits)
    if text.whole or text.format in READY:
        raise PageNotCorrectable(
            "Its articles came ready from the site or file; the parser did not cut them."
        )
    parsed = parse_text(
        text, paper=ref.paper, day=ref.day, explain=explain, corrections=store.corrections.of(page_id)
    )
    return text, parsed


def correct(
    store: Store,
    page_id: int,
    what: str,
    first: int,
    last: int,
    now: datetime,
    *,
    other: int = 0,
    limits: readers.Limits = readers.USUAL,
) -> PageChange:
    """Keep a correction and parse the page again; what changed. Raises PageNotCorrectable with a reason for the operator."""
    text, _ = read_again(store, page_id, limits=limits)
    for line in (first, last, *([other] if other else [])):
        if not 1 <= line <= len(text.lines) or not text.lines[line - 1].strip():
            raise PageNotCorrectable(
                f"Line {line} is blank or not on the page, which has {len(text.lines)} lines."
            )
    if last < first or last - first >= LONGEST:
        raise PageNotCorrectable(
            f"Lines {first} to {last} are no {what}: name one line, or a few from top to bottom."
        )
    said = Correction(
        what,
        first,
        last,
        "\n".join(text.lines[first - 1 : last]),
        other,
        text.lines[other - 1] if other else "",
    )
    with store.transaction():
        store.corrections.add(page_id, said, now)
        return _put(store, page_id, text, now)


def undo(store: Store, page_id: int, now: datetime, *, limits: readers.Limits = readers.USUAL) -> PageChange:
    """Take the page's last correction back and parse the page again. Raises PageNotCorrectable when there is none."""
    text, _ = read_again(store, page_id, limits=limits)
    with store.transaction():
        if not store.corrections.withdraw(page_id, now):
            raise PageNotCorrectable("No correction of this page counts.")
        return _put(store, page_id, text, now)


def move(store: Store, page_id: int, to: PageRef, now: datetime) -> None:
    """Put a page where it belongs, now and whenever its file is read again. Raises PageNotCorrectable when another is there."""
    ref, source, _ = store.editions.page_source(page_id)
    other = store.editions.find(to.paper, to.day, to.number)
    if other is not None and other != page_id:
        raise PageNotCorrectable(
            f"《{to.paper}》{to.day} page {to.number} is stored already; move that one away first."
        )
    with store.transaction():
        store.corrections.note_move(source, replace(ref, label=""), to, now)
        store.editions.move(page_id, to, now)


def _put(store: Store, page_id: int, text: PageText, now: datetime) -> PageChange:
    ref, source, _ = store.editions.page_source(page_id)
    said: Sequence[Correction] = store.corrections.of(page_id)
    parsed = parse_text(text, paper=ref.paper, day=ref.day, corrections=said)
    return store.editions.put(ref, text, parsed, source=source, now=now)
