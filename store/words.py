"""Chinese words: the only file that imports jieba.

One private tokenizer with jieba's own dictionary, loaded at the first cut and kept for the process; its prefix
dictionary is cached in the user's cache folder. What counts as a search term or a stop word is left to the callers.
"""

from __future__ import annotations

import logging
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs


@cache
def _tokenizer() -> Any:
    # Imported here and not above: jieba and its models cost a tenth of a second that most commands never need.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources and has old regular expressions
        import jieba
    jieba.setLogLevel(logging.CRITICAL)  # it reports each load, and a cache that cannot be written, on stderr
    tokenizer = jieba.Tokenizer()
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
    words: list[str] = _tokenizer().lcut(text)
    return words


def is_word(word: str) -> bool:
    """Whether the dictionary has it as a whole word."""
    return bool(_tokenizer().FREQ.get(word))


def frequency(word: str) -> int:
    """How often the dictionary's own corpus has the word; 0 when it is not in it."""
    return int(_tokenizer().FREQ.get(word, 0))
