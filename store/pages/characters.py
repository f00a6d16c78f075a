"""Characters: which are Chinese, blank, closing or opening, and how wide a line is.

What the characters mean for an article (names, headlines) is left to the other files.
"""

from __future__ import annotations

import re

from store.chinese.characters import HAN_AND_RARE

BLANKS = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\ufeff\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u2060\u2028\u2029\u0085\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What a reader of the page does not see: blanks, zero-width and direction marks."""

HAN = HAN_AND_RARE
WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’—…·]"
)
"""Full-width in Chinese type; the quotation marks, dash and ellipsis are too, though Unicode calls them ambiguous."""

OPENERS = "“‘「『（(《〈【［["
CLOSERS = "”’」』）)》〉】］]\"'"
STOPS = "。！？!?…"
PAUSES = "，,、；;：:"

_FOLD = {0x3000: " ", 0xFF02: '"', 0xFF07: "'"}
_FOLD.update({ord(c): '"' for c in "“”„〝〞"})
_FOLD.update({ord(c): "'" for c in "‘’"})
_FOLD.update({ord(c): "-" for c in "—–―─"})
_FOLD.update({ord(c): "." for c in "…·•・"})
_FOLD.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in _FOLD})
_FOLD.update({ord(c): "" for c in BLANKS})

_HAN_RE = re.compile(f"[{HAN}]")


def fold(text: str) -> str:
    """Text without blanks and with full-width forms made half-width: for comparing, never for showing."""
    return text.translate(_FOLD)


def width(text: str) -> int:
    """How many half-width cells the text takes in print."""
    return len(text) + len(WIDE.findall(text))


def count_han(text: str) -> int:
    """How many Chinese characters the text has."""
    return len(_HAN_RE.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether the text stops where a sentence can stop."""
    bare = text.rstrip(CLOSERS + BLANKS)
    if not bare:
        return bool(text)
    return bare[-1] in STOPS or (bare[-1] in "；;" and bare == text)


def ends_open(text: str) -> bool:
    """Whether the text stops in mid-sentence, as a paragraph cut at a column end does."""
    tail = text.rstrip(BLANKS)
    if not tail:
        return False
    last = tail[-1]
    if last in STOPS or last in "；;：:":
        return False
    if last in CLOSERS:
        bare = tail.rstrip(CLOSERS)
        return not bare or (bare[-1] not in STOPS and last not in "）)】]")
    return True
