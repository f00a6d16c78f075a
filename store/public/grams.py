"""Chinese text as words that SQLite's own tokenizer can find: every two, three and four characters, and longer words.

FTS5's tokenizers either take a run of Chinese for one word (unicode61) or find nothing shorter than three characters
(trigram, https://www.sqlite.org/fts5.html#the_trigram_tokenizer). So the index is fed the parts themselves: whoever types
托管 or 托管班 names one of them, in Datasette's search box and in `sqlite-utils search` alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.chinese import words

SHORT = (2, 3, 4)
"""Every run of so many characters is a word."""
LONG = 10
"""Longer ones, up to so many characters, only where words begin and end."""
_PIECE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+|[^\W_]+")


def grams(text: str) -> str:
    """The parts of a text, separated by spaces; Latin words and numbers stay whole."""
    return " ".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if piece.isascii() or len(piece) < SHORT[0]:
            yield piece
            continue
        for size in SHORT:
            for start in range(len(piece) - size + 1):
                yield piece[start : start + size]
        yield from _long(piece)


def _long(piece: str) -> Iterator[str]:
    borders, at = [0], 0
    for word in words.cut(piece):
        at += len(word)
        borders.append(at)
    for index, start in enumerate(borders):
        for end in borders[index + 1 :]:
            if end - start > LONG:
                break
            if end - start > SHORT[-1]:
                yield piece[start:end]
