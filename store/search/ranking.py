"""Which of the first hits an editor would put first: words before chance neighbours, title before lead before the rest.

和服 stands in 产品和服务 without being meant. jieba tells where words end, but only a clause around the hit is cut, and
only until enough hits are known to be good: an index of words would be slower and would miss what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store import words

POOL = 50
"""Hits looked at; the order beyond them stays as the index gave it."""
LEAD_LENGTH = 80
_AT_ONCE = 16
_TRIES = 4
"""Places of a term looked at in one article; the first ones nearly always decide."""
_REACH = 8
"""Characters cut by jieba on either side of a hit; words are seldom longer than four."""

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit as far as its order depends on it, texts as printed."""

    article_id: int
    title: str
    body: str
    places: tuple[str, ...] = ()


Read = Callable[[Sequence[int]], Sequence[Candidate]]
"""Reads the candidates with these ids, in this order."""


def order(ids: Sequence[int], read: Read, terms: Sequence[str], *, enough: int) -> list[int]:
    """The ids, best first: a stable sort of what the index found best.

    Candidates are read and cut a few at a time, until `enough` of them have all terms as words: whatever follows
    stands behind those anyway.
    """
    keys: list[tuple[int, int, int]] = []
    words_found = 0
    for start in range(0, len(ids), _AT_ONCE):
        if words_found >= enough:
            break
        for index, candidate in enumerate(read(ids[start : start + _AT_ONCE]), start):
            is_word = all(
                stands_as_word(candidate.title, term) or stands_as_word(candidate.body, term)
                for term in terms
            )
            words_found += is_word
            keys.append((0 if is_word else 1, _place(candidate, terms), index))
    return [ids[index] for _, _, index in sorted(keys)] + list(ids[len(keys) :])


def _place(candidate: Candidate, terms: Sequence[str]) -> int:
    """0: all terms are in the title, 1: in title or lead, or one is the article's place, 2: further down."""
    if all(term in candidate.title for term in terms):
        return 0
    lead = candidate.body[:LEAD_LENGTH]
    if all(term in lead or term in candidate.title for term in terms):
        return 1
    return 1 if any(term in place for place in candidate.places for term in terms) else 2


def stands_as_word(text: str, term: str) -> bool:
    """Whether one of the term's first places in the text begins and ends where words do."""
    if not _HAN.fullmatch(term) or len(term) > 6:
        return term in text
    at = text.find(term)
    for _ in range(_TRIES):
        if at < 0:
            return False
        if _is_word_at(text, at, len(term)):
            return True
        at = text.find(term, at + 1)
    return False


def _is_word_at(text: str, at: int, length: int) -> bool:
    start, end = at, at + length
    while start > 0 and at - start < _REACH and _HAN.match(text[start - 1]):
        start -= 1
    while end < len(text) and end - at - length < _REACH and _HAN.match(text[end]):
        end += 1
    return _borders(text[start:end], at - start, length)


@lru_cache(maxsize=4096)
def _borders(clause: str, at: int, length: int) -> bool:
    place = 0
    for word in words.cut(clause):
        if place == at:
            return len(word) == length
        if place > at:
            return False
        place += len(word)
    return False
