"""How Chinese characters sound: pinyin without tones, from a table of 145 kB (sounds.txt, read at the first question)."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIRST, LAST = "\u4e00", "\u9fff"
"""The block of characters whose sounds are known."""


@dataclass(frozen=True, slots=True)
class _Table:
    syllables: list[str]
    alone: array[int]  # by character, counted from FIRST: the place of its syllable; 0 is none
    phrases: dict[str, str]  # those that sound otherwise than their characters
    longest: int


@cache
def _table() -> _Table:
    known, alone = [""], array("H", bytes(2 * (ord(LAST) - ord(FIRST) + 1)))
    phrases: dict[str, str] = {}
    text = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8")
    characters, _, others = text.partition("\n\n")
    for line in characters.splitlines():
        if line.startswith("#"):
            continue
        syllable, _, same = line.partition("\t")
        for character in same:
            alone[ord(character) - ord(FIRST)] = len(known)
        known.append(syllable)
    for line in others.splitlines():
        phrase, _, sounds = line.partition("\t")
        phrases[phrase] = sounds
    return _Table(known, alone, phrases, max(map(len, phrases)))


def syllables(text: str) -> list[str]:
    """One sound a character: 重庆 → chong, qing. What is no Chinese character stays as it is."""
    table, found, at = _table(), [], 0
    while at < len(text):
        for end in range(min(at + table.longest, len(text)), at + 1, -1):
            if sounds := table.phrases.get(text[at:end]):
                found += sounds.split(" ")
                at = end
                break
        else:
            character = text[at]
            if FIRST <= character <= LAST:
                found.append(table.syllables[table.alone[ord(character) - ord(FIRST)]] or character)
            else:
                found.append(character)
            at += 1
    return found


def sound(text: str) -> str:
    """The pinyin without tones and blanks: 芮城 → ruicheng."""
    return "".join(syllables(text))
