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
from itertools import pairwise
from typing import Literal

OWN = "\ue000"
"""Starts the tokens that are not text; `folding.fold` leaves no private-use character in any text."""

TITLE = OWN + "t"
"""Starts the mark of a character or a run of signs that stands in the title."""

ASCII_SIGNS = ".%+-/#&@_*=$~^|\\"
"""ASCII signs that belong to a run; FTS5 gets the same as `tokenchars` (see sqlite.py)."""

LONGEST_ENDING = 64
"""Signs kept of an ending of a run; only web addresses are longer."""
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
_SIGNS = re.compile(f"[^\\s{_HAN}{_SEPARATORS}{OWN}]+")
_CHARACTER = re.compile(f"[^\\s{OWN}]")

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
    out: list[str] = []
    end, last = -1, ""
    for kind, run, start in runs(text):
        if start == end:
            out.append(last + run[0])
        if kind == "han":
            out += map("".join, pairwise(run))
        else:
            out.append(run)
        end, last = start + len(run), run[-1]
    return out


def marks(text: str) -> set[str]:
    """Each different character of a folded text, and each two, three or four signs in a row."""
    found = set(text)
    for run in _SIGNS.findall(text):
        if len(run) > 1:
            for length in MARK_LENGTHS:
                found.update(run[at : at + length] for at in range(len(run) - length + 1))
    found.difference_update(" \n\t\u2003\u3000\xa0")
    return found


def endings(text: str) -> set[tuple[str, str]]:
    """(ending, run) for all endings of two signs or more of each run of signs: what a part of a run is found by."""
    found: set[tuple[str, str]] = set()
    for kind, run, _ in runs(text):
        if kind == "signs":
            found.update((run[at : at + LONGEST_ENDING], run) for at in range(len(run) - 1))
    return found
