"""Chinese characters, and the digits that come with them: ranges for patterns, pairs, numbers as written."""

from __future__ import annotations

HAN = "一-鿿"
"""The characters of nearly all text, as a range for a pattern's brackets."""
HAN_AND_RARE = "㐀-䶿一-鿿〇"
"""With the rare ones of the basic plane, and the round zero of 二〇二六年."""

DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
"""Full-width digits become half-width ones, for `str.translate`."""
TYPED = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""All full-width letters, digits and marks become half-width ones: what fingers type on a Chinese keyboard."""
_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}


def pairs(run: str) -> list[str]:
    """The pairs of neighbouring characters: 水库通水 is 水库, 库通, 通水."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def number(text: str) -> int:
    """29, 二十九, 十 or 二〇二六 as an int. Raises KeyError for what is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_VALUES[character]) for character in text))
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
