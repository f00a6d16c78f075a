"""What an article's matter is, and how much of it a piece of text tells; pure.

The unit is a pair of neighbouring tokens. A pair is worth its likelihood to stand in a headline: the more sentences
share it and the nearer to the beginning it first appears, the likelier; the article's own title, where known, adds to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Pair = tuple[str, str]

_TOKEN = re.compile(r"[㐀-䶿一-鿿豈-﫿]|[^\W\d_㐀-䶿一-鿿豈-﫿]+|\d+(?:[.,]\d+)*%?")

# A pair that n sentences share is worth n / (n + HALF).
HALF = 4.0
# A pair first met k sentences behind the first is worth FADE**k of that, from the fourth sentence on no less.
FADE = 0.5
FADED = 3
# Under a known title it matters less where a pair stands.
FADE_TITLED = 0.7
# A pair of the title is worth this much more, a single token of the title this much.
TITLE_PAIR = 2.0
TITLE_TOKEN = 1.0

# Tokens that are in every title and every text.
COMMON = frozenset("的了在是和与及为这那里有不也把被将从到对中上下以又更等就让")


def tokens(text: str) -> list[str]:
    """Han characters, words of other scripts and numbers, one token each, lower-cased."""
    return [token.lower() for token in _TOKEN.findall(text)]


@dataclass(frozen=True, slots=True)
class Matter:
    """What each pair, and each token of the title, is worth in a summary of one article."""

    pairs: dict[Pair, float]
    title: frozenset[str]

    def told(self, pairs: Collection[Pair], found: Collection[str]) -> float:
        """How much of the matter these pairs and tokens tell."""
        worth = sum([self.pairs[pair] for pair in pairs])
        if self.title:
            worth += TITLE_TOKEN * len(self.title.intersection(found))
        return worth


def weigh(sentences: Sequence[Sequence[str]], *, title: Iterable[str] = ()) -> Matter:
    """The matter of an article from the tokens of its sentences and of its title."""
    shared: dict[Pair, int] = {}
    met: dict[Pair, int] = {}
    for index, sentence in enumerate(sentences):
        away = min(index, FADED)
        for pair in set(pairwise(sentence)):
            shared[pair] = shared.get(pair, 0) + 1
            met.setdefault(pair, away)
    named = list(title)
    fade = FADE_TITLED if named else FADE
    fades = [fade**away for away in range(FADED + 1)]
    worth = {pair: count / (count + HALF) * fades[met[pair]] for pair, count in shared.items()}
    for pair in set(pairwise(named)):
        if pair in worth and not COMMON.issuperset(pair):
            worth[pair] += TITLE_PAIR
    return Matter(worth, frozenset(named) - COMMON)
