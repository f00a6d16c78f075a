"""Long messages into parts: between blocks, never inside one, nothing lost.

`pack` puts blocks of HTML into parts that Telegram takes; `cut` divides plain text that is too long for one block.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.texts.markup import Html, Weight, units, weigh

LIMIT = Weight(units=4000, entities=95, entity_bytes=9000, raw_bytes=32_000)
"""Telegram: 4096 characters after parsing (code points at TDLib, UTF-16 units elsewhere: the stricter holds), 100
entities (more are dropped silently), about 9,500 bytes of entities, 32,768 bytes of markup. Room is left for 「1/2」."""

GAP = "\n\n"
_PAUSES = ("。！？!?", "；;", "，,、：:", " 　")


def pack(blocks: Sequence[Html], *, limit: Weight = LIMIT, gap: str = GAP) -> list[list[Html]]:
    """The blocks in their order, in as few parts as a greedy hand makes; a part joined with `gap` fits the limit.

    A block that alone is above the limit stands in a part of its own: callers `cut` their texts before.
    """
    parts: list[list[Html]] = []
    weight = Weight()
    between = Weight(units=units(gap), raw_bytes=len(gap.encode()))
    for block in blocks:
        added = weigh(block)
        if parts and (weight + between + added).fits(limit):
            parts[-1].append(block)
            weight = weight + between + added
        else:
            parts.append([block])
            weight = added
    return parts


def cut(text: str, limit_units: int) -> list[str]:
    """The plain text in pieces of at most `limit_units` UTF-16 units; joined they are the text again.

    Cut after a sentence where one ends in the second half of the piece, else after a clause, a comma, a blank, else
    between two characters; never between a character and its combining marks.
    """
    if limit_units < 2:
        raise ValueError("a piece must have room for one character outside the BMP")
    pieces = []
    while units(text) > limit_units:
        end = _end(text, limit_units)
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text] if text or not pieces else pieces


def _end(text: str, limit_units: int) -> int:
    room, end = limit_units, 0
    while end < len(text):
        room -= 2 if ord(text[end]) > 0xFFFF else 1
        if room < 0:
            break
        end += 1
    if end < len(text) and text[end - 1 : end + 1] == "\r\n":
        end -= 1
    breaks = [text.rfind("\n", end // 2, end) + 1]
    for pause in _PAUSES:
        found = [match.end() for match in re.finditer(f"[{re.escape(pause)}][”’」』）)]*", text[:end])]
        # What follows may be the closing quotation mark of this very sentence: then the cut would part them.
        breaks.append(max((at for at in found if at >= end // 2 and not _joins(text, at)), default=0))
    for at in breaks:
        if at > 0:
            return at
    whole = end
    while whole > 1 and _joins(text, whole):
        whole -= 1
    return whole if whole > 1 or not _joins(text, 1) else end


def _joins(text: str, at: int) -> bool:
    """Whether the characters before and after `at` belong together."""
    if at >= len(text):
        return False
    following = text[at]
    return (
        bool(unicodedata.combining(following))
        or unicodedata.category(following) in ("Mn", "Me", "Mc", "Sk")
        or following in "\u200d\ufe0e\ufe0f”’」』）"
        or text[at - 1] == "\u200d"
        or 0x1F3FB <= ord(following) <= 0x1F3FF
    )
