"""How a story went on: what was printed of it day by day, and its numbers as printed each time; pure.

Whether a later article goes on with an earlier one is decided in `digests/day/relations.py`, as for 前情. Candidates come from
the caller: an article that is not among them is not missed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digests.day.clusters import Index
from digests.day.facts import Facts, facts
from digests.day.numbers import counts, same_thing
from digests.day.relations import relation
from digests.summaries.quoting import quotes, summary
from store.models import Article, Quote

NUMBERS_EACH = 2
_DRIFT = 0.1
"""Least cosine with the article that was asked for: a story that goes on by way of others must not end as another."""
_SENTENCE_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Station:
    """What was printed of a story on a day: the foremost article, those that tell the same, what to quote of the first.

    `numbered` says that the quotes hold numbers that other days tell too; else it is the article's best sentence.
    """

    article: Article
    also: tuple[Article, ...]
    quotes: tuple[Quote, ...]
    numbered: bool


def thread(start: Article, candidates: Sequence[Article]) -> tuple[Station, ...]:
    """The story of `start` in the order of print; one station where nothing else is of it."""
    members = sorted(_members(start, candidates), key=lambda one: one.article.day)
    stations: list[list[Facts]] = []
    for one in members:
        told = next((group for group in stations if _tells_the_same(one, group[0])), None)
        if told is None:
            stations.append([one])
        else:
            told.append(one)
    groups = [sorted((one.article for one in group), key=_foremost) for group in stations]
    firsts = [group[0] for group in groups]
    made = []
    for first, *also in groups:
        numbers = _numbers(first, [one for one in firsts if one is not first])
        made.append(
            Station(
                first, tuple(also), numbers or summary(first, 1, _SENTENCE_CHARACTERS), numbered=bool(numbers)
            )
        )
    return tuple(made)


def _members(start: Article, candidates: Sequence[Article]) -> list[Facts]:
    entries = {
        one.id: facts(one)
        for one in (start, *candidates)
        if (one.kind == "article" and not one.removed) or one.id == start.id
    }
    index = Index(entries.values())
    near = index.cosines(entries[start.id])
    members, waiting = {start.id}, [start.id]
    while waiting:
        one = entries[waiting.pop()]
        for other_id, cosine in sorted(index.cosines(one).items()):
            if other_id in members or near.get(other_id, 0.0) < _DRIFT:
                continue
            if relation(one, entries[other_id], cosine).kind in ("copy", "same", "follow"):
                members.add(other_id)
                waiting.append(other_id)
    return [entries[member] for member in sorted(members)]


def _tells_the_same(one: Facts, other: Facts) -> bool:
    if one.article.day != other.article.day:
        return False
    cosine = sum(weight * other.terms.get(term, 0.0) for term, weight in one.terms.items())
    return relation(one, other, cosine).kind in ("copy", "same")


def _foremost(article: Article) -> tuple[int, float, int]:
    return article.page, -article.area, article.id


def _numbers(article: Article, others: Sequence[Article]) -> tuple[Quote, ...]:
    """The clauses with a number that another day's article tells of the same thing, in the order of the text."""
    spans = []
    for count in counts(article):
        if same_thing(count, article) == count and any(same_thing(count, other) for other in others):
            spans.append(count.span)
        if len(spans) == NUMBERS_EACH:
            break
    return quotes(article, spans)
