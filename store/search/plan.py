"""A query → a plan: which tokens have to be in an article, in a form every engine can carry out; pure.

The one thing a plan needs of an index is which runs of signs it has seen (`Runs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from store.chinese.characters import pairs
from store.search import tokens
from store.search.query import Term

MOST_ALTERNATIVES = 200
"""Runs of signs a part of a run may stand for in one phrase (25 in 2025, 125, 1925 …); above, the text itself is read."""

Column = Literal["", "title", "more", "heading"]
"""Where: anywhere, in the title, in what is printed around title and body; "heading" is the title, looked up among
titles alone (faster, but it cannot be combined with what is not a title)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """These tokens one after the other, in the column ("": in any)."""

    tokens: tuple[str, ...]
    column: Column = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """This character (or two to four signs) somewhere in the text, or in the title."""

    mark: str
    column: Column = ""


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the parts, and none of `but_not`."""

    parts: tuple[Plan, ...]
    but_not: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The articles of `candidates` in whose text `folded` really stands: for what tokens alone cannot tell."""

    candidates: Plan
    folded: str
    column: Column = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Exactly these articles."""

    ids: frozenset[int]


Plan = Phrase | Mark | All | Any | Read | Nothing | Ids


class Runs(Protocol):
    """What an index knows of the runs of signs in its texts."""

    def containing(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs with this part."""

    def starting(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs that start with this part."""

    def ending(self, part: str, limit: int) -> list[str]:
        """Up to `limit` runs that end with this part."""


def of_term(term: Term, runs: Runs) -> Plan:
    """The plan that finds exactly the articles in which the term stands, wherever words begin and end."""
    column: Column = "title" if term.field == "title" else "more" if term.field == "person" else ""
    return of_text(term.folded, runs, column)


def of_text(text: str, runs: Runs, column: Column = "") -> Plan:
    """As `of_term`, for a folded text."""
    parts = list(tokens.runs(text))
    if len(text) == 1 and column != "more":
        return Mark(text, column)
    if not parts:
        marks = [Mark(mark, column if column == "title" else "") for mark in sorted(set(text) - {" "})]
        return Read(All(tuple(marks)), text, column) if marks else Nothing()
    exact = _contiguous(text, parts)
    if exact and len(parts) == 1 and parts[0][0] == "signs":
        return _within_a_run(text, runs, column)
    phrases = _phrases(parts, runs, column)
    if phrases is None:
        core = _core(parts, column)
        return Read(core, text, column)
    plan: Plan = phrases[0] if len(phrases) == 1 else Any(tuple(phrases)) if phrases else Nothing()
    if isinstance(plan, Phrase) and not plan.tokens:
        return Read(_core(parts, column), text, column)
    return plan if exact or plan == Nothing() else Read(plan, text, column)


def _contiguous(text: str, parts: list[tuple[tokens.Kind, str, int]]) -> bool:
    return sum(len(run) for _, run, _ in parts) == len(text)


def _within_a_run(text: str, runs: Runs, column: Column) -> Plan:
    known = runs.containing(text, MOST_ALTERNATIVES + 1)
    if len(known) <= MOST_ALTERNATIVES:
        return _any([Phrase((run,), column) for run in known])
    if len(text) <= max(tokens.MARK_LENGTHS) and column != "more":
        return Mark(text, column)
    longest = max(tokens.MARK_LENGTHS)
    marks = {text[at : at + longest] for at in range(max(1, len(text) - longest + 1))}
    return Read(All(tuple(Mark(mark) for mark in sorted(marks))), text, column)


def _any(plans: list[Phrase]) -> Plan:
    if not plans:
        return Nothing()
    return plans[0] if len(plans) == 1 else Any(tuple(plans))


def _phrases(parts: list[tuple[tokens.Kind, str, int]], runs: Runs, column: Column) -> list[Phrase] | None:
    """The phrases one of which has to be there, or None when there would be too many.

    A run of signs at either end of the text may be part of a longer run: of each that the index knows.
    """
    heads, tails = [""], [""]
    if len(parts) > 1 and parts[0][0] == "signs":
        run, touching = parts[0][1], parts[1][2] == len(parts[0][1])
        if len(run) > 1:
            heads = runs.ending(run, MOST_ALTERNATIVES + 1)
        elif not touching:  # one that touches is in the pair across the border, whatever stands before it
            return None
    if len(parts) > 1 and parts[-1][0] == "signs":
        run, touching = parts[-1][1], parts[-2][2] + len(parts[-2][1]) == parts[-1][2]
        if len(run) > 1:
            tails = runs.starting(run, MOST_ALTERNATIVES + 1)
        elif not touching:
            return None
    if len(heads) * len(tails) > MOST_ALTERNATIVES:
        return None
    middle = tuple(_between(parts))
    return [
        Phrase((*([head] if head else []), *middle, *([tail] if tail else [])), column)
        for head in heads
        for tail in tails
    ]


def _between(parts: list[tuple[tokens.Kind, str, int]]) -> list[str]:
    """The tokens that are certain: all but a run of signs at either end."""
    out: list[str] = []
    end, last = -1, ""
    for index, (kind, run, start) in enumerate(parts):
        if start == end:
            out.append(last + run[0])
        if kind == "han":
            out += pairs(run)
        elif 0 < index < len(parts) - 1:
            out.append(run)
        end, last = start + len(run), run[-1]
    return out


def _core(parts: list[tuple[tokens.Kind, str, int]], column: Column) -> Plan:
    """Articles that may have it: the certain tokens, each character where there are none."""
    certain = _between(parts)
    if certain:
        return All(tuple(Phrase((token,), column) for token in dict.fromkeys(certain)))
    title: Column = "title" if column == "title" else ""
    return All(
        tuple(
            Mark(mark, title)
            for mark in sorted({run[:4] if kind == "signs" else run[0] for kind, run, _ in parts})
        )
    )
