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
HEAD = ("kicker", "title", "subtitle", "byline")
CONFIDENCE = 0.93
"""How surely an article that the page's geometry marks is one: the share found right in issues of a bulletin."""
_NOTICE = re.compile(r"(?:公示|公告|启事|通告|声明|名单|分数线|通知)$")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article of marked chunks: the lines of its headline with their roles, and its text, by number."""

    head: tuple[tuple[str, int], ...]
    body: tuple[int, ...]

    @property
    def numbers(self) -> list[int]:
        """All its chunks."""
        return [*(number for _, number in self.head), *self.body]


def role_of(chunk: Chunk, page: PageText) -> str:
    """What the reader says a chunk is; "" where it says nothing."""
    return page.roles[chunk.first_line] if chunk.first_line < len(page.roles) else ""


def find_marked(chunks: Sequence[Chunk], page: PageText, taken: set[int]) -> list[Marked]:
    """The marked articles, in the order of the page."""
    found: list[Marked] = []
    head: list[tuple[str, int]] = []
    body: list[int] = []

    def close() -> None:
        if any(role == "title" for role, _ in head):
            found.append(Marked(tuple(head), tuple(body)))
        head.clear()
        body.clear()

    for number, chunk in enumerate(chunks):
        role = "" if number in taken else role_of(chunk, page)
        if role in HEAD:
            if body or any(known == role for known, _ in head):
                close()
            head.append((role, number))
        elif role in BODY and head:
            body.append(number)
        elif role != "furniture":
            close()
    close()
    return found


def marked_record(marked: Marked, page: Page) -> tuple[int, ParsedArticle]:
    """The record of a marked article."""
    chunks = page.chunks
    first = min(marked.numbers)
    words = {role: chunks[number].text for role, number in marked.head}
    own = words.get("byline", "")
    byline, paragraphs = find_byline(own, [chunks[n].text for n in marked.body])
    for role, number in [*marked.head, *(("body", n) for n in marked.body)]:
        page.marks[number] = Mark(role, first, CONFIDENCE, ("its type and its place on the page say so",))
    return first, ParsedArticle(
        "notice" if _NOTICE.search(words["title"]) else "article",
        words["title"],
        tuple(paragraphs),
        kicker=words.get("kicker", ""),
        subtitle=words.get("subtitle", ""),
        byline=byline,
        lines=line_ranges(chunks, marked.numbers),
        confidence=CONFIDENCE,
        legibility=legibility(paragraphs),
        complete=not (paragraphs and ends_open(paragraphs[-1])),
    )
