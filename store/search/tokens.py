"""Folded text → the tokens of the index.

Three kinds of characters. *Han* (also kana, hangul and the middle dot) are indexed as overlapping pairs. *Signs*
(letters, digits and what is glued to them: 5.2%, a-10, c++) are indexed run by run. All else only separates.
Where a run of signs touches a Han character, the pair across the border is a token too, so that 2025年春节 is

    2025 5年 年春 春节

and each part cut out of it is an exact phrase again: 年春节, 5年春, 2025年. Whatever is shorter than a pair, or lies
within a run of signs, is answered by `marks`: each single character and each two to four signs in a row.
A token of the index's own (paper, day, place …) starts with a character that no folded text has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

OWN = "\ue000"
"""Starts the tokens that are not text; `folding.fold` leaves no private-use character in any text."""

TITLE = OWN + "t"
"""Starts the mark of a character or a run of signs that stands in the title."""

ASCII_SIGNS = ".%+-/#&@_*=$~^|\\"
"""ASCII signs that belong to a run; FTS5 gets the same as `tokenchars` (see sqlite.py)."""

LONGEST_ENDING = 64
"""Signs kept of an ending of a run; only web addresses are longer."""
LONGEST_RUN = 200
"""Signs of a run that is also found by its parts: all endings of a run of a million would be a million rows of a million."""
MARK_LENGTHS = (2, 3, 4)

_HAN = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u3099-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\u1100-\u11ff\uf900-\ufaff\U00020000-\U000323af·"
)
_SEPARATORS = (
    re.escape("\"'(),:;<>?[]`{}!")
    + "\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030-\u3040\ufe10-\ufe6f\uff00-\uffef"
)
_RUN = re.compile(f"(?P<han>[{_HAN}]+)|[^\\s{_HAN}{_SEPARATORS}{OWN}]+")

_SIGNS = re.compile(f"([^\\s{_HAN}{_SEPARATORS}{OWN}]+)")
_PAIRS = re.compile(f"(?=([{_HAN}][{_HAN}]))")
_IS_HAN = re.compile(f"[{_HAN}]").match

Kind = Literal["han", "signs"]


def runs(text: str) -> Iterator[tuple[Kind, str, int]]:
    """(kind, run, where it starts) of each run of Han characters or of signs in a folded text."""
    for found in _RUN.finditer(text):
        if found.lastgroup == "han":
            yield "han", found.group(), found.start()
        else:
            yield "signs", found.group(), found.start()


def tokens(text: str) -> list[str]:
    """The tokens of a folded text in order."""
    return read(text)[0]


def read(text: str) -> tuple[list[str], set[str]]:
    """The tokens of a folded text in order, and its different runs of signs."""
    # As `runs`, but most of the work is done by two patterns: half of the time of indexing is spent here.
    pieces = _SIGNS.split(text)  # Han and separators, signs, Han and separators …
    out: list[str] = _PAIRS.findall(pieces[0])
    before = pieces[0]
    for at in range(1, len(pieces), 2):
        run, after = pieces[at], pieces[at + 1]
        if before and _IS_HAN(before[-1]):
            out.append(before[-1] + run[0])
        out.append(run)
        if after and _IS_HAN(after[0]):
            out.append(run[-1] + after[0])
        out += _PAIRS.findall(after)
        before = after
    return out, set(pieces[1::2])


def marks(text: str, signs: set[str]) -> set[str]:
    """Each different character of a folded text, and each two, three or four signs in a row of its runs."""
    found = set(text).union(
        *(_parts(run) if len(run) <= LONGEST_RUN else _parts.__wrapped__(run) for run in signs)
    )
    found.difference_update(" \n\t")
    return found


@lru_cache(maxsize=20_000)  # the same years and numbers in article after article
def _parts(run: str) -> frozenset[str]:
    return frozenset(run[at : at + length] for length in MARK_LENGTHS for at in range(len(run) - length + 1))


def endings(run: str) -> list[tuple[str, str]]:
    """(ending, run) for all endings of two signs or more of a run: what a part of a run is found by.

    A run longer than `LONGEST_RUN` is no word and no address, and is found whole only.
    """
    if len(run) > LONGEST_RUN:
        return []
    return [(run[at : at + LONGEST_ENDING], run) for at in range(len(run) - 1)]
