"""What two articles are to each other: a copy, one event told twice, a comment or round-up on it, what came of it, or nothing.

Each sign is a number between 0 and 1 with a reason; three sums of them decide. docs/digest.md has the weights, how they
were fitted and how they did on pairs that were held back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from digests.day.facts import Facts
from digests.day.headlines import goes_on, swapped
from store.models import Article

Kind = Literal["copy", "same", "part", "follow", "none"]
"""`part`: a comment, round-up or side report; both headlines are shown. `follow`: the later of two days."""
COPY = 0.5
"""Share of the shorter text's shingles that make two texts one."""
COPY_LEAST = 20
LEAST = 0.14
"""Cosine under which only copies are looked for."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against two articles being one story."""

    cosine: float
    """Of the weighed pairs of characters of headline and head."""
    lead: float
    """Cosine of the first sentences."""
    lead_found: float
    """Share of one's lead that is anywhere in the other, the greater of the two."""
    title_alike: float
    """Headline's pairs in common."""
    title_shared: float
    """The same, of the shorter headline."""
    formula: float
    """Both headlines are of a kind of which many are printed (A会见B)."""
    shingles: float
    """Word for word, of the longer text."""
    swapped: float
    """The headlines are one frame around two things (headlines.swapped)."""
    names_swapped: float
    """The same, and the two are names."""
    other_actor: float
    """Who acts in one headline is not named in the other article."""
    two_actors: float
    other_object: float
    """Whom it is done to differs."""
    other_place: float
    other_day: float
    same_paper: float
    """One paper printed both on one day: it tells an event once."""
    one_voice: float
    """One is a comment, reaction, statement or round-up, the other is not."""
    two_voices: float
    other_number: float
    """第二次, 第三次."""
    column: float
    """Both of one column (【…】) or series."""
    goes_on: float
    """Announced in the earlier headline, done in the later."""


def signs(one: Facts, other: Facts, cosine: float) -> Signs:
    """The signs of two articles, the earlier first."""
    first, second = one.headline, other.headline
    told, retold = one.told, other.told
    title_one, title_other = one.title_pairs, other.title_pairs
    common = sum(title_one[term] for term in title_one.keys() & title_other.keys())
    either = sum(title_one.values()) + sum(title_other.values()) - common
    lead_common = sum(one.lead_pairs[term] for term in one.lead_pairs.keys() & other.lead_pairs.keys())
    leads = math.sqrt(sum(one.lead_pairs.values()) * sum(other.lead_pairs.values()))
    shared = len(one.shingles & other.shingles)
    frame, names = swapped(first.text, second.text, told, retold)
    same_day = one.article.day == other.article.day
    return Signs(
        cosine=cosine,
        lead=lead_common / leads if leads else 0.0,
        lead_found=max(_found(one.lead_pairs, retold), _found(other.lead_pairs, told)),
        title_alike=common / either if either else 0.0,
        title_shared=common / max(min(sum(title_one.values()), sum(title_other.values())), 0.1),
        formula=float(first.formula and second.formula),
        shingles=shared / max(len(one.shingles), len(other.shingles), 1),
        swapped=frame,
        names_swapped=frame if names else 0.0,
        other_actor=float(
            bool(first.actor and first.actor not in retold) or bool(second.actor and second.actor not in told)
        ),
        two_actors=float(bool(first.actor and second.actor and first.actor != second.actor)),
        other_object=float(
            bool(first.whom and second.whom) and _apart(_pairs(first.whom), _pairs(second.whom))
        ),
        other_place=float(_apart(one.cities, other.cities) or _apart(one.counties, other.counties)),
        other_day=float(_apart(one.days, other.days)),
        same_paper=float(same_day and one.article.paper == other.article.paper),
        one_voice=float(bool(first.voice) != bool(second.voice)),
        two_voices=float(bool(first.voice) and bool(second.voice)),
        other_number=float(
            bool(first.ordinals) and bool(second.ordinals) and first.ordinals != second.ordinals
        ),
        column=float(
            bool(first.column and first.column == second.column)
            or (first.series and second.series)
            or (
                first.text == second.text
                and not same_day
                and not goes_on("将", second.text)
                and shared < 0.5 * min(len(one.shingles), len(other.shingles))
            )
        ),
        goes_on=float(goes_on(first.text, second.text)),
    )


def _found(pairs: Any, text: str) -> float:
    total = sum(pairs.values())
    return sum(weight for term, weight in pairs.items() if term in text) / total if total else 0.0


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


@dataclass(frozen=True, slots=True)
class Relation:
    """What the later of two articles is to the earlier; `score` orders several of one kind."""

    kind: Kind
    score: float


NOTHING = Relation("none", 0.0)
# Logistic regression on labelled pairs, rounded; how it was fitted and judged is in docs/digest.md.
_ONE_EVENT = {
    "cosine": 5.5, "lead": 6.0, "swapped": -3.7, "column": -3.4, "two_voices": -2.8, "formula": -3.8,
    "other_place": -2.2, "shingles": -3.5, "same_paper": -3.0,
}  # fmt: skip
_ONE_EVENT_BIAS, _ONE_EVENT_LEAST = -3.6, -1.25
_FOLLOWS = {
    "cosine": 8.1, "lead_found": 6.3, "goes_on": 2.8, "shingles": -12.8, "formula": -4.0, "other_actor": -2.0,
}  # fmt: skip
_FOLLOWS_BIAS, _FOLLOWS_LEAST = -4.4, 0.0
_FRAME = 0.6
_FRAME_OF_NAMES = 0.5
_SERIES = 0.5
_WHOLE = 0.8
_SAME_TITLE = 0.95
_FOLLOWS_COSINE = 0.15


def relation(one: Facts, other: Facts, cosine: float, *, may_be_copy: bool = True) -> Relation:
    """What two articles are to each other; the cosine of their terms is given, for the caller has it.

    Without `may_be_copy` their texts are not compared word for word.
    """
    shared = _shared(one, other) if may_be_copy else 0.0
    if cosine < LEAST and shared < COPY:
        return NOTHING
    if other.article.day < one.article.day:
        one, other = other, one
    found = signs(one, other, cosine)
    if shared >= COPY and _is_copy(found, shared):
        return Relation("copy", 10.0 + shared)
    if one.article.day != other.article.day:
        score = _sum(found, _FOLLOWS, _FOLLOWS_BIAS)
        if score >= _FOLLOWS_LEAST and not _of_a_kind_on_another_day(found):
            return Relation("follow", score)
        return NOTHING
    score = _sum(found, _ONE_EVENT, _ONE_EVENT_BIAS)
    headed = found.title_alike >= _SAME_TITLE or (
        found.title_shared >= _SAME_TITLE and _one_headline(one.article, other.article)
    )
    if headed and found.same_paper and not found.column:
        # The front page's teaser and the report inside.
        return Relation("same", max(score, 0.0))
    if score >= _ONE_EVENT_LEAST and not _of_a_kind(found) and not found.one_voice:
        return Relation("same", score)
    return Relation("part", score) if _is_part(found) else NOTHING


def _one_headline(one: Article, other: Article) -> bool:
    """Whether two headlines are one, the first line of it a kicker or the second a subtitle in one of them."""
    return not _forms(one).isdisjoint(_forms(other))


def _forms(article: Article) -> frozenset[str]:
    title = article.title
    return frozenset(
        "".join(character for character in text if character.isalnum())
        for text in (title, article.kicker + title, title + article.subtitle)
    )


def _is_copy(found: Signs, shared: float) -> bool:
    """Whether most of the shorter text in the other makes it a reprint.

    Formulas share their words (two visitors welcomed), and a comment opens with what it comments on.
    """
    if found.names_swapped >= _FRAME_OF_NAMES or (found.other_number and found.title_shared >= _SERIES):
        return False
    if found.shingles >= _WHOLE:
        return True
    if _of_a_kind(found) or found.one_voice or found.two_voices or found.formula:
        return found.title_alike >= _WHOLE and not found.column
    # One paper does not print a text twice on a day, but it prints two of one occasion.
    return not found.same_paper or shared >= _WHOLE or found.title_shared >= _SERIES


def _sum(found: Signs, weights: Mapping[str, float], bias: float) -> float:
    return bias + sum(weight * float(getattr(found, name)) for name, weight in weights.items())


def _of_a_kind(found: Signs) -> bool:
    """The same kind of event, other actors: another meeting of the series, another visitor, another county's court."""
    return bool(
        (found.other_number and found.title_shared >= _SERIES)
        or found.swapped >= _FRAME
        or found.names_swapped >= _FRAME_OF_NAMES
        or (found.formula and (found.other_object or found.two_actors))
    )


def _of_a_kind_on_another_day(found: Signs) -> bool:
    """The same, and columns and comments that come again; a headline that says what came of it may go on."""
    return bool(
        found.cosine < _FOLLOWS_COSINE
        or (found.other_number and found.title_shared >= _SERIES)
        or found.names_swapped >= _FRAME_OF_NAMES
        or (
            not found.goes_on
            and (
                found.two_voices
                or found.column
                or (found.formula and (found.other_object or found.two_actors or found.other_actor))
            )
        )
    )


def _is_part(found: Signs) -> bool:
    """A comment, a round-up or a side report on the other's event."""
    if _of_a_kind(found) or found.other_place or found.other_object:
        return False
    if found.one_voice:
        return found.lead_found >= 0.3 or found.title_shared >= 0.35 or found.cosine >= 0.25
    plain = not (found.column or found.two_voices or found.formula) and found.swapped < 0.4
    return plain and found.cosine >= 0.3 and found.lead_found >= 0.4


def _shared(one: Facts, other: Facts) -> float:
    """How much of the shorter text is in the other, word for word."""
    shorter = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / shorter if shorter >= COPY_LEAST else 0.0
