"""Poems: a headline that says so (组诗, 外二首), and stanzas of short lines below it, also past a piece of another text.

Without such a headline short lines stay what they look like: rows of headlines and lists are far more frequent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.blocks import tables_in
from store.pages.bylines import LEAD, is_bare_names, is_credit, read_own_line
from store.pages.chunks import Chunk
from store.pages.furniture import furniture_reason

_POEM = re.compile(
    r"(?:[（(](?:外[一二三四五六七八九]首|[一二三四五六七八九]首|诗|诗歌|组诗|新韵)[）)]|组诗|诗[一二三四五六七八九]首|[七五]?[绝律]句?[一二三四五六七八九]首)$"
)
LINE = 18
"""A line of verse is no longer."""
REACH = 40
"""So many pieces below its headline a poem begins at the latest."""
LEAST = 4
"""Fewer lines are no poem."""


@dataclass(frozen=True, slots=True)
class Verse:
    """The chunks of a poem: its headline, its byline (-1: none), its lines and the headings of its parts."""

    head: int
    byline: int
    lines: tuple[int, ...]
    parts: tuple[int, ...]


def find_verse(chunks: Sequence[Chunk], taken: set[int]) -> list[Verse]:
    """The page's poems, in order."""
    out: list[Verse] = []
    used = set(taken)
    for head, chunk in enumerate(chunks):
        if head in used or len(chunk.text) > 30 or not _POEM.search(chunk.text):
            continue
        byline = -1
        if head + 1 < len(chunks) and head + 1 not in used and _signs(chunks[head + 1].text):
            byline = head + 1
        first = max(head, byline) + 1
        if first < len(chunks) and LEAD.match(chunks[first].text):
            continue  # news of a poem
        lines, parts = _stanzas(chunks, first, used)
        if sum(max(1, len(chunks[n].rows)) for n in lines) >= LEAST:
            found = Verse(head, byline, lines, parts)
            out.append(found)
            used.update((head, *lines, *parts, *([byline] if byline >= 0 else [])))
    return out


def _signs(text: str) -> bool:
    return len(text) <= 24 and (read_own_line(text) or is_bare_names(text))


def _stanzas(chunks: Sequence[Chunk], start: int, used: set[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Lines of the first stanzas from here on, and the headings of their parts."""
    lines: list[int] = []
    parts: list[int] = []
    number = start
    while number < len(chunks) and (lines or number < start + REACH):
        stanza = _stanza(chunks, number, used)
        if len(stanza) >= 2 or (stanza and chunks[stanza[0]].rows):
            lines += stanza
            number = stanza[-1] + 1
            continue
        titled = _is_line(chunks, number, used) and len(chunks[number].text) <= 8
        below = _stanza(chunks, number + 1, used) if titled else []
        if len(below) >= 2 or (below and chunks[below[0]].rows):
            parts.append(number)
        elif lines:
            break
        number += 1
    return tuple(lines), tuple(parts)


def _stanza(chunks: Sequence[Chunk], start: int, used: set[int]) -> list[int]:
    """Lines of verse from here on without a blank line between them."""
    if start < len(chunks) and start not in used and _is_stanza(chunks[start]):
        return [start]
    out: list[int] = []
    number = start
    while _is_line(chunks, number, used) and (
        number == start
        or (not chunks[number].gap and bool(chunks[number].indent) == bool(chunks[start].indent))
    ):
        out.append(number)
        number += 1
    return out


def _is_stanza(chunk: Chunk) -> bool:
    """Whether a chunk is a block of short lines without cells."""
    return bool(chunk.rows) and all(len(row) <= LINE + 2 for row in chunk.rows) and not tables_in(chunk.rows)


def _is_line(chunks: Sequence[Chunk], number: int, used: set[int]) -> bool:
    if not 0 <= number < len(chunks) or number in used:
        return False
    text = chunks[number].text
    return (
        len(text) <= LINE
        and not chunks[number].heading
        and not chunks[number].rows
        and text[0] not in "□◎◆■●"
        and not LEAD.match(text)
        and not is_credit(text)
        and not read_own_line(text)
        and not furniture_reason(text)
    )
