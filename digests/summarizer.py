"""Article → its best spans, in their own order; pure.

Each span is a run of whole clauses inside one sentence, verbatim. Scores come from `digests/ranking.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from digests.clauses import CONNECTIVE, PRONOUN, Clause, cut
from digests.ranking import DECAY, Weights, pairs, tokens, weigh
from digests.sentences import Nesting, nesting, split
from store.models.digests import Span


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    sentence: int
    text: str
    clauses: tuple[Clause, ...]


def summarize(
    text: str, *, title: str = "", max_sents: int = 2, max_chars: int = 120, words: object = None
) -> tuple[Span, ...]:
    """The spans of the text that together say best what it is about, at most `max_chars` characters."""
    nested = nesting(text)
    sentences = split(text, nested=nested)
    weights = weigh((text[sentence.start : sentence.end] for sentence in sentences), title)
    runs: list[_Run] = []
    for sentence in sentences:
        clauses = cut(text, sentence, nested)
        for first in range(len(clauses)):
            for last in range(first, len(clauses)):
                start, end = clauses[first].start, clauses[last].end
                if end - start > max_chars:
                    break
                if _whole(nested, start, end) and tokens(text[start:end]):
                    runs.append(_Run(start, end, sentence.index, text[start:end], clauses[first : last + 1]))
    chosen: list[_Run] = []
    room, told = max_chars, set[tuple[str, str]]()
    while len(chosen) < max_sents:
        taken = {run.sentence for run in chosen}
        rest = [run for run in runs if run.sentence not in taken and len(run.text) <= room]
        if not rest or (chosen and room < 12):
            break
        best = max(
            rest, key=lambda run: (_score(run, weights, told, 10 if max_chars < 60 else 30), -run.start)
        )
        chosen.append(best)
        told |= pairs(tokens(best.text))
        room -= len(best.text)
    if not chosen and max_chars > 0:
        return _head(text, nested, max_chars)
    return tuple(Span(run.start, run.end, run.text) for run in sorted(chosen, key=lambda run: run.start))


def _score(run: _Run, weights: Weights, told: set[tuple[str, str]], ease: int) -> float:
    units = tokens(run.text)
    score = weights.of(pairs(units) - told) / (len(units) + ease) * DECAY**run.sentence
    roles = [clause.role for clause in run.clauses]
    if roles[-1] in ("says", "source"):
        score *= 0.2
    elif "says" in roles or "source" in roles:
        score *= 0.6
    if CONNECTIVE.match(run.text) or PRONOUN.match(run.text):
        score *= 0.85
    return score


def _whole(nested: Nesting, start: int, end: int) -> bool:
    inside = nested.depths[start : end + 1]
    return inside[0] == inside[-1] == min(inside) and not any(
        start <= mark < end for mark in nested.unmatched
    )


def _head(text: str, nested: Nesting, max_chars: int) -> tuple[Span, ...]:
    """Where no clause fits: the first balanced piece that does."""
    for start in range(len(text)):
        if not tokens(text[start]):
            continue
        for end in range(min(len(text), start + max_chars), start, -1):
            if _whole(nested, start, end) and "\n" not in text[start:end]:
                return (Span(start, end, text[start:end]),)
    return ()
