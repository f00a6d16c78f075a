"""Roles that the type alone shows: a story with a table is what stands from its headline to the next.

Words do not tell which headline a table belongs to; its place does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from store.readers.layout.headlines import BYLINE
from store.readers.layout.rows import HEADLINE, Line

LARGER = 1.08
"""Type this much larger than the body's is a kicker's or a second line's, at a headline."""


def with_stories_of_tables(lines: Sequence[Line], body: float) -> list[Line]:
    """The lines; those of each story that holds a table with their roles."""
    done = list(lines)
    for first, last in _stories(done, body):
        if any(line.role == "row" for line in done[first:last]):
            done[first:last] = _marked(done[first:last], body)
    return done


def _is_head(line: Line, body: float) -> bool:
    return line.box is not None and bool(line.text) and line.role == "" and line.box.size >= LARGER * body


def _stories(lines: Sequence[Line], body: float) -> list[tuple[int, int]]:
    """From each headline (with its kicker) to the next: numbers of the first line and of the one behind the last."""
    starts: list[int] = []
    previous: Line | None = None
    for number, line in enumerate(lines):
        if not line.text:
            continue
        if _is_head(line, body) and not (previous is not None and _is_head(previous, body)):
            starts.append(number)
        previous = line
    return [
        (a, b)
        for a, b in pairwise([*starts, len(lines)])
        if any(_size(line) >= HEADLINE * body for line in lines[a:b])
    ]


def _size(line: Line) -> float:
    return line.box.size if line.box is not None and line.role == "" else 0.0


def _marked(lines: Sequence[Line], body: float) -> list[Line]:
    heads = []
    for number, line in enumerate(lines):
        if _is_head(line, body):
            heads.append(number)
        elif line.text:
            break
    title = max(heads, key=lambda n: (_size(lines[n]), -n))
    marked = []
    for number, line in enumerate(lines):
        role = line.role
        if not role and line.text:
            role = "body"
            if number in heads:
                role = "title" if number == title else "kicker" if number < title else "subtitle"
            elif number < title + 6 and len(line.text) <= 40 and BYLINE.match(line.text.lstrip("□■ \u3000")):
                role = "byline"
        marked.append(replace(line, role=role))
    return marked
