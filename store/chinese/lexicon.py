"""jieba's tokenizer with the same words in two thirds of the memory. Import it through words.py, which loads it when needed.

jieba keeps every beginning of every word beside the words (150,000 that are none), to know when to stop looking. Here a
table of a megabyte tells by a word's first two characters how long words with that beginning can be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import jieba

_SPREAD, _MASK = 641, (1 << 20) - 1
_REACH = "\0reach"
"""Under this name the table stands in jieba's cache file, among the words; no text has it."""


class Lexicon(jieba.Tokenizer):  # type: ignore[misc]
    """Gives exactly the words that jieba.Tokenizer gives, with jieba's own dictionary."""

    FREQ: dict[str, Any]
    total: int

    def __init__(self) -> None:
        super().__init__()
        self.cache_file = "baozhai-words.cache"
        self._reach = bytearray()

    def initialize(self, dictionary: str | None = None) -> None:
        """Load the cache or make it; what was loaded already stays."""
        super().initialize(dictionary)
        with self.lock:
            if not self._reach:
                if _REACH not in self.FREQ:  # somebody else's file
                    self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
                self._reach = bytearray(self.FREQ.pop(_REACH))

    @staticmethod
    def gen_pfdict(f: Any) -> tuple[dict[str, Any], int]:
        """The words with their counts, and the table; the sum of the counts."""
        with f:
            counts = dict(_entries(f))
        reach = bytearray(_MASK + 1)
        for word in counts:
            if len(word) > 1:
                at = (ord(word[0]) * _SPREAD + ord(word[1])) & _MASK
                reach[at] = max(reach[at], min(len(word), 255))
        total = sum(counts.values())
        return {**{word: count for word, count in counts.items() if count}, _REACH: bytes(reach)}, total

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        """At each character, where words that begin there end."""
        self.check_initialized()
        count, reach = self.FREQ.get, self._reach
        codes = [*map(ord, sentence), 0]
        size = len(sentence)
        found: dict[int, list[int]] = {}
        for start in range(size):
            ends = [start]
            longest = reach[(codes[start] * _SPREAD + codes[start + 1]) & _MASK]
            if longest:
                last = min(start + longest, size)
                ends += [end for end in range(start + 1, last) if count(sentence[start : end + 1])]
                if len(ends) > 1 and not count(sentence[start]):
                    del ends[0]
            found[start] = ends
        return found


def _entries(lines: Iterable[bytes]) -> Iterable[tuple[str, int]]:
    """dict.txt has a word, its count and its kind a line."""
    for line in lines:
        word, count, *_ = line.decode().split(" ")
        yield word, int(count)
