"""Runs of clauses → scores; pure.

A run scores like the F-measure it would get against an unknown headline: how much of the article's recurring matter
(character pairs that several sentences share, and the title's) it has, over its length. Few constants, all set by hand.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[㐀-䶿一-鿿豈-﫿]|[A-Za-z]+|\d+(?:[.,]\d+)*%?")
PAIR_HALF = 1.0
TITLE_WEIGHT = 2.0
DECAY = 0.8


def tokens(text: str) -> list[str]:
    """Han characters, Latin words and numbers, one token each, lower-cased."""
    return [token.lower() for token in _TOKEN.findall(text)]


def pairs(run: Sequence[str]) -> set[tuple[str, str]]:
    """Neighbouring tokens."""
    return set(itertools.pairwise(run))


@dataclass(frozen=True, slots=True)
class Weights:
    """What each character pair of an article is worth in a summary."""

    pairs: dict[tuple[str, str], float]

    def of(self, wanted: Iterable[tuple[str, str]]) -> float:
        """The worth of these pairs together."""
        return sum(self.pairs.get(pair, 0.0) for pair in wanted)


def weigh(sentences: Iterable[str], title: str = "") -> Weights:
    """Weights from how many sentences share a pair, and from the title."""
    shared = Counter(pair for sentence in sentences for pair in pairs(tokens(sentence)))
    worth = {pair: count / (count + PAIR_HALF) for pair, count in shared.items()}
    for pair in pairs(tokens(title)):
        if pair in worth:
            worth[pair] += TITLE_WEIGHT
    return Weights(worth)
