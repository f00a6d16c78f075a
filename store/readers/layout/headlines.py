"""How far a headline reaches: over all columns whose text belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from store.readers.layout.rows import HEADLINE, Row

Band = tuple[float, float]
"""From left to right, or from top to bottom, in points."""
Column = tuple[Row, Band]
"""Where a column of text begins, with its left and right edge."""
BYLINE = re.compile(r"(?:本报|特约|见习|实习|全媒体)*(?:记者|通讯员|评论员)")


def reaches(rows: Sequence[Row], body: float) -> dict[int, Band]:
    """How far headlines and what stands between them and their text reach: over all columns that begin under them.

    A short headline over three columns fits into the one in the middle. What tells is that the text begins at one height
    in all three, with nothing else above it, and that the headline stands in their middle or at their left edge.
    """
    heads = [r for r in rows if r.text and r.size >= HEADLINE * body and not r.upright]
    starts = _starts(rows, body)
    reach: dict[int, Band] = {}
    taken: dict[Band, Row] = {}
    for centred in (True, False):
        for head in heads:
            if id(head) in reach:
                continue
            level = _level(starts, head, body)
            best: Sequence[Column] = ()
            for run in _runs(level, head):
                left, right = run[0][1][0], run[-1][1][1]
                in_middle = abs(left + right - head.left - head.right) < 2.5 * body
                at_left = abs(head.left - left) < 0.8 * body and not in_middle
                free = all(taken.get(span, head) is head for _, span in run)
                if (
                    len(run) > len(best)
                    and (in_middle if centred else at_left and free)
                    and _clear(rows, head, run, body)
                ):
                    best = run
            if not best:
                continue
            left, right = best[0][1][0], best[-1][1][1]
            top = best[0][0].top
            for _, span in best:
                taken[span] = head
            for row in rows:
                if (
                    head.top - 0.1 <= row.top < top - 0.3 * body
                    and left - body <= row.left
                    and row.right <= right + body
                ):
                    reach.setdefault(id(row), (min(left, row.left), max(right, row.right)))
    return reach


def _starts(rows: Sequence[Row], body: float) -> list[Column]:
    """Where columns of text (or a picture at their head) begin, each with its left and right edge."""
    found = []
    by_top = sorted(rows, key=lambda r: r.top)
    tops = [r.top for r in by_top]
    for row in rows:
        if not (row.picture or abs(row.size - body) < 0.12 * body):
            continue
        # Only what stands close above or below matters; a page may have thousands of rows.
        close = by_top[bisect_left(tops, row.top - 2.2 * body) : bisect_right(tops, row.bottom + 1.2 * body)]
        above = [
            o for o in close if _over(o, row) and row.top - 0.8 * body < o.bottom <= row.top + 0.3 * body
        ]
        if any(o is not row and o.size < HEADLINE * body for o in above):
            continue
        # The end of a paragraph at the head of a column may be too short to have the next line's words under it.
        near = replace(row, right=row.right + 3 * body)
        under = [r for r in close if r.text and _over(r, near) and 0 < r.top - row.bottom < 1.2 * body]
        under = under if row.text else []
        if under or row.picture:
            found.append((row, (min(r.left for r in [row, *under]), max(r.right for r in [row, *under]))))
    return sorted(found, key=lambda f: f[0].left)


def _over(one: Row, two: Row) -> bool:
    return one.left < two.right and two.left < one.right


def _level(starts: Sequence[Column], head: Row, body: float) -> list[Column]:
    """The columns that begin at the height where the text under a headline does."""
    below = [s for s in starts if -1 <= s[0].top - head.bottom < 9 * body]
    # A byline is narrower on both sides than the text under it; a first line only by its indent. A subhead may be
    # narrow too, but it does not stand higher than the text in the other columns.
    own = [
        (row, span)
        for row, span in below
        if _over(row, head)
        and not BYLINE.match(row.text)
        and not (row.left > span[0] + 1.2 * body and row.right < span[1] - 1.7 * body)
    ]
    if not own:
        return []
    top = min(s[0].top for s in own)
    return [s for s in below if abs(s[0].top - top) < 0.8 * body]


def _runs(level: Sequence[Column], head: Row) -> list[Sequence[Column]]:
    """The neighbouring columns that hold all of a headline."""
    return [
        level[i:j]
        for i in range(len(level))
        for j in range(i + 1, len(level) + 1)
        if level[i][1][0] <= head.left + head.size and level[j - 1][1][1] >= head.right - head.size
    ]


def _clear(rows: Sequence[Row], head: Row, run: Sequence[Column], body: float) -> bool:
    """Whether nothing but the headline's own lines stands between it and the columns."""
    left, right, top = run[0][1][0], run[-1][1][1], run[0][0].top
    for row in rows:
        between = row.bottom > head.top + 0.3 * head.size and row.top < top - 0.3 * body
        if row is head or not between or row.right <= left or row.left >= right:
            continue
        if row.left < left - body or row.right > right + body:
            return False
        if row.text and 1.08 * body < row.size < head.size:
            continue  # a kicker or a second line may stand at either side
        if abs(row.left + row.right - head.left - head.right) > 3 * body and abs(row.left - head.left) > body:
            return False
    return True
