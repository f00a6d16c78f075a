"""Which articles of a corrected page are the ones stored before; pure."""

from __future__ import annotations

from collections.abc import Sequence

LIKE_ENOUGH = 0.5
"""Share of common character trigrams from which two bodies are one article."""


def same_articles(stored: Sequence[tuple[str, str]], fresh: Sequence[tuple[str, str]]) -> dict[int, int]:
    """{index in `fresh`: index in `stored`} for (title, body) pairs that are one article; one to one, most alike first."""
    scores = []
    old_grams = [_grams(title + body) for title, body in stored]
    for new_index, (title, body) in enumerate(fresh):
        grams = _grams(title + body)
        for old_index, (old_title, old_body) in enumerate(stored):
            if (title, body) == (old_title, old_body):
                likeness = 2.0
            else:
                likeness = _jaccard(grams, old_grams[old_index]) + (
                    0.3 if title and title == old_title else 0.0
                )
            if likeness >= LIKE_ENOUGH:
                scores.append((-likeness, abs(new_index - old_index), new_index, old_index))
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, new_index, old_index in sorted(scores):
        if new_index not in match and old_index not in taken:
            match[new_index] = old_index
            taken.add(old_index)
    return match


def _grams(text: str) -> set[str]:
    compact = "".join(text.split())
    return {compact[i : i + 3] for i in range(len(compact) - 2)} or {compact}


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)
