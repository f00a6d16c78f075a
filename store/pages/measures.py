"""How a page is set: where its lines end, which of them reach the edge of their column, indents, blank lines.

Columns differ in width, so the measure is found for each line from the lines around it: of all ways to give each line
a measure (or none: lines that are paragraphs) the cheapest wins, and changing the measure costs. A line one or two
characters short counts as full only where the print explains it: a mark that may not open a line, a Latin word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from store.pages.characters import BLANKS, CLOSERS, OPENERS, PAUSES, STOPS, WIDE, ends_sentence, width

NARROWEST = 9
"""Characters of the narrowest column a daily sets prose in."""
WIDEST = 46
MOST = 8
"""So many measures a page has at most; columns of a page share them."""
LOOSE = 0.85
"""On a page with indents a line is about as long as its neighbours from this share of the longest of them."""
_NOT_FIRST = frozenset(CLOSERS + STOPS + PAUSES + "—～·%％℃°")
_LATIN_RUN = re.compile(r"^[A-Za-z0-9.,:/%@_-]+")
_LATIN_END = re.compile(r"[A-Za-z0-9.,:/%@_-]+$")

FULL, FULL_ABOVE_GAP, REST, OPEN_REST, PLAIN, TOO_LONG, CHANGE = 0.4, 1.6, 3.6, 5.0, 3.0, 7.0, 4.0
"""Costs of a line: full; full, though nothing goes on below; shorter, ending a sentence or not; a line that is a
paragraph; longer than its column; and of another measure than the line above. Negative log-odds, set by hand."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How this page is set. `wrap`: size of most hard-wrapped lines (0: lines are paragraphs), in cells if `wide`, else in
    characters; `step` cells between the blanks that stand for line ends inside a paragraph (0: none);
    `indented`: paragraphs open with blanks; `gap`: usual blank lines between pieces, after `base` blank lines that
    stand behind every line; `full`: numbers of the lines that the next one goes on with."""

    wrap: int = 0
    wide: bool = True
    step: int = 0
    indented: bool = False
    gap: int = 1
    base: int = 0
    full: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number on the page (from 0), its text without blanks around it, the blank lines above
    it, the cells of its indent, and its size up to the last character, in characters and cells."""

    number: int
    text: str
    gap: int
    indent: int
    length: int
    cells: int


def read_lines(lines: Sequence[str]) -> list[Line]:
    """The lines that are not blank."""
    out: list[Line] = []
    gap = 0
    for number, line in enumerate(lines):
        text = line.strip(BLANKS)
        if not text:
            gap += 1
            continue
        head = line[: len(line) - len(line.lstrip(BLANKS))]
        indent = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in head)
        size = len(text) + len(head)
        cells = width(text) + sum(2 if c == "\u3000" else 1 for c in head) if size < 200 else 2 * size
        out.append(Line(number, text, gap, indent if indent >= 2 else 0, size, cells))
        gap = 0
    return out


def measure(lines: Sequence[Line]) -> Layout:
    """How the page is set, from all its lines."""
    gaps = Counter(line.gap for line in lines[1:])
    indents = sum(1 for line in lines if line.indent)
    base = 0
    if gaps and not gaps[0]:
        usual, count = gaps.most_common(1)[0]
        base = usual if count >= 0.9 * sum(gaps.values()) and len(lines) >= 12 else 0
    layout = _ends(lines, base, indents >= 2)
    if base and len(layout.full) < 0.4 * len(lines):
        base, layout = 0, Layout()
    parted = [gap - base for gap, n in gaps.items() for _ in range(n) if gap > base]
    usual_gap = max(set(parted), key=lambda g: (parted.count(g), -g)) if parted else 0
    step = blank_step([line.text for line in lines if len(line.text) > 45])
    return Layout(layout.wrap, layout.wide, step, indents >= 3, usual_gap, base, layout.full)


def _ends(lines: Sequence[Line], base: int, indented: bool) -> Layout:
    """The measure that most lines have, and the lines that are full in their own."""
    below = [
        i + 1 < len(lines) and lines[i + 1].gap <= base and not (indented and lines[i + 1].indent)
        for i in range(len(lines))
    ]
    pairs = [i for i in range(len(lines)) if below[i] and lines[i].length < 200]
    if len(pairs) < (2 if indented else 4):
        return Layout()
    best: tuple[float, bool, list[int]] | None = None
    for wide in (False, True):
        sizes = Counter(lines[i].cells if wide else lines[i].length for i in pairs)
        low, high = (2 * NARROWEST, 2 * WIDEST) if wide else (NARROWEST, WIDEST)
        found = sorted(
            (s for s, n in sizes.items() if low <= s <= high and n >= min(3, max(2, len(pairs) // 8))),
            key=lambda s: (-sizes[s] - (0.6 * sizes[s - 1] if wide else 0), -s),
        )[:MOST]
        if not found:
            continue
        cost, measures = _cheapest(lines, below, found, wide)
        if best is None or cost < best[0]:
            best = cost, wide, measures
    if best is None:
        return Layout()
    _, wide, measures = best
    full = [i for i in range(len(lines)) if measures[i] and _is_full(lines, i, measures[i], wide)]
    if len(full) < (2 if indented else 4) or len([i for i in full if below[i]]) < 0.2 * len(pairs):
        return Layout()
    if indented:
        full = _with_loose(lines, below, full, wide)
    return Layout(
        Counter(measures[i] for i in full).most_common(1)[0][0],
        wide,
        full=frozenset(lines[i].number for i in full if below[i]),
    )


def _cheapest(
    lines: Sequence[Line], below: Sequence[bool], found: Sequence[int], wide: bool
) -> tuple[float, list[int]]:
    """What the best reading costs, and the measure of each line in it (0: a paragraph of its own)."""
    states = [0, *found]
    costs = [0.0] * len(states)
    back: list[list[int]] = []
    for i, line in enumerate(lines):
        cheapest = min(range(len(states)), key=costs.__getitem__)
        change = costs[cheapest] + CHANGE
        from_: list[int] = []
        now: list[float] = []
        ends = ends_sentence(line.text)
        for k, state in enumerate(states):
            stay = costs[k] <= change
            from_.append(k if stay else cheapest)
            cost = costs[k] if stay else change
            if not state:
                cost += PLAIN
            elif _is_full(lines, i, state, wide):
                cost += FULL if below[i] else FULL_ABOVE_GAP
            elif (line.cells if wide else line.length) > state:
                cost += TOO_LONG
            else:
                cost += REST if ends else OPEN_REST
            now.append(cost)
        costs = now
        back.append(from_)
    at = min(range(len(states)), key=costs.__getitem__)
    total = costs[at]
    out = [0] * len(lines)
    for i in range(len(lines) - 1, -1, -1):
        out[i] = states[at]
        at = back[i][at]
    return total, out


def _with_loose(lines: Sequence[Line], below: Sequence[bool], full: Sequence[int], wide: bool) -> list[int]:
    """The full lines, and those that a tool set loosely: where paragraphs open with an indent, what follows an indented
    line without one goes on with it, as long as the line stops in mid-sentence and is about as long as its neighbours."""
    sizes = [line.cells if wide else line.length for line in lines]
    held = set(full)
    for i, line in enumerate(lines[:-1]):
        if i in held or not below[i] or ends_sentence(line.text):
            continue
        opens = 2 <= line.indent <= 4 or (i and below[i - 1] and i - 1 in held)
        if opens and sizes[i] >= LOOSE * max(sizes[max(0, i - 1) : i + 3]):
            held.add(i)
    return sorted(held)


def _is_full(lines: Sequence[Line], i: int, measure: int, wide: bool) -> bool:
    """Whether a line fills its measure, or what it lacks or has over is explained by what may open a line."""
    line = lines[i]
    missing = measure - (line.cells if wide else line.length)
    if missing == 0:
        return True
    if missing < 0:
        over = line.text[missing // 2 if wide else missing :]
        return -missing <= (6 if wide else 3) and all(c in _NOT_FIRST for c in over)
    unit = 2 if wide else 1
    if missing > 8 * unit or i + 1 >= len(lines):
        return False
    following = lines[i + 1].text
    if wide and missing == 1:
        return bool(WIDE.match(following))
    if missing <= unit and (following[0] in OPENERS or line.text[-1] in OPENERS):
        return True
    latin = _LATIN_RUN.match(following)
    if latin and latin.end() > missing:
        return True
    dragged = following[1:2] in _NOT_FIRST or (following[0] in OPENERS and following[2:3] in _NOT_FIRST)
    return missing <= 2 * unit and bool(following[1:2]) and dragged and not ends_sentence(line.text)


def blank_step(texts: Sequence[str]) -> int:
    """The usual distance, in cells, between blanks inside long paragraphs: where the lines of the print ended."""
    runs: Counter[int] = Counter()
    total = 0
    for text in texts:
        total += len(text)
        for run in re.split(r"[ \u3000]+", text[:2000])[:-1]:
            runs[width(run)] += 1
    many = sum(runs.values())
    if many < 6 or not total or many / total < 0.025:
        return 0
    step = max(runs, key=lambda s: sum(runs[s + d] for d in (-2, -1, 0, 1, 2)) + s / 1000)
    near = sum(runs[step + d] for d in range(-4, 5))
    return step if step >= 12 and near >= 0.4 * many else 0
