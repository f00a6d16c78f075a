"""Which articles are one story, found without comparing each with each; pure.

What two articles are to each other is decided in `digests/day/relations.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.day.facts import Facts
from digests.day.relations import LEAST, NOTHING, Relation, relation

_SKETCH = 16
_ORDER = {"copy": 0, "same": 1, "follow": 2, "part": 3}
_NOWHERE: tuple[list[int], list[float]] = ([], [])


@dataclass(frozen=True, slots=True)
class Group:
    """Articles by id: `ids` tell one event, the best first; `parts` are comments, round-ups and side reports on it."""

    ids: tuple[int, ...]
    parts: tuple[int, ...] = ()


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

    def related(self, entry: Facts, cosines: dict[int, float]) -> list[tuple[Relation, int]]:
        """(relation, id) of the articles taken in that have to do with this one: copies, one event, then the rest."""
        near = {article_id for article_id, cosine in cosines.items() if cosine >= LEAST}
        copies: set[int] = set()
        for shingle in _sketch(entry):
            copies.update(self._sketches.get(shingle, ()))
        near |= copies
        near.discard(entry.article.id)
        found = []
        for article_id in near:
            told = relation(
                entry,
                self._facts[article_id],
                cosines.get(article_id, 0.0),
                may_be_copy=article_id in copies,
            )
            if told.kind != "none":
                found.append((told, article_id))
        return sorted(found, key=lambda pair: (_ORDER[pair[0].kind], -pair[0].score, pair[1]))


def _sketch(entry: Facts) -> list[int]:
    """The smallest hashes: two texts with half their shingles in common share some of them almost surely."""
    return sorted(entry.shingles)[:_SKETCH]


def group(ordered: Sequence[Facts], cosines: dict[int, dict[int, float]], index: Index) -> list[Group]:
    """The articles by story; `ordered` has the best first, each story is led by its best article.

    An article joins the leader it is most like. Likeness to other members is not enough: stories would chain.
    """
    members: dict[int, list[int]] = {}
    parts: dict[int, list[int]] = {}
    for entry in ordered:
        article_id = entry.article.id
        near = [
            (told, other)
            for told, other in index.related(entry, cosines[article_id])
            if other in members and told.kind in ("copy", "same", "part")
        ]
        told, leader = near[0] if near else (NOTHING, 0)
        if told.kind in ("copy", "same"):
            members[leader].append(article_id)
        elif told.kind == "part":
            parts.setdefault(leader, []).append(article_id)
        else:
            members[article_id] = [article_id]
    return [Group(tuple(ids), tuple(parts.get(leader, ()))) for leader, ids in members.items()]
