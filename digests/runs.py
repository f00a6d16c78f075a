"""Clauses → runs of whole clauses that can stand alone, with their scores; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digests.clauses import CONNECTIVE, PRONOUN, Clause
from digests.ranking import Matter, Pair, tokens
from digests.sentences import Nesting

# What a run keeps of its score when its border is not clean.
LOST_SUBJECT = 0.65
DANGLING = 0.85
HALF_SENTENCE = 0.8
ATTRIBUTED = 0.7
ONLY_ATTRIBUTION = 0.2
STAGE = 0.5
DATED = 0.85
IDLE = 0.6
SHORT = 0.5
HEADING = 0.3
NOTHING_NEW = 0.5
# Fewer tokens than this say too little.
ENOUGH = 12
NEWS = 6

_IDLE = re.compile(r"并?(?:邀请|介绍|听取|回答)")


@dataclass(frozen=True, slots=True)
class Run:
    """Whole clauses of one sentence; `quality` is what its borders leave of its score."""

    start: int
    end: int
    sentence: int
    pairs: frozenset[Pair]
    tokens: frozenset[str]
    size: int
    quality: float


def whole(nested: Nesting, start: int, end: int) -> bool:
    """Whether quotes and brackets between these places close among themselves."""
    inside = nested.depths[start : end + 1]
    return inside[0] == inside[-1] == min(inside) and not any(
        start <= mark < end for mark in nested.unmatched
    )


def runs(
    text: str,
    clauses: Sequence[Clause],
    nested: Nesting,
    *,
    sentence: int,
    staged: bool,
    heading: bool,
    max_chars: int,
) -> Iterator[Run]:
    """The runs of a sentence's clauses that fit, each with its quality."""
    read = [tokens(text[clause.start : clause.end]) for clause in clauses]
    clean = True
    for first, opening in enumerate(clauses):
        gathered: list[str] = []
        quality = 1.0 if clean else LOST_SUBJECT
        head = text[opening.start : opening.start + 8]
        if CONNECTIVE.match(head) or PRONOUN.match(head):
            quality *= DANGLING
        if opening.role == "time":
            quality *= DATED
        if _IDLE.match(head):
            quality *= IDLE
        if staged:
            quality *= STAGE
        if heading:
            quality *= HEADING
        attributed = False
        for last in range(first, len(clauses)):
            closing = clauses[last]
            if closing.end - opening.start > max_chars:
                break
            gathered += read[last]
            attributed = attributed or closing.role in ("says", "source")
            if not gathered or not whole(nested, opening.start, closing.end):
                continue
            worth = quality
            if len(gathered) < ENOUGH:
                worth *= SHORT
            if closing.role in ("says", "source"):
                worth *= ONLY_ATTRIBUTION
            elif attributed:
                worth *= ATTRIBUTED
            if closing.role == "frame" and last < len(clauses) - 1:
                worth *= HALF_SENTENCE
            yield Run(
                opening.start,
                closing.end,
                sentence,
                frozenset(pairwise(gathered)),
                frozenset(gathered),
                len(gathered),
                worth,
            )
        clean = clean and bool(opening.role)


def score(run: Run, matter: Matter, told: frozenset[Pair], heard: frozenset[str], *, ease: float) -> float:
    """What the run adds to what is told, over its length; a higher `ease` favours longer runs."""
    quality = run.quality
    if matter.title and len(run.tokens - matter.title) < NEWS:
        quality *= NOTHING_NEW
    return quality * matter.told(run.pairs - told, run.tokens - heard) / (run.size + ease)
