"""Which articles are one story: copies of a text, and one event told differently; pure.

Thresholds come from the labelled pairs in tests/data/stories.txt (docs/digest.md has the table).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from digests.day.facts import Facts

SAME_STORY = 0.18
"""Likeness from which two articles tell one event."""
OTHER_PLACE = 0.5
OTHER_DAY = 0.6
"""What likeness is left when both name counties, or days, and none in common: the same kind of event elsewhere."""
SAME_PAPER = 0.7
"""And when one paper prints both on one day: it tells an event once, the other is of its kind."""
COPY = 0.5
"""Share of the shorter text's shingles that make two texts one."""
COPY_LEAST = 20
_SKETCH = 16
_NOWHERE: tuple[list[int], list[float]] = ([], [])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two articles are; `copy` if one is mostly the other's text."""

    score: float
    copy: bool

    @property
    def same_story(self) -> bool:
        """Whether they are one story."""
        return self.copy or self.score >= SAME_STORY


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of one story by id, the best first."""

    ids: tuple[int, ...]


def likeness(one: Facts, other: Facts, *, cosine: float | None = None, may_be_copy: bool = True) -> Likeness:
    """How alike two articles are; the cosine of their terms may be given where it is known.

    Without `may_be_copy` their texts are not compared.
    """
    if cosine is None:
        few, many = sorted((one.terms, other.terms), key=len)
        cosine = sum(weight * many[term] for term, weight in few.items() if term in many)
    score = cosine
    if _apart(one.cities, other.cities) or _apart(one.counties, other.counties):
        score *= OTHER_PLACE
    if _apart(one.days, other.days):
        score *= OTHER_DAY
    first, second = one.article, other.article
    if first.paper == second.paper and first.day == second.day:
        score *= SAME_PAPER
    return Likeness(score, may_be_copy and _is_copy(one, other))


def _apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _is_copy(one: Facts, other: Facts) -> bool:
    shorter = min(len(one.shingles), len(other.shingles))
    return shorter >= COPY_LEAST and len(one.shingles & other.shingles) >= COPY * shorter


class Index:
    """Articles to be found by likeness without comparing each with each."""

    def __init__(self, entries: Iterable[Facts] = ()) -> None:
        self._facts: dict[int, Facts] = {}
        # Ids and weights apart: a pair for each would be a million objects for the garbage collector to walk.
        self._terms: dict[str, tuple[list[int], list[float]]] = {}
        self._sketches: dict[int, list[int]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Facts) -> None:
        """Take in an article."""
        article_id = entry.article.id
        self._facts[article_id] = entry
        for term, weight in entry.terms.items():
            found = self._terms.get(term)
            if found is None:
                found = self._terms[term] = ([], [])
            found[0].append(article_id)
            found[1].append(weight)
        for shingle in _sketch(entry):
            self._sketches[shingle].append(article_id)

    def cosines(self, entry: Facts) -> dict[int, float]:
        """The cosine with each article taken in that shares a term."""
        found: dict[int, float] = defaultdict(float)
        for term, weight in entry.terms.items():
            ids, weights = self._terms.get(term, _NOWHERE)
            for article_id, other in zip(ids, weights, strict=True):
                found[article_id] += weight * other
        found.pop(entry.article.id, None)
        return found

    def same_story(self, entry: Facts, cosines: dict[int, float]) -> list[tuple[Likeness, int]]:
        """(likeness, id) of the articles taken in that tell the same story, the most alike first."""
        near = {article_id for article_id, cosine in cosines.items() if cosine >= SAME_STORY}
        copies: set[int] = set()
        for shingle in _sketch(entry):
            copies.update(self._sketches.get(shingle, ()))
        near |= copies
        near.discard(entry.article.id)
        found = []
        for article_id in near:
            alike = likeness(
                entry,
                self._facts[article_id],
                cosine=cosines.get(article_id, 0.0),
                may_be_copy=article_id in copies,
            )
            if alike.same_story:
                found.append((alike, article_id))
        return sorted(found, key=lambda pair: (-pair[0].copy, -pair[0].score, pair[1]))


def _sketch(entry: Facts) -> list[int]:
    """The smallest hashes: two texts with half their shingles in common share some of them almost surely."""
    return sorted(entry.shingles)[:_SKETCH]


def group(ordered: Sequence[Facts], cosines: dict[int, dict[int, float]], index: Index) -> list[Group]:
    """The articles by story; `ordered` has the best first, each story is led by its best article.

    An article joins the leader it is most like. Likeness to other members is not enough: stories would chain.
    """
    members: dict[int, list[int]] = {}
    for entry in ordered:
        article_id = entry.article.id
        leader = next(
            (other for _, other in index.same_story(entry, cosines[article_id]) if other in members), None
        )
        if leader is None:
            members[article_id] = [article_id]
        else:
            members[leader].append(article_id)
    return [Group(tuple(ids)) for ids in members.values()]
