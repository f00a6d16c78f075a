"""Runs of short lines, and the ways to read them: headlines with their parts, banners, subheads, pieces of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from store.pages.chunks import Chunk
from store.pages.roles import ShortLine, has_dash
from store.pages.weights import WEIGHTS as W

Role = Literal["kicker", "title", "subtitle", "byline", "banner", "subhead", "body"]
READINGS = 10
"""How many readings of a run are weighed; the rest are much less likely by their looks alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one headline with their roles, or a single line that is none (banner, subhead, body)."""

    lines: tuple[int, ...]
    roles: tuple[Role, ...]

    @property
    def is_head(self) -> bool:
        """Whether the group heads an article."""
        return "title" in self.roles

    @property
    def wording(self) -> tuple[int, ...]:
        """The lines that name the matter: all but bylines."""
        return tuple(n for n, role in zip(self.lines, self.roles, strict=True) if role != "byline")

    @property
    def has_byline(self) -> bool:
        """Whether a byline stands with the headline."""
        return "byline" in self.roles


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a run, with its score by looks."""

    groups: tuple[Group, ...]
    score: float


def read_run(numbers: Sequence[int], chunks: Sequence[Chunk], scores: dict[int, ShortLine]) -> list[Reading]:
    """The likeliest readings of a run of short lines, best first."""
    partial: list[tuple[float, tuple[Group, ...]]] = [(0.0, ())]
    for number in numbers:
        following: list[tuple[float, tuple[Group, ...]]] = []
        for score, groups in partial:
            following += _extend(score, groups, number, chunks, scores[number])
        following.sort(key=lambda item: -item[0])
        partial = following[: 2 * READINGS]
    done = [Reading(groups, score) for score, groups in partial if not groups or _is_whole(groups[-1])]
    return done[:READINGS] or [Reading(tuple(Group((n,), ("body",)) for n in numbers), -8.0)]


def _is_whole(group: Group) -> bool:
    return group.roles != ("kicker",)


def _extend(
    score: float, groups: tuple[Group, ...], number: int, chunks: Sequence[Chunk], line: ShortLine
) -> list[tuple[float, tuple[Group, ...]]]:
    """All ways to go on with one more line."""
    out: list[tuple[float, tuple[Group, ...]]] = []
    last = groups[-1] if groups else None
    level = chunks[number].heading
    if last is None or _is_whole(last):
        alone: tuple[tuple[Role, float], ...] = (
            ("title", line.title),
            ("kicker", line.kicker),
            ("banner", line.banner),
            ("subhead", line.subhead - 1.0),
            ("body", line.body),
        )
        crowd = -1.0 if last and last.is_head and not last.has_byline else 0.0
        if last and last.roles == ("subhead",):
            crowd -= 5.0  # text stands under a subhead, no other line
        for role, value in alone:
            if value > -7:
                value += crowd if role in ("title", "kicker", "subhead", "banner") else 0.0
                out.append((score + value, (*groups, Group((number,), (role,)))))
        if line.byline > -5 and (last is None or not last.is_head):
            out.append((score + line.byline - 3.0, (*groups, Group((number,), ("byline",)))))
    if last is None:
        return out
    final = last.roles[-1]
    before = chunks[last.lines[-1]]
    apart = (
        -0.8 * max(0, chunks[number].gap - max(1, before.gap))
        if chunks[number].gap > 1 and final != "kicker"
        else 0.0
    )
    following: Role | None = None
    value = 0.0
    if final == "kicker":
        following, value = "title", line.title + 0.8
        if level and before.heading and level < before.heading:
            value += 2.5
    elif final == "title":
        if line.subtitle > -3:
            extra = 1.5 if has_dash(chunks[number].text) else 0.0
            if level and before.heading and level > before.heading:
                extra += 1.0
            elif level and before.heading and level < before.heading:
                extra -= 2.0
            out.append(
                (score + line.subtitle + extra + apart, (*groups[:-1], _plus(last, number, "subtitle")))
            )
        following, value = "byline", line.byline + 1.0
    elif final == "subtitle":
        following, value = "byline", line.byline + 1.0
        if line.subtitle > -3 and has_dash(before.text) is False and len(last.roles) < 4:
            out.append((score + line.subtitle - 1.0 + apart, (*groups[:-1], _plus(last, number, "subtitle"))))
    elif final == "byline" and last.is_head:
        following, value = "byline", line.byline - 0.5
    if following is not None and value > -5:
        out.append((score + value + apart, (*groups[:-1], _plus(last, number, following))))
    return out


def _plus(group: Group, number: int, role: Role) -> Group:
    return Group((*group.lines, number), (*group.roles, role))


def orphan_cost(group: Group) -> float:
    """A headline without a body; one that was signed must have had one."""
    return W.orphan + (W.orphan_signed if group.has_byline else 0.0)
