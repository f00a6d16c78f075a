"""Whole clauses around a hit, with the words marked, in the article's own characters; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.chinese.folding import fold, offsets

Pieces = tuple[tuple[str, bool], ...]

LENGTH = 60
"""Characters a snippet aims at; clauses are not cut except where one alone is twice as long."""

_BORDER = re.compile(r"[。！？；!?;\n]|[，,：:](?![0-9])")
_SENTENCES = re.compile(r"(?<=[。！？；：，…”’』」》）])[\s\u3000]*\n[\s\u3000]*")
"""A paragraph's end behind a Chinese mark, which parts enough: no blank follows it in a line."""
_PARAGRAPH = re.compile(r"\s*\n\s*")


def marked(text: str, terms: Sequence[str]) -> Pieces:
    """The text in pieces, those that are a (folded) term marked."""
    return _cut(text, spans(text, terms), 0, len(text))


def snippet(text: str, terms: Sequence[str], *, length: int = LENGTH) -> Pieces:
    """Whole clauses with as many different terms as fit; the start of the text when no term is in it."""
    found = spans(text, terms)
    start, end = _window(text, found[0] if found else (0, 0), length)
    pieces = _cut(text, found, start, end)
    if start > 0 and text[start - 1] not in "。！？!?\n":
        pieces = (("…", False), *pieces)
    if end < len(text) and text[end - 1] not in "。！？!?\n":
        pieces = (*pieces, ("…", False))
    return pieces


def spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """(start, end) of each place where a folded term stands in the text, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    missing = []
    for term in terms:
        places = _all(text, term) if term else []
        found += [(at, at + len(term)) for at in places]
        if not places and term:
            missing.append(term)
    if missing:
        found += _folded_spans(text, missing)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda at: (at[0], -at[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, max(end, start + 1)))
    return merged


def _folded_spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    folded = fold(text)
    terms = [term for term in terms if term in folded]
    if not terms:
        return []
    found = [(at, at + len(term)) for term in terms for at in _all(folded, term)]
    if len(folded) == len(text) and all(fold(text[start:end]) == folded[start:end] for start, end in found):
        return found
    folded, back = offsets(text)
    return [(back[at], back[at + len(term)]) for term in terms for at in _all(folded, term)]


def _all(text: str, term: str) -> list[int]:
    found, at = [], text.find(term)
    while at >= 0:
        found.append(at)
        at = text.find(term, at + len(term))
    return found


def _window(text: str, hit: tuple[int, int], length: int) -> tuple[int, int]:
    """Clause by clause outwards from the hit, a little before it and the rest behind."""
    start = _clause_start(text, hit[0], length)
    end = _clause_end(text, hit[1], start + 2 * length)
    while end < len(text) and end - start < length:
        further = _clause_end(text, end, start + 2 * length)
        if further <= end or further - start > length + length // 3:
            break
        end = further
    while start > 0 and end - start < length // 2 and text[start - 1] != "\n":
        earlier = _clause_start(text, start - 1, length)
        if earlier >= start or end - earlier > length + length // 3:
            break
        start = earlier
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _clause_start(text: str, at: int, most: int) -> int:
    lowest = max(0, at - most)
    borders = [found.end() for found in _BORDER.finditer(text, lowest, at)]
    return borders[-1] if borders else lowest


def _clause_end(text: str, at: int, highest: int) -> int:
    found = _BORDER.search(text, at)
    end = found.end() if found else len(text)
    while end < len(text) and text[end] in "”’」』》）)\"'":
        end += 1
    return min(end, max(highest, at), len(text))


def _cut(text: str, found: Sequence[tuple[int, int]], start: int, end: int) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in found:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > at:
            pieces.append((text[at:first], False))
        pieces.append((text[first:last], True))
        at = last
    if at < end:
        pieces.append((text[at:end], False))
    return tuple((_PARAGRAPH.sub(" ", _SENTENCES.sub("", piece)), hit) for piece, hit in pieces)
