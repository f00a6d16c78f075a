"""Which lines speak of the same thing: words of headlines that recur in bodies, words that paragraphs share.

Words are not cut: pairs of Chinese characters do as well here and cost a fraction. Each set is one integer, a bit a pair.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

from store.pages.characters import HAN

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
        found.update([run[i : i + 2] for i in range(len(run) - 1)])
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

    def _head(self, text: str) -> list[tuple[int, float]]:
        """(paragraphs that have it, weight) of each pair and each telling single character of a headline."""
        out: list[tuple[int, float]] = []
        for gram in grams(text):
            where = self.places.get(gram, 0)
            weight = math.log(self.count / where.bit_count() + 1) if where else 0.0
            out.append((where, weight if gram[0] not in _COMMON or gram[-1] not in _COMMON else 0.3 * weight))
        return out

    def pull(self, heads: Sequence[int], start: int, end: int) -> float:
        """How strongly headline lines belong to the paragraphs from start to end: log-odds against anywhere else."""
        span = ((1 << (end - start)) - 1) << start
        share = max((end - start) / self.count, 0.15)
        total = 0.0
        known = 0
        for head in heads:
            for where, weight in self.heads[head]:
                if not where:
                    continue
                known += 1
                inside = (where & span).bit_count()
                if inside:
                    expected = 1 - (1 - share) ** where.bit_count()
                    total += 0.7 * math.log(0.85 / max(expected, 0.05))
                else:
                    total -= 0.5 * min(1.0, weight)
        return total * 6 / (6 + known) if total > 0 else max(total, -6.0)

    def link(self, article: int, paragraph: int) -> float:
        """How much a paragraph shares with an article so far (bit sets), against chance."""
        size = paragraph.bit_count()
        if not size or not article:
            return 0.0
        shared = (article & paragraph).bit_count()
        expected = size * article.bit_count() / self.total
        return max(-2.0, min(3.0, 1.2 * math.log((shared + 1) / (expected + 1))))
