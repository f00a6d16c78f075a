"""How well a text was read: share of its words the dictionary knows, of characters that belong, of lines that end.

Measured on a sample, so that a long page costs no more than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from store.chinese import words
from store.pages.characters import HAN, ends_sentence

SAMPLE = 240
"""Characters looked at, spread over the text in runs."""
RUN = 24
"""Characters of one run: long enough to hold words."""
KNOWN = 0.62
"""Share of neighbouring pairs that are inside a dictionary word in cleanly read news (measured); scales to 1."""

_BELONGS = re.compile(
    rf"[{HAN}A-Za-z0-9，。、；：？！“”‘’（）《》〈〉【】—…·%％℃,.;:?!\"'()\-+/&@#=~～<>〔〕　 \n]"
)
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")


@lru_cache(maxsize=65536)
def _known(word: str) -> bool:
    return words.is_word(word)


def sample(text: str) -> str:
    """Runs of the text, evenly spread, at most SAMPLE characters."""
    if len(text) <= SAMPLE:
        return text
    count = SAMPLE // RUN
    step = (len(text) - RUN) / (count - 1)
    return "\n".join(text[int(i * step) : int(i * step) + RUN] for i in range(count))


def legibility(paragraphs: Sequence[str]) -> float:
    """Between 0 (noise) and 1 (clean); 1 for a text too short to judge."""
    text = sample("\n".join(p[:4000] for p in paragraphs[:200]))
    size = len(text) - text.count("\n")
    if size < 8:
        return 1.0
    belongs = len(_BELONGS.findall(text)) / len(text)
    pairs = inside = 0
    for run in _HAN_RUN.findall(text):
        covered = 0
        for i in range(len(run) - 1):
            hit = 2 if _known(run[i : i + 2]) else 0
            for length in (3, 4):
                if i + length <= len(run) and _known(run[i : i + length]):
                    hit = length
            covered = max(covered, i + hit)
            pairs += 1
            inside += covered > i + 1 or hit > 0
    spoken = min(1.0, inside / pairs / KNOWN) if pairs >= 6 else 1.0 if belongs > 0.9 else 0.5
    han = sum(len(r) for r in _HAN_RUN.findall(text)) / size
    dense = min(1.0, han / 0.5)
    ends = [p for p in paragraphs[:200] if len(p) > 12]
    ended = sum(ends_sentence(p[-40:]) for p in ends) / len(ends) if ends else 1.0
    return round(max(0.0, min(1.0, spoken * belongs**2 * (0.4 + 0.6 * dense) * (0.75 + 0.25 * ended))), 3)
