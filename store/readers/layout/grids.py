"""Tables: found by their rules, or by short cells that stand under each other; each row of a table is one line.

A table read along the gutters between its columns would lose which number belongs to which name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.models import Box
from store.readers.layout.rows import HEADLINE, Line, Row

CELL_JOINT = "\u3000"
"""Between the cells of a row."""
WIDEST_CELL = 13.0
"""Ems; what is wider and stands beside others is a column of text."""
_TOUCH = 3.2
"""Points: double rules, and rules that do not quite meet."""


@dataclass(frozen=True, slots=True)
class _Grid:
    box: Box
    lefts: tuple[float, ...]
    tops: tuple[float, ...]


def with_tables(rows: Sequence[Row], rules: Sequence[Box], body: float) -> list[Row]:
    """The rows, with those of each table as one row that holds the table's lines."""
    left_over, tables = list(rows), []
    for grid in _grids(rules):
        inside = [r for r in left_over if not r.inner and _inside(r, grid.box)]
        lines = _ruled(inside, grid) if _holds_cells(inside, grid) else []
        if len(lines) < 2:
            continue
        tables.append(_table(lines, inside, body, grid.box))
        left_over = _without(left_over, inside)
    for group in _aligned(left_over, rules, body):
        members = [cell for line in group for cell in line]
        if any(m.inner for m in members):
            continue
        # A row with fewer or shifted cells in the middle of the table belongs to it too.
        hull = _hull(members)
        members = [r for r in left_over if not r.inner and _inside(r, hull)]
        lines = [CELL_JOINT.join(cell.text for cell in line) for line in _heights(members)]
        tables.append(_table(lines, members, body, None))
        left_over = _without(left_over, members)
    return sorted(left_over + tables, key=lambda r: (r.top, r.left))


def _hull(rows: Sequence[Row]) -> Box:
    return Box(
        min(r.left for r in rows),
        min(r.top for r in rows),
        max(r.right for r in rows),
        max(r.bottom for r in rows),
        0.0,
    )


def _without(rows: Sequence[Row], taken: Sequence[Row]) -> list[Row]:
    ids = {id(row) for row in taken}
    return [row for row in rows if id(row) not in ids]


def _table(lines: Sequence[str], members: Sequence[Row], body: float, frame: Box | None) -> Row:
    boxes: list[Row | Box] = [*members, *([frame] if frame else [])]
    left, right = min(b.left for b in boxes), max(b.right for b in boxes)
    top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
    box = Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1), round(body, 1))
    return Row(
        "",
        left,
        top,
        right,
        bottom,
        body,
        picture=True,
        inner=tuple(Line(text, box, role="row") for text in lines),
    )


def _inside(row: Row, box: Box) -> bool:
    middle, height = (row.left + row.right) / 2, (row.top + row.bottom) / 2
    return box.left - 2 < middle < box.right + 2 and box.top - 2 < height < box.bottom + 2


def _grids(rules: Sequence[Box]) -> list[_Grid]:
    """Rules that touch and make at least two columns and two rows."""
    grids = []
    for group in touching(rules):
        upright = [r for r in group if r.bottom - r.top > r.right - r.left]
        lefts = _levels((r.left + r.right) / 2 for r in upright)
        tops = _levels(
            [(r.top + r.bottom) / 2 for r in group if r.right - r.left >= r.bottom - r.top]
            + [y for r in upright for y in (r.top, r.bottom)]
        )
        box = Box(
            min(r.left for r in group),
            min(r.top for r in group),
            max(r.right for r in group),
            max(r.bottom for r in group),
            0.0,
        )
        # Tables without rules at their sides.
        lefts = [x for x in lefts if box.left + _TOUCH < x < box.right - _TOUCH]
        if lefts and len(tops) >= 3:
            grids.append(_Grid(box, (box.left, *lefts, box.right), tuple(tops)))
    return grids


def touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Rules in groups of those that meet or cross."""
    order = sorted(rules, key=lambda r: r.top)
    group = list(range(len(order)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    active: list[int] = []
    for at, rule in enumerate(order):
        active = [n for n in active if order[n].bottom + _TOUCH >= rule.top]
        for n in active:
            other = order[n]
            if other.left - _TOUCH <= rule.right and rule.left - _TOUCH <= other.right:
                group[root(at)] = root(n)
        active.append(at)
    found: dict[int, list[Box]] = {}
    for at, rule in enumerate(order):
        found.setdefault(root(at), []).append(rule)
    return list(found.values())


def _levels(values: Iterable[float]) -> list[float]:
    """Different heights (or places), those of a double rule as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOUCH:
            out.append(float(value))
    return out


def _ruled(rows: Sequence[Row], grid: _Grid) -> list[str]:
    """The table's rows: its bands, or in a band without rules between the rows, the heights at which it has cells."""
    lines: list[str] = []
    for top, bottom in pairwise(grid.tops):
        band = [r for r in rows if top <= (r.top + r.bottom) / 2 < bottom]
        levels = _heights(band)
        filled = [{_column(r, grid) for r in level} for level in levels]
        split = sum(len(columns) >= 2 for columns in filled) >= 2
        current: list[list[Row]] = []
        for level, columns in zip(levels, filled, strict=True):
            if not current or (split and (len(columns) >= 2 or 0 in columns)):
                current.append(list(level))
            else:
                current[-1] += level
        for line in current:
            cells: dict[int, str] = {}
            for row in sorted(line, key=lambda r: (round(r.top), r.left)):
                column = _column(row, grid)
                cells[column] = cells.get(column, "") + row.text
            lines.append(CELL_JOINT.join(cells[column] for column in sorted(cells)))
    return [line for line in lines if line]


def _holds_cells(rows: Sequence[Row], grid: _Grid) -> bool:
    """Whether rules part cells and not the articles of a page: few lines between two of them, or lines mostly white."""
    bands = [
        _heights([r for r in rows if top <= (r.top + r.bottom) / 2 < bottom])
        for top, bottom in pairwise(grid.tops)
    ]
    width = grid.box.right - grid.box.left
    levels = [level for band in bands for level in band]
    long = [level for band in bands if len(band) > 6 for level in band]
    dense = sum(sum(r.right - r.left for r in level) > 0.8 * width for level in levels)
    if not levels:
        return False
    few = len(long) <= 0.5 * len(levels) and dense <= 0.5 * len(levels)
    return few or (dense <= 0.2 * len(levels) and all(len(r.text) < 30 for r in rows))


def _column(row: Row, grid: _Grid) -> int:
    middle = (row.left + row.right) / 2
    return sum(middle >= left for left in grid.lefts[1:-1])


def _heights(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows in groups of one height, from top to bottom, each from left to right."""
    levels: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: (r.top + r.bottom) / 2):
        first = levels[-1][0] if levels else None
        # Against the first: lines of the columns beside a table would else lead from one of its rows to the next.
        if first is not None and abs(row.top + row.bottom - first.top - first.bottom) < 0.7 * row.size:
            levels[-1].append(row)
        else:
            levels.append([row])
    return [sorted(level, key=lambda r: r.left) for level in levels]


def _aligned(rows: Sequence[Row], rules: Sequence[Box], body: float) -> list[list[list[Row]]]:
    """Tables without rules: at least four heights, one under the other, with three short cells that stand in line."""
    tables: list[list[list[Row]]] = []
    current: list[list[Row]] = []
    plain = [r for r in rows if r.text and not r.upright and 0.75 * body < r.size < HEADLINE * body]
    columns = _text_edges(plain)
    walls = [r for r in rules if r.bottom - r.top > 6 * body and r.right - r.left < 3]
    lines = [part for level in _heights(plain) for part in _cell_runs(level, columns, walls, body)]
    used: set[int] = set()
    for start, first in enumerate(lines):
        if start in used:
            continue
        current, members = [first], [start]
        for at in range(start + 1, len(lines)):
            line = lines[at]
            step = line[0].top - current[-1][0].bottom
            if step > 2.2 * body:
                break
            if at not in used and step > -0.3 * body and _in_line(current, line, body):
                current.append(line)
                members.append(at)
        if len(current) >= 4:
            used |= set(members)
            tables.append(current)
    return tables


def _text_edges(rows: Sequence[Row]) -> dict[int, list[float]]:
    """Where lines of running text begin, with their heights: what stands there is no cell."""
    edges: dict[int, list[float]] = {}
    for row in rows:
        if row.right - row.left > 8 * row.size:
            edges.setdefault(round(row.left), []).append(row.top)
    return edges


def _in_text(row: Row, edges: dict[int, list[float]], body: float) -> bool:
    """Whether lines of text begin above and below a piece where it begins."""
    heights = [
        y for x in (-1, 0, 1) for y in edges.get(round(row.left) + x, ()) if abs(y - row.top) < 6.5 * body
    ]
    return (
        sum(y < row.top - 0.5 * body for y in heights) >= 2
        and sum(y > row.top + 0.5 * body for y in heights) >= 2
    )


def _cell_runs(
    level: Sequence[Row], edges: dict[int, list[float]], walls: Sequence[Box], body: float
) -> list[list[Row]]:
    """Pieces of one height that may be cells beside each other: short, with wide gaps."""
    runs: list[list[Row]] = []
    for row in level:
        short = row.right - row.left <= WIDEST_CELL * row.size
        last = runs[-1][-1] if runs and runs[-1] else None
        gap = row.left - last.right if last is not None else 0.0
        parted = last is not None and any(
            last.right < wall.left < row.left and wall.top < row.top < wall.bottom for wall in walls
        )
        if not short or _in_text(row, edges, body):
            runs.append([])
        elif last is not None and not parted and 1.1 * row.size < gap < 25 * row.size:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [run for run in runs if len(run) >= 3 and _is_sparse(run)]


def _is_sparse(run: Sequence[Row]) -> bool:
    """Whether more of the line is white than in columns of text."""
    filled = sum(r.right - r.left for r in run)
    return filled < 0.72 * (run[-1].right - run[0].left)


def _in_line(above: Sequence[Sequence[Row]], line: Sequence[Row], body: float) -> bool:
    """Whether the cells of a line stand under those of the lines above: at their left, their right or their middle."""
    last = above[-1]
    if len(last) != len(line):
        return False
    good = sum(
        min(
            abs(one.left - two.left),
            abs(one.right - two.right),
            abs(one.left + one.right - two.left - two.right) / 2,
        )
        < 0.5 * body
        for one, two in zip(last, line, strict=True)
    )
    return good >= len(line) - (1 if len(line) > 3 else 0)
