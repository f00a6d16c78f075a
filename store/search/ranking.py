"""Which of the first hits an editor would put first: words before chance neighbours, title before lead before the rest.

和服 stands in 产品和服务 without being meant. jieba tells where words end, but only a clause around the hit is cut, and
only until enough hits are known to be good: an index of words would be slower and would miss what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from store.chinese import words

POOL = 50
"""Hits looked at; the order beyond them stays as the index gave it."""
LEAD_LENGTH = 80
_HANDFUL = 16
_TRIES = 4
"""Places of a term looked at in one article; the first ones nearly always decide."""
_LONG = 4
"""Characters from which a term may be several words (养老服务); a longer one is never there by chance."""
_REACH = 8
"""Characters cut by jieba on either side of a hit; words are seldom longer than four."""

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit as far as its order depends on it, texts as printed."""

    article_id: int
    title: str
    body: str


Read = Callable[[Sequence[int]], Sequence[Candidate]]
"""Reads the candidates with these ids, in this order."""


def order(ids: Sequence[int], read: Read, terms: Sequence[str], *, needed: int) -> list[int]:
    """The ids, those in which all terms stand as words before the others, titles and leads first among each handful.

    Candidates are read and cut a handful at a time and only until `needed` are found: the list is the same as far as
    it goes, however many are needed.
    """
    words_found: list[int] = []
    others: list[int] = []
    at = 0
    while at < len(ids) and len(words_found) < needed:
        handful = read(ids[at : at + _HANDFUL])
        for candidate in sorted(handful, key=lambda candidate: _place(candidate, terms)):
            is_word = all(
                stands_as_word(candidate.title, term) or stands_as_word(candidate.body, term)
                for term in terms
            )
            (words_found if is_word else others).append(candidate.article_id)
        at += _HANDFUL
    return words_found + others + list(ids[at:])


def _place(candidate: Candidate, terms: Sequence[str]) -> int:
    """0: all terms are in the title, 1: in title or lead (where an article says its place), 2: further down.

    What has no headline, mostly a photo's caption, comes after the articles of its kind of place.
    """
    if all(term in candidate.title for term in terms):
        return 0
    lead = candidate.body[:LEAD_LENGTH]
    near = all(term in lead or term in candidate.title for term in terms)
    return (1 if near else 2) + (not candidate.title)


def stands_as_word(text: str, term: str) -> bool:
    """Whether one of the term's first places in the text begins and ends where words do."""
    if len(term) > _LONG or not _HAN.fullmatch(term):
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
    """Whether words begin and end at the ends of this stretch; a short one has to be a single word."""
    borders = list(accumulate(map(len, words.cut(clause)), initial=0))
    if at not in borders or at + length not in borders:
        return False
    return length >= _LONG or borders.index(at + length) == borders.index(at) + 1
