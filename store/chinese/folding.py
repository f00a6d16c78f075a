"""Texts as they are compared: width, case, traditional characters, quotation marks and thousands commas folded away.

Index and query call the same `fold`. What was printed is never changed: `place` leads back to it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

_STAY = frozenset("乾徵夥拚吒榘薹袷醣捱摺瞭藉著馀锺")
"""Left as they are: simplified Chinese writes them too (乾隆, 徵羽, 哪吒, 瞭望), so folding would find what is not there."""

_DOTS = "·•・‧∙⋅･᛫●"
_HYPHENS = "‐‑‒–−﹣－"
_QUOTES = "“”„‟〝〞″「」『』｢｣"
_SINGLE_QUOTES = "‘’‚‛′"
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
ELLIPSIS = " "
"""Stands for … while NFKC works, which would make three full stops of it."""

_OFTEN = (("…", ELLIPSIS), *zip("“”，：；！？（）％", '"",:;!?()%', strict=True))


def _simplified() -> dict[str, str]:
    # Character by character and not by phrase: what is indexed must not depend on the neighbours a query lacks.
    import opencc

    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x2A6E0))]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        old: new
        for old, new in zip(characters, simple, strict=True)
        if old != new and len(new) == 1 and old not in _STAY
    }


@cache
def _shapes() -> dict[int, str]:
    folds = _simplified()
    folds |= dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True))
    return {ord(old): new for old, new in folds.items()}


_TELLING = frozenset(
    "們個來時說國會為對學電記這過還後實開關書長門問間見現經給種點應樣動員業發當與將讓報訊眾華區縣鄉鎮億萬"
)
"""Nearly every sentence in traditional characters has one of these; no sentence in simplified ones has."""


def is_traditional(text: str) -> bool:
    """Whether the text has characters that are written only in traditional Chinese; fast, and enough for a paragraph."""
    return not _TELLING.isdisjoint(text)


def simplify(text: str) -> str:
    """The text in simplified characters and with the mainland's quotation marks, of the same length."""
    return text.translate(_shapes()) if is_traditional(text) else text


def simplify_typed(text: str) -> str:
    """What somebody typed, in simplified characters and of the same length, for what knows only those: names, commands, rules."""
    return text if text.isascii() else text.translate(_shapes())


@cache
def table() -> dict[int, str]:
    """What each single character becomes after NFKC and lower case; all others stay."""
    folds = _simplified()
    folds |= dict.fromkeys(_DOTS, "·")
    folds |= dict.fromkeys(_HYPHENS, "-")
    folds |= dict.fromkeys(_QUOTES, '"')
    folds |= dict.fromkeys(_SINGLE_QUOTES, "'")
    # Control, private-use and unassigned-surrogate characters are blanks; the index marks its own tokens with U+E000.
    folds |= {chr(code): " " for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xE000, 0xF900))}
    folds["\n"] = "\n"
    folds |= dict.fromkeys("\u2028\u2029\ufffe\uffff", " ")
    # Marks nobody sees (soft hyphen, zero-width blank, direction) come with copied text and separate nothing.
    invisible = (
        0xAD,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
    )
    folds |= dict.fromkeys(map(chr, invisible), "")
    folds |= {chr(code): " " for code in range(0xD800, 0xE000)}
    return {ord(old): new for old, new in folds.items()}


@cache
def _folding() -> frozenset[str]:
    return frozenset(map(chr, table())) - {"\n"}


def fold(text: str) -> str:
    """The text as it is indexed and searched."""
    # What stands in every article first, one pass in C each: what follows then seldom has anything to do.
    for old, new in _OFTEN:
        text = text.replace(old, new)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.lower()
    if not _folding().isdisjoint(text):
        text = text.translate(table())
    return _THOUSANDS.sub("", text) if "," in text else text


def fingerprint() -> str:
    """Differs when `fold` would: an index made with another fingerprint has to be rebuilt (OpenCC's data changed)."""
    told = unicodedata.unidata_version + "".join(
        f"{old:x}{new}" for old, new in sorted(table().items()) if old > 0x2E80
    )
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place in `text` it comes from (one more for the end)."""
    folded, places, start = [], [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in "\uff9e\uff9f"):
            end += 1
        piece = unicodedata.normalize("NFKC", text[start:end].replace("…", ELLIPSIS)).lower()
        piece = piece.translate(table())
        folded.append(piece)
        places.extend([start] * len(piece))
        start = end
    whole = "".join(folded)
    commas = {found.start() for found in _THOUSANDS.finditer(whole)} if "," in whole else set()
    if commas:
        places = [place for index, place in enumerate(places) if index not in commas]
        whole = "".join(character for index, character in enumerate(whole) if index not in commas)
    places.append(len(text))
    return whole, places
