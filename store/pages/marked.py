"""Articles whose lines the reader has marked (PageText.roles): the geometry of the page has said what each line is.

A "title" opens an article, and what follows up to the next title or an unmarked line is its body; a table's rows are
lines of it. What is marked as furniture or a section's heading belongs to no article. All else is left to the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.models import PageText, ParsedArticle
from store.pages.articles import find_byline
from store.pages.characters import ends_open
from store.pages.chunks import Chunk
from store.pages.legibility import legibility
from store.pages.records import Mark, Page, line_ranges

BODY = ("body", "row")
CONFIDENCE = 0.93
"""How surely an article that the page's geometry marks is one (measured on bulletins not looked at while this was made)."""
_NOTICE = re.compile(r"(?:公示|公告|启事|通告|声明|名单|分数线|通知)$")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article of marked chunks: its headline (-1: none) and its text, by number."""

    head: int
    body: tuple[int, ...]


def role_of(chunk: Chunk, page: PageText) -> str:
    """What the reader says a chunk is; "" where it says nothing."""
    return page.roles[chunk.first_line] if chunk.first_line < len(page.roles) else ""


def find_marked(chunks: Sequence[Chunk], page: PageText, taken: set[int]) -> list[Marked]:
    """The marked articles, in the order of the page."""
    found: list[Marked] = []
    head, body = -1, list[int]()

    def close() -> None:
        nonlocal head
        if head >= 0 or body:
            found.append(Marked(head, tuple(body)))
        head = -1
        body.clear()

    for number, chunk in enumerate(chunks):
        role = "" if number in taken else role_of(chunk, page)
        if role == "title":
            close()
            head = number
        elif role in BODY and head >= 0:
            body.append(number)
        elif role != "furniture":
            close()
    close()
    return found


def marked_record(marked: Marked, page: Page) -> tuple[int, ParsedArticle]:
    """The record of a marked article."""
    chunks = page.chunks
    numbers = [*([marked.head] if marked.head >= 0 else []), *marked.body]
    first = min(numbers)
    title = chunks[marked.head].text if marked.head >= 0 else ""
    byline, paragraphs = find_byline("", [chunks[n].text for n in marked.body])
    for n in numbers:
        role = "title" if n == marked.head else "body"
        page.marks[n] = Mark(role, first, CONFIDENCE, ("its type and its place on the page say so",))
    return first, ParsedArticle(
        "notice" if _NOTICE.search(title) else "article",
        title,
        tuple(paragraphs),
        byline=byline,
        lines=line_ranges(chunks, numbers),
        confidence=CONFIDENCE,
        legibility=legibility(paragraphs),
        complete=not (paragraphs and ends_open(paragraphs[-1])),
    )
