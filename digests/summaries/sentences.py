"""Text → sentences with positions; pure.

A sentence ends at 。！？…； or at the end of its paragraph, its closing quotes included, and never inside quotes or
brackets that the paragraph closes again. What a sentence is worth is left to `digests/summaries/ranking.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

ENDS = frozenset("。！？!?；;…")
CLOSING = frozenset("”’」』）)】》〉〕］]｝}")
_PAIRS = {
    "“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "《": "》",
    "〈": "〉", "〔": "〕", "［": "］", "[": "]", "｛": "｝", "{": "}",
}  # fmt: skip
# OCR and hand-made text mixes widths: （记者 张三) is closed all the same.
_ALIKE = {")": "）", "]": "］", "}": "｝"}
STRAIGHT = '"＂'
_MARKS = re.compile("[" + re.escape("".join(_PAIRS) + "".join(sorted(CLOSING)) + STRAIGHT) + "\n\r]")
_STOPS = re.compile("[" + re.escape("".join(sorted(ENDS))) + "\n\r]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in its text, blanks around it left out; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int
    index: int


@dataclass(frozen=True, slots=True)
class Nesting:
    """How a text's quotes and brackets close.

    `depths[i]` counts the pairs open between characters i-1 and i; `unmatched` are the marks without a partner.
    """

    depths: tuple[int, ...]
    unmatched: tuple[int, ...]


_NARROW = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;()!?]")
_WIDE = str.maketrans(",:;()!?", "，：；（）！？")


def widen(text: str) -> str:
    """The text with half-width punctuation made full-width, each character in its place; 8:30 and 1,200 stay."""
    return _NARROW.sub(lambda found: found.group().translate(_WIDE), text)


def nesting(text: str) -> Nesting:
    """Match quotes and brackets, each paragraph for itself."""
    change = [0] * (len(text) + 2)
    unmatched: list[int] = []
    stack: list[tuple[str, int]] = []

    def close(wanted: str, position: int) -> bool:
        for at in range(len(stack) - 1, -1, -1):
            if stack[at][0] == wanted:
                unmatched.extend(opened for _, opened in stack[at + 1 :])
                change[stack[at][1] + 1] += 1
                change[position + 1] -= 1
                del stack[at:]
                return True
        return False

    for found in _MARKS.finditer(text):
        mark, position = found.group(), found.start()
        if mark in "\n\r":
            unmatched.extend(opened for _, opened in stack)
            stack.clear()
        elif mark in _PAIRS:
            stack.append((_ALIKE.get(_PAIRS[mark], _PAIRS[mark]), position))
        elif mark in STRAIGHT:
            if not close(mark, position):
                stack.append((mark, position))
        elif not close(_ALIKE.get(mark, mark), position):
            unmatched.append(position)
    unmatched.extend(opened for _, opened in stack)
    return Nesting(tuple(accumulate(change[:-1])), tuple(sorted(unmatched)))


def split(text: str, *, nested: Nesting | None = None) -> tuple[Sentence, ...]:
    """The sentences of the text, in order; what is blank belongs to none."""
    depths = (nested or nesting(text)).depths
    found: list[Sentence] = []
    paragraph = start = done = 0

    def close(end: int) -> None:
        piece = text[start:end]
        if body := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(first, first + len(body), paragraph, len(found)))

    for mark in _STOPS.finditer(text):
        if mark.start() < done:
            continue
        if mark.group() in "\n\r":
            close(mark.start())
            start = mark.end()
            if found and found[-1].paragraph == paragraph:
                paragraph += 1
            continue
        end = mark.end()
        while end < len(text) and (
            text[end] in ENDS or text[end] in CLOSING or (text[end] in STRAIGHT and depths[end])
        ):
            end += 1
        done = end
        if not depths[end]:
            close(end)
            start = end
    close(len(text))
    return tuple(found)
