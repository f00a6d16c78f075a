"""Lines of the terminal, broken as a Chinese page is: between any two characters, yet no line begins with a closing
mark or ends with an opening one, and a Latin word or a number stays whole where it fits.
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.text import Text

_NOT_FIRST = frozenset("，。、；：！？）》」』】〕〉”’…％%,.;:!?)]}·—～")
_LINK_NUMBER = re.compile(r"\[L\d+\]")  # screen.py puts it after a link: it stays with the link's last word
_NOT_LAST = frozenset("（《「『【〔〈“‘([{#")


def wrap(line: Text, width: int) -> list[Text]:
    """`line` (without line ends) in pieces of at most `width` cells, styles kept."""
    plain = line.plain
    cuts: list[int] = []
    start = 0
    while start < len(plain):
        end = _fitting(plain, start, width)
        if end < len(plain):
            end = _good_break(plain, start, end)
            cuts.append(end)
        start = end
    pieces = list(line.divide(cuts)) if cuts else [line.copy()]
    for piece in pieces[:-1]:
        piece.rstrip()
    for index, piece in enumerate(pieces[1:], 1):
        pieces[index] = piece[len(piece.plain) - len(piece.plain.lstrip(" ")) :]
    return pieces


def _fitting(plain: str, start: int, width: int) -> int:
    """Where the longest piece from `start` that fits ends; at least one character is taken."""
    end, used = start, 0
    while end < len(plain):
        used += cell_len(plain[end])
        if used > width and end > start:
            break
        end += 1
    return end


def _good_break(plain: str, start: int, end: int) -> int:
    """The last place up to `end` where a line may end; `end` itself where there is none."""
    at = end
    while at > start + 1:
        before, after = plain[at - 1], plain[at]
        inside_word = _latin(before) and _latin(after)
        if (
            not inside_word
            and not _LINK_NUMBER.match(plain, at)
            and after not in _NOT_FIRST
            and before not in _NOT_LAST
        ):
            return at
        at -= 1
        if end - at > 30:  # a long address is cut anywhere
            break
    return end


def _latin(char: str) -> bool:
    return char.isascii() and not char.isspace()
