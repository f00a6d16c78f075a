"""What the assembly holds while it reads a page, and the plan it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.pages.runs import Group

WIDTH = 24
"""How many states are kept after each step."""
BEHIND = 18.0
"""States this far behind the best one do not come back."""


JOINT = 9.0
"""A joint of paragraphs that nothing speaks against; less it an article's end with nothing below."""


class Joints(NamedTuple):
    """How an article's paragraphs hold: its weakest joint, how well the text below would go on with it, and how many reports
    open inside."""

    weakest: float = JOINT
    below: float = -JOINT
    leads: int = 0


UNKNOWN = Joints()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article in the making: where its prose begins and ends in the stream, its headline's lines."""

    start: int
    end: int
    head: Group | None
    placement: str
    share: float = 0.0
    """How much of the headline's words that the page has the body holds."""
    held: float = 0.0
    """… and how much of all its words."""
    joints: Joints = UNKNOWN


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of the stream: articles, body lines, and lines that are banners, subheads, lone bylines."""

    prose: tuple[int, ...]
    drafts: tuple[Draft, ...]
    banners: tuple[int, ...]
    subheads: tuple[tuple[int, int], ...]
    bylines: tuple[tuple[int, int], ...]
    orphans: tuple[Group, ...]
    margin: float = 0.0


class Article(NamedTuple):
    start: int
    head: Group | None
    placement: str


class Event(NamedTuple):
    """What was decided: a group's role, or that an article is complete (`close`) or found its headline (`next`)."""

    what: str
    group: Group | None
    article: Article | None = None
    end: int = 0


class Trail(NamedTuple):
    before: Trail | None
    event: Event


class State(NamedTuple):
    score: float
    current: Article | None
    before: Article | None
    before_end: int
    waiting: Group | None
    middle: bool
    bits: int
    trail: Trail | None
    carried: Group | None = None
    """A headline left in the cut of the article being read; the next one may be its own."""

    def with_text(self, score: float, bits: int) -> State:
        """The same with a paragraph more in the article being read."""
        return State(
            score,
            self.current,
            self.before,
            self.before_end,
            None,
            False,
            self.bits | bits,
            self.trail,
            self.carried,
        )

    def key(self) -> tuple[object, ...]:
        """What the rest of the page can know of this state."""
        current, before = self.current, self.before
        return (
            current and (current.start, current.head and current.head.lines),
            before.start if before and before.head is None else None,
            self.waiting and self.waiting.lines,
            self.middle,
            self.carried and self.carried.lines,
        )


def prose_around(stream: Sequence[int], is_prose: Sequence[bool]) -> tuple[list[int], list[int]]:
    """For each place of the stream the prose above it (-1: none near), and where the prose up to it ends."""
    before: list[int] = []
    ends: list[int] = []
    last = -1
    for place, prose in enumerate(is_prose):
        before.append(stream[last] if last >= 0 and place - last < 14 else -1)
        ends.append(last + 1 if last >= 0 else place)
        last = place if prose else last
    ends.append(last + 1 if last >= 0 else len(stream))
    return before, ends


def told(trail: Trail | None) -> tuple[dict[int, tuple[Article, int]], dict[str, list[Group]]]:
    """What a trail tells: articles with their ends by where they start, and what other short lines were taken for."""
    events: list[Event] = []
    node = trail
    while node is not None:
        events.append(node.event)
        node = node.before
    drafts: dict[int, tuple[Article, int]] = {}
    groups: dict[str, list[Group]] = {what: [] for what in ("banner", "subhead", "byline", "orphan")}
    for event in reversed(events):
        if event.article is not None:
            drafts[event.article.start] = event.article, event.end
        elif event.group is not None and event.what in groups:
            groups[event.what].append(event.group)
    return drafts, groups


def prune(states: list[State]) -> list[State]:
    """The best of the states that the rest of the page cannot tell apart, without those far behind."""
    best: dict[tuple[object, ...], State] = {}
    for state in states:
        key = state.key()
        held = best.get(key)
        if held is None or state.score > held.score:
            best[key] = state
    floor = max(state.score for state in best.values()) - BEHIND if best else 0.0
    kept = [state for state in best.values() if state.score >= floor]
    if len(kept) > WIDTH:
        kept.sort(key=_score, reverse=True)
    return kept[:WIDTH]


def _score(state: State) -> float:
    return state.score
