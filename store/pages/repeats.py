"""What the reader of the page printed twice: clauses said again at once, paragraphs repeated, jumps back.

Only exact copies (blanks and widths aside) of whole clauses count; a quotation taken up again is left alone by
the length limits. Nothing is changed here: the ranges are reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.characters import BLANKS, fold

_CLAUSE = re.compile(r"[^，。；！？,;!?]*[，。；！？,;!?]*[”’」』）)\"']*")
_MARKS = "，。；！？,;!?、：:”’」』）)\"'“‘「『（(" + BLANKS
AT_ONCE = 4
"""Shortest clause that counts as a repeat when it comes again at once."""
FAR = 28
"""Shortest copy of earlier text, away from its original, that counts as a jump back."""
REACH = 400
"""How many clauses back a copy is looked for: a page's worth."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A range of a chunk's text that repeats what was printed before."""

    chunk: int
    start: int
    end: int
    jump: bool = False
    """The reader of the page jumped back: what should have stood here is lost."""


@dataclass(slots=True)
class _Clause:
    chunk: int
    start: int
    core: int
    end: int
    key: str


def find_repeats(texts: Sequence[str]) -> list[Repeat]:
    """The repeated ranges of the page's chunks, in order."""
    clauses: list[_Clause] = []
    for number, text in enumerate(texts):
        for match in _CLAUSE.finditer(text):
            if match.end() > match.start():
                raw = match.group()
                bare = raw.rstrip(_MARKS)
                clauses.append(
                    _Clause(
                        number,
                        match.start(),
                        match.start() + len(bare),
                        match.end(),
                        fold(bare.lstrip(_MARKS)),
                    )
                )
    found: list[Repeat] = []
    seen: dict[str, list[int]] = {}
    at = 0
    while at < len(clauses):
        size, jump = _copied(clauses, seen, at)
        if size:
            found += _ranges(clauses, at, size, jump)
            at += size
            continue
        key = clauses[at].key
        if len(key) >= AT_ONCE:
            places = seen.setdefault(key, [])
            places.append(at)
            if len(places) > 6:
                del places[0]
        at += 1
    return found


def _copied(clauses: list[_Clause], seen: dict[str, list[int]], at: int) -> tuple[int, bool]:
    """How many clauses from here on are a copy of earlier ones (0: no repeat), and whether it is a jump back."""
    here = clauses[at]
    if len(here.key) < AT_ONCE:
        return 0, False
    for unit in range(1, min(4, at) + 1):
        if _said_again(clauses, at, unit):
            return unit, False
    for back in reversed(seen.get(here.key, ())):
        if at - back > REACH:
            continue
        size = 0
        length = 0
        while (
            at + size < len(clauses)
            and back + size < at
            and clauses[at + size].key == clauses[back + size].key
        ):
            length += len(clauses[at + size].key)
            size += 1
        if back + size == at and here.chunk == clauses[back].chunk and length >= AT_ONCE:
            return size, False
        last = clauses[at + size - 1]
        jump = clauses[back].chunk + 1 < here.chunk or (
            back + size < at and clauses[back].chunk == here.chunk
        )
        ends_chunk = at + size == len(clauses) or clauses[at + size].chunk != last.chunk
        starts_chunk = at == 0 or clauses[at - 1].chunk != here.chunk
        if starts_chunk and ends_chunk and length >= 12 and size > 1:
            return size, jump
        if starts_chunk and ends_chunk and length >= 18 and clauses[back].chunk + 1 == here.chunk:
            return size, False
        if length >= FAR and size >= 2 and (ends_chunk or length >= 2 * FAR):
            return size, jump
    return 0, False


def _said_again(clauses: list[_Clause], at: int, unit: int) -> bool:
    """Whether the last `unit` clauses come again at once, the first of them perhaps only as the end of a clause."""
    first, here = clauses[at - unit], clauses[at]
    if at + unit > len(clauses) or first.chunk != here.chunk or not first.key.endswith(here.key):
        return False
    if any(clauses[at - unit + i].key != clauses[at + i].key for i in range(1, unit)):
        return False
    if first.key == here.key or unit > 1 or len(here.key) >= 8:
        return True
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    return following is not None and following.key == here.key


def _ranges(clauses: list[_Clause], at: int, size: int, jump: bool) -> list[Repeat]:
    """The copy as ranges, one a chunk; inside a chunk the last mark stays and the first copy's mark goes."""
    out: list[Repeat] = []
    end = at + size
    while at < end:
        stop = at
        while stop < end and clauses[stop].chunk == clauses[at].chunk:
            stop += 1
        first, last = clauses[at], clauses[stop - 1]
        before = clauses[at - 1] if at and clauses[at - 1].chunk == first.chunk else None
        after = clauses[stop] if stop < len(clauses) and clauses[stop].chunk == first.chunk else None
        if before and (before.key.endswith(last.key) or not after):
            out.append(
                Repeat(
                    first.chunk,
                    before.core if before.key.endswith(last.key) else before.end,
                    last.core if before.key.endswith(last.key) else last.end,
                    jump,
                )
            )
        else:
            out.append(Repeat(first.chunk, first.start, last.end, jump))
        at = stop
    return out
