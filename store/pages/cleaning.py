"""A page's lines without what its tool left in them: invisible characters, NUL, blanks between all characters.

The number of lines stays, so line numbers go on meaning the printed line. What a line says is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INVISIBLE = re.compile("[\0\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BLANK = r"[ \t\u00a0\u3000]"
_APART = re.compile(rf"^{_BLANK}*(?:[^\s]{_BLANK}+){{3,}}[^\s]{_BLANK}*$")
_BETWEEN = re.compile(rf"(?<=\S){_BLANK}+(?=\S)")
LEAST = 4
"""A line with fewer characters does not tell whether blanks stand between all of them."""


def clean_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines, one for one, as a reader of the page sees them."""
    cleaned = [_INVISIBLE.sub("", line) if _INVISIBLE.search(line) else line for line in lines]
    long = apart = 0
    for line in cleaned[:2000]:
        head = line[:400]
        if len(head) >= 2 * LEAST and not head.isspace():
            long += 1
            apart += head[1:12:2].isspace() or head[2:13:2].isspace()
    if long >= 3 and apart > 0.6 * long:
        cleaned = [_closed_up(line) if _APART.match(line) else line for line in cleaned]
    return tuple(cleaned)


def _closed_up(line: str) -> str:
    """A line without the blank between each two characters; where there are more, a blank was printed."""
    usual = min(len(gap) for gap in _BETWEEN.findall(line))
    return _BETWEEN.sub(lambda gap: " " if len(gap.group()) > 2 * usual else "", line)
