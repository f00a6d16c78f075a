"""Which lines speak of the same thing: words of headlines that recur in bodies, words that paragraphs share.

Words are not cut: pairs of Chinese characters do as well here and cost a fraction. Each set is one integer, a bit a pair.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from store.chinese.characters import pairs
from store.pages.characters import HAN
from store.pages.weights import WEIGHTS as W

_RUN = re.compile(rf"[{HAN}]+|[A-Za-z0-9]{{2,}}")
_COMMON = frozenset(
    "的了是在和有这那不我他她们也就都而及与或对为以等中上下个年月日时一二三四五六七八九十两大小多来去到说要将会"
)
LONG = 4000
"""Only this many characters of a paragraph are looked at: enough to know what it speaks of."""


def grams(text: str) -> set[str]:
    """Pairs of neighbouring Chinese characters, and whole Latin words."""
    found: set[str] = set()
    for run in _RUN.findall(text[:LONG]):
        if run[0] < "\u3400":
            found.add(run)
            continue
        found.update(pairs(run))
    return found


class Affinity:
    """The pairs of a page's paragraphs as bit sets, and how much a headline's pairs say about where it belongs."""

    def __init__(self, paragraphs: Sequence[str], heads: Sequence[str], prose: Sequence[bool]) -> None:
        self.sets = [grams(text) for text in paragraphs]
        places: dict[str, int] = defaultdict(int)
        for number, found in enumerate(self.sets):
            if not prose[number]:
                continue
            bit = 1 << number
            for gram in found:
                places[gram] |= bit
        self.places = places
        self.count = max(1, sum(prose))
        limit = max(2.0, 0.4 * self.count)
        repeated = [
            g
            for g, p in places.items()
            if 2 <= p.bit_count() <= limit and not (g[0] in _COMMON and g[-1] in _COMMON)
        ]
        index = {gram: number for number, gram in enumerate(repeated)}
        self.total = max(1, len(index))
        self.bits: list[int] = []
        for found in self.sets:
            value = 0
            for gram in found:
                at = index.get(gram)
                if at is not None:
                    value |= 1 << at
            self.bits.append(value)
        self.heads = [self._head(text) for text in heads]

    def _head(self, text: str) -> tuple[list[tuple[int, float]], int]:
        """Each pair of a headline that the page's prose has (where, weight), and how many pairs it has in all."""
        found = grams(text)
        out: list[tuple[int, float]] = []
        for gram in found:
            where = self.places.get(gram, 0)
            if where:
                out.append((where, math.log((self.count + 1) / where.bit_count())))
        return out, len(found)

    def share(self, heads: Sequence[int], start: int, end: int) -> tuple[float, float, float]:
        """How much of headline lines' words the paragraphs from start to end hold, of those the page has (0 to 1),
        the whole weight of these, and how many of all their pairs the paragraphs hold (0 to 1).

        It does not favour short bodies: a longer one can only hold more of the headline.
        """
        span = ((1 << (end - start)) - 1) << start
        inside = total = 0.0
        held = pairs = 0
        for head in heads:
            known, size = self.heads[head]
            pairs += size
            for where, weight in known:
                total += weight
                if where & span:
                    inside += weight
                    held += 1
        return (inside / total if total else 0.0), total, (held / pairs if pairs else 0.0)

    def pull(self, heads: Sequence[int], start: int, end: int) -> float:
        """How strongly headline lines belong to the paragraphs from start to end: log-odds against any others."""
        share, total, held = self.share(heads, start, end)
        own = W.pull * _odds(_SHARE, share) * total / (total + W.pull_few) if total else 0.0
        return own + W.held * _odds(_HELD, held)

    def link(self, article: int, paragraph: int) -> float:
        """How much a paragraph shares with an article so far (bit sets): log-odds that it belongs to it (measured).

        The share of its pairs that the article has, against the share of the page's pairs that the article has.
        """
        size = paragraph.bit_count()
        if not size or not article:
            return 0.0
        found = (article & paragraph).bit_count() / (size + 1.5)
        chance = article.bit_count() / self.total
        odds = 14.5 * math.sqrt(found) - 8.45 * math.sqrt(chance) - 3.6
        return max(W.link_low, min(W.link_high, W.link * odds))


_SHARE = ((0.0, -5.5), (0.3, -4.5), (0.5, -1.0), (0.65, 2.0), (0.85, 4.0), (1.0, 5.0))
"""Share of a headline's pairs on the page that its body holds, and the log-odds that it is its own (measured)."""
_HELD = ((0.0, -5.0), (0.1, -3.0), (0.2, -1.0), (0.3, 0.5), (0.45, 1.5), (1.0, 2.0))
"""Share of all its pairs that a body holds, and the log-odds against a banner or another's headline (measured)."""


def _odds(steps: tuple[tuple[float, float], ...], share: float) -> float:
    for (low, at_low), (high, at_high) in pairwise(steps):
        if share <= high:
            return at_low + (at_high - at_low) * (share - low) / (high - low)
    return steps[-1][1]
