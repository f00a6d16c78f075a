"""The page cut along its white space, into columns in the order in which they are read.

Wide bands before headlines are cut first, then the gutters between columns, then, where a headline lies across the
gutters, above and below it. What a cut leaves whole is a column and is read from top to bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from store.models import Box
from store.readers.layout.headlines import Band, reaches
from store.readers.layout.rows import HEADLINE, Row

MOST_ROWS = 8000
"""A page full of small type has some 2,000 rows; more is a drawing made of letters and is not cut into columns."""


def in_order(rows: Sequence[Row], body: float, rules: Sequence[Box] = ()) -> list[list[Row]]:
    """The page's columns in the order in which they are read; rules part what stands on their two sides."""
    if len(rows) > MOST_ROWS:
        return [sorted(rows, key=lambda r: (r.top, r.left))]
    reach = reaches(rows, body)
    bands = _bands(((r.top, r.bottom) for r in rows), 0.8 * body)
    # The date above and the staff below, over whatever column they stand, belong to none.
    edges = [
        band
        for band in bands
        if 0 < sum(r.bottom <= band[0] + 0.1 for r in rows) <= 2
        or 0 < sum(r.top >= band[1] - 0.1 for r in rows) <= 2
    ]
    parts = _split(rows, edges, across=False)
    return [leaf for part in parts for leaf in _cut(part, reach, body, 0, rules)]


def _cut(
    rows: Sequence[Row], reach: dict[int, Band], body: float, depth: int, rules: Sequence[Box]
) -> list[list[Row]]:
    if len(rows) < 2 or depth > 40:
        return [list(rows)]
    parts = _by_rules(rows, rules, body)
    if len(parts) == 1:
        parts = _split(rows, _strong_bands(rows, body), across=False)
    spans = _spans(rows, reach, body)
    if len(parts) == 1 and not _one_row(rows):
        parts = _upright_first(_split(rows, _bands(spans, GUTTER * body), across=True), body)
    if len(parts) == 1:
        parts = _around_blockers(rows, spans, body)
    if len(parts) == 1:
        return [list(rows)]
    return [leaf for part in parts for leaf in _cut(part, reach, body, depth + 1, rules)]


GUTTER = 0.5
"""Ems of white from the top to the bottom of a part of the page that part columns."""


def _upright_first(parts: list[list[Row]], body: float) -> list[list[Row]]:
    """A headline set from top to bottom stands before its text, also at its right: before the columns without one of their own."""
    done: list[list[Row]] = []
    for at, part in enumerate(parts):
        place = len(done)
        if at and all(row.upright for row in part):
            left = min(r.left for r in part) - max(r.right for r in parts[at - 1])
            behind = parts[at + 1 :]
            right = min(r.left for r in behind[0]) - max(r.right for r in part) if behind else float("inf")
            while left < right and place and not _begins_with_headline(done[place - 1], body):
                place -= 1
        done.insert(place, part)
    return done


def _begins_with_headline(part: Sequence[Row], body: float) -> bool:
    first = min(part, key=lambda r: (r.top, r.left))
    return first.upright or (bool(first.text) and first.size >= HEADLINE * body)


def _by_rules(rows: Sequence[Row], rules: Sequence[Box], body: float) -> list[list[Row]]:
    """The rows on the two sides of rules that go from edge to edge of what they part, and through no row."""
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    top, bottom = min(r.top for r in rows), max(r.bottom for r in rows)
    flat: list[Band] = []
    upright: list[Band] = []
    for rule in rules:
        if rule.right - rule.left > rule.bottom - rule.top:
            middle = (rule.top + rule.bottom) / 2
            if not (
                top < middle < bottom
                and min(rule.right, right) - max(rule.left, left) > 0.85 * (right - left)
            ):
                continue
            if not any(r.top + 0.2 * r.size < middle < r.bottom - 0.2 * r.size for r in rows):
                flat.append((middle, middle))
        else:
            middle = (rule.left + rule.right) / 2
            if not (
                left < middle < right
                and min(rule.bottom, bottom) - max(rule.top, top) > 0.85 * (bottom - top)
            ):
                continue
            if not any(r.left + 0.2 * r.size < middle < r.right - 0.2 * r.size for r in rows):
                upright.append((middle, middle))
    parts = _split(rows, sorted(flat), across=False)
    return parts if len(parts) > 1 else _split(rows, sorted(upright), across=True)


def _bands(spans: Iterable[Band], least: float) -> list[Band]:
    """The white between spans, where it is at least so wide."""
    found: list[Band] = []
    end: float | None = None
    for start, stop in sorted(spans):
        if end is not None and start - end >= least:
            found.append((end, start))
        end = stop if end is None else max(end, stop)
    return found


def _split(rows: Sequence[Row], bands: Sequence[Band], *, across: bool) -> list[list[Row]]:
    """The rows between the bands: from top to bottom, or (across) from left to right."""
    parts: list[list[Row]] = [[] for _ in range(len(bands) + 1)]
    middles = [(a + b) / 2 for a, b in bands]
    for row in rows:
        middle = (row.left + row.right) / 2 if across else (row.top + row.bottom) / 2
        parts[sum(middle > m for m in middles)].append(row)
    return [part for part in parts if part]


def _spans(rows: Sequence[Row], reach: dict[int, Band], body: float) -> list[Band]:
    """How far each row reaches from left to right in its part of the page."""
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    tops = sorted(rows, key=lambda r: r.top)
    spans: dict[int, Band] = {}
    lowest = float("-inf")
    for at, row in enumerate(tops):
        # Alone in the middle of its part of the page: a byline or a subtitle over all columns.
        following = tops[at + 1].top if at + 1 < len(tops) else float("inf")
        alone = lowest <= row.top - 0.1 * body and following >= row.bottom + 0.1 * body
        centred = abs((row.left + row.right) - (left + right)) < 2 * body and not _runs_on(row, rows)
        lowest = max(lowest, row.bottom)
        start, end = reach.get(id(row), (row.left, row.right))
        spans[id(row)] = (
            (left, right) if alone and centred and row.text else (max(start, left), min(end, right))
        )
    return [spans[id(row)] for row in rows]


def _runs_on(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is one of several lines of running text."""
    return any(
        (abs(r.left - row.left) < 1.5 or abs(r.right - row.right) < 1.7 * row.size)
        and abs(r.size - row.size) < 0.1
        and 0 < abs(r.top - row.top) < 1.9 * row.size
        for r in rows
        if r is not row
    )


def _one_row(rows: Sequence[Row]) -> bool:
    upright = any(r.upright for r in rows)
    return not upright and max(r.top for r in rows) < min(r.bottom for r in rows)


def _strong_bands(rows: Sequence[Row], body: float) -> list[Band]:
    """White bands over the whole width that part articles: very high ones, and those right above a headline."""
    found = []
    for top, bottom in _bands(((r.top, r.bottom) for r in rows), 0.9 * body):
        below = [r for r in rows if bottom - 0.1 <= r.top < bottom + 0.5 * body]
        above = [r for r in rows if r.text and top - 0.5 * body < r.bottom <= top + 0.1]
        kicker = 2.2 * body if any(r.size >= 1.08 * body or len(r.text) <= 14 for r in below) else 0.0
        heads = any(
            r.size >= HEADLINE * body
            and r.text
            and 0 <= r.top - bottom + 0.1 < (0.5 * body if r.upright else max(0.5 * body, kicker))
            for r in rows
        )
        # A headline's own second line or the kicker above it is no end of an article; one set from top to bottom, beside
        # a text that is no longer than itself, ends with it.
        headline_above = all(r.size >= 1.05 * body and not r.upright for r in above)
        if bottom - top >= 5 * body or (heads and not (headline_above and above)):
            found.append((top, bottom))
    return found or _close_bands(rows, body)


def _close_bands(rows: Sequence[Row], body: float) -> list[Band]:
    """The white above a large headline over most of the width, however little: type is set close where room is short."""
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    found = []
    for top, bottom in _bands(((r.top, r.bottom) for r in rows), 0.1 * body):
        large = any(
            r.size >= 1.5 * body and not r.upright and r.right - r.left > 0.5 * (right - left)
            for r in rows
            if bottom - 0.1 <= r.top < bottom + 0.3 * body
        )
        above = [r for r in rows if r.text and top - 0.5 * body < r.bottom <= top + 0.1]
        if large and any(r.upright or r.size < HEADLINE * body for r in above):
            found.append((top, bottom))
    return found


def _around_blockers(rows: Sequence[Row], reach: Sequence[Band], body: float) -> list[list[Row]]:
    """Cut above and below the rows that lie across the gutter which the fewest rows cross."""
    best: list[Row] = []
    fewest: tuple[int, int] | None = None
    # Columns begin where several rows do.
    lefts = Counter(round(start) for start, _ in reach)
    for edge in sorted(left for left, count in lefts.items() if count > 1 or len(rows) < 12):
        gutter = edge - 0.25 * body
        crossing = [r for r, (start, end) in zip(rows, reach, strict=True) if start < gutter < end]
        left = sum(end <= gutter for _, end in reach)
        right = sum(start >= gutter for start, _ in reach)
        if left < 2 or right < 2 or not crossing or len(crossing) > 0.4 * len(rows):
            continue
        key = (len(crossing), -min(left, right))
        if fewest is None or key < fewest:
            fewest, best = key, crossing
    if not best:
        return [list(rows)]
    across = {id(r) for r in best}
    others = [r for r in rows if id(r) not in across]
    spans: list[list[float]] = []
    for row in sorted(best, key=lambda r: r.top):
        near = bool(spans) and row.top - spans[-1][1] < 1.2 * row.size
        if near and not any(r.top >= spans[-1][1] - 1 and r.bottom <= row.top + 1 for r in others):
            spans[-1][1] = max(spans[-1][1], row.bottom)
        else:
            spans.append([row.top, row.bottom])
    # A kicker stands close above its headline, however short it is.
    kickers = [r for r in others if r.text and r.size >= 1.1 * body]
    for row in sorted(kickers, key=lambda r: -r.bottom):
        for span in spans:
            if -1 <= span[0] - row.bottom < 0.9 * body:
                span[0] = row.top
    parts: list[list[Row]] = [[] for _ in range(2 * len(spans) + 1)]
    for row in rows:
        middle = (row.top + row.bottom) / 2
        at = sum(2 for top, bottom in spans if middle > bottom)
        inside = any(top <= middle <= bottom for top, bottom in spans)
        parts[at + 1 if inside else at].append(row)
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 else [list(rows)]
