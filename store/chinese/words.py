"""Chinese words: the only way to jieba, with lexicon.py behind it.

One private tokenizer with jieba's own dictionary, loaded at the first cut and kept for the process; its prefix
dictionary is cached in the user's cache folder. Where rjieba is installed (`pip install baozhai[rjieba]`) it cuts the
stretches on which both give the same words, several times faster. What counts as a search term or a stop word is left
to the callers.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

# jieba's own blocks (`re_han_default` in jieba/__init__.py), each of which it cuts for itself.
_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
# On blocks with these the two differ (F-16, 8.1ZB, www.a.cn), and on Han beyond the usual block.
_DIFFER = re.compile(r"[a-zA-Z+#&._%\-]")
_BEYOND = re.compile(r"[^\u0000-\uFFFF]|[\u3400-\u4DBF\u9FD6-\u9FFF\uF900-\uFAFF]")


@cache
def _tokenizer() -> Any:
    # Imported here and not above: jieba and its models cost a tenth of a second that most commands never need.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources and has old regular expressions
        import jieba

        from store.chinese.lexicon import Lexicon
    jieba.setLogLevel(logging.CRITICAL)  # it reports each load, and a cache that cannot be written, on stderr
    tokenizer = Lexicon()
    folder = Path(platformdirs.user_cache_dir("baozhai"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    except OSError:
        pass  # a read-only home: jieba falls back on the system's temporary folder
    tokenizer.initialize()
    return tokenizer


def cut(text: str) -> list[str]:
    """The words of the text in order; joined they are the text again, punctuation and blanks included."""
    swift = _swift()
    if swift is None or _BEYOND.search(text):
        return _exact(text)
    found: list[str] = []
    start = 0
    for block in _BLOCK.finditer(text):
        if _DIFFER.search(block.group()):
            found += swift(text[start : block.start()])
            found += _exact(block.group())
            start = block.end()
    return found + swift(text[start:])


def _exact(text: str) -> list[str]:
    words: list[str] = _tokenizer().lcut(text)
    return words


@cache
def _swift() -> Callable[[str], list[str]] | None:
    try:
        import rjieba
    except ImportError:
        return None
    swift: Callable[[str], list[str]] = rjieba.cut
    return swift


def is_word(word: str) -> bool:
    """Whether the dictionary has it as a whole word."""
    return bool(_tokenizer().FREQ.get(word))


def frequency(word: str) -> int:
    """How often the dictionary's own corpus has the word; 0 when it is not in it."""
    return int(_tokenizer().FREQ.get(word, 0))
