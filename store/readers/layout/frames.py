"""What boxes and rules say: boxed stories, advertisements, the page's head and foot, by-lines set into the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from store.models import Box
from store.readers.layout.grids import touching
from store.readers.layout.rows import HEADLINE, Line, Row

EDGE = 0.14
"""The share of the page's height in which its head or its foot may stand."""
_ADVERTISES = re.compile(r"广告|招租|招聘|热线|电话|咨询|地址|优惠|\d{7,}|\d{3,4}-\d{7,8}")
_NUMBER = re.compile(r"[-—–·\s]*(?:第?\s*[A-Da-d]?\d{1,4}\s*[版页]?)(?:\s*[/共]\s*\d{1,4}\s*页?)?[-—–·\s]*")


def framed(rules: Sequence[Box], boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Boxes drawn or tinted, and those put together from four rules; not the page's own frame."""
    found = list(boxes)
    for group in touching(rules):
        if not 4 <= len(group) <= 8:
            continue
        box = Box(
            min(r.left for r in group),
            min(r.top for r in group),
            max(r.right for r in group),
            max(r.bottom for r in group),
            0.0,
        )
        sides = {
            side
            for r in group
            for side, near in (
                (
                    "top",
                    _flat(r) and r.top - box.top < 4 and r.right - r.left > 0.95 * (box.right - box.left),
                ),
                (
                    "bottom",
                    _flat(r)
                    and box.bottom - r.bottom < 4
                    and r.right - r.left > 0.95 * (box.right - box.left),
                ),
                (
                    "left",
                    not _flat(r)
                    and r.left - box.left < 4
                    and r.bottom - r.top > 0.95 * (box.bottom - box.top),
                ),
                (
                    "right",
                    not _flat(r)
                    and box.right - r.right < 4
                    and r.bottom - r.top > 0.95 * (box.bottom - box.top),
                ),
            )
            if near
        }
        if len(sides) == 4:
            found.append(box)
    return [b for b in found if (b.right - b.left) * (b.bottom - b.top) < 0.7 * width * height]


def _flat(rule: Box) -> bool:
    return rule.right - rule.left > rule.bottom - rule.top


def with_boxes(
    rows: Sequence[Row], frames: Sequence[Box], body: float, read: Callable[[Sequence[Row], Box], list[Line]]
) -> list[Row]:
    """The rows, with those inside each box as one row that holds the box's lines; `read` reads the inside."""
    left_over, done = list(rows), []
    for frame in sorted(frames, key=lambda f: -(f.right - f.left) * (f.bottom - f.top)):
        inside = [r for r in left_over if _inside(r, frame)]
        if not inside or frame.bottom - frame.top < 2.2 * body or len(inside) == len(left_over):
            continue
        if any(_crosses(r, frame) for r in left_over):
            continue  # a tint under part of a line is no box of its own
        lines = read(inside, frame)
        if is_advertisement(inside, body):
            lines = [replace(line, role="furniture" if line.text else "") for line in lines]
        taken = {id(r) for r in inside}
        left_over = [r for r in left_over if id(r) not in taken]
        done.append(
            Row("", frame.left, frame.top, frame.right, frame.bottom, body, picture=True, inner=tuple(lines))
        )
    return sorted(left_over + done, key=lambda r: (r.top, r.left))


def _inside(row: Row, frame: Box) -> bool:
    return (
        frame.left - 2 <= row.left
        and row.right <= frame.right + 2
        and frame.top - 0.4 * row.size <= row.top
        and row.bottom <= frame.bottom + 0.4 * row.size
    )


def _crosses(row: Row, frame: Box) -> bool:
    """Whether a row lies partly in a frame."""
    overlap = min(row.right, frame.right) - max(row.left, frame.left)
    inside = frame.top < (row.top + row.bottom) / 2 < frame.bottom
    return inside and not row.picture and overlap > row.size and not _inside(row, frame)


def is_advertisement(rows: Sequence[Row], body: float) -> bool:
    """Whether a box advertises: hardly any running text, and a telephone, an address or the word itself."""
    if any(r.inner or r.picture for r in rows):
        return False
    text = "".join(r.text for r in rows)
    running = sum(len(r.text) for r in rows if r.size < HEADLINE * body)
    return running < 60 and len(text) < 160 and bool(_ADVERTISES.search(text))


def parted(
    rows: Sequence[Row], rules: Sequence[Box], height: float, body: float
) -> tuple[list[Row], list[Row], list[Row]]:
    """The page's head, its articles, its foot: cut off by rules over the whole width, and page numbers at the edges."""
    if len(rows) < 4 or not height:
        return [], list(rows), []
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    whole = [r for r in rules if _flat(r) and r.right - r.left > 0.9 * (right - left)]
    top = max(
        (r.bottom for r in whole if r.top < 1.4 * EDGE * height and _few(rows, below=r.top)), default=-1e9
    )
    bottom = min(
        (r.top for r in whole if r.bottom > (1 - EDGE) * height and _few(rows, above=r.bottom)), default=1e9
    )
    head = [r for r in rows if (r.top + r.bottom) / 2 < top]
    foot = [r for r in rows if (r.top + r.bottom) / 2 > bottom]
    middle = [r for r in rows if top <= (r.top + r.bottom) / 2 <= bottom]
    for row in sorted(middle, key=lambda r: -r.bottom)[:1] + sorted(middle, key=lambda r: r.top)[:1]:
        others = [r for r in middle if r is not row]
        far = all(r.bottom + 0.8 * body < row.top or row.bottom + 0.8 * body < r.top for r in others)
        if others and far and row.size < HEADLINE * body and _NUMBER.fullmatch(row.text):
            (foot if row.top > height / 2 else head).append(row)
            middle = others
    return head, middle, foot


def _few(rows: Sequence[Row], *, below: float = -1e9, above: float = 1e9) -> bool:
    """Whether what stands beyond a rule is no article: a few short pieces, not running text."""
    beyond = [r for r in rows if r.bottom < below + 1 or r.top > above - 1]
    return len(beyond) <= 14 and sum(len(r.text) for r in beyond) < 240 and not any(r.inner for r in beyond)


def inserts(rows: Sequence[Row], rules: Sequence[Box], body: float) -> list[Row]:
    """Rows set into the columns between two short rules, with the columns' text going on below: by-lines."""
    flat = sorted((r for r in rules if _flat(r)), key=lambda r: r.top)
    found: list[Row] = []
    for at, upper in enumerate(flat):
        for lower in flat[at + 1 :]:
            if lower.top - upper.bottom > 4.5 * body:
                break
            if abs(lower.left - upper.left) > 3 or abs(lower.right - upper.right) > 3:
                continue
            between = [
                r
                for r in rows
                if upper.left - 3 <= r.left
                and r.right <= upper.right + 3
                and upper.top - 1 <= (r.top + r.bottom) / 2 <= lower.bottom + 1
            ]
            over = [r for r in rows if -1 <= upper.top - r.bottom < 3 * body and _beside(r, upper)]
            under = [r for r in rows if -1 <= r.top - lower.bottom < 3 * body and _beside(r, lower)]
            if between and over and under and sum(len(r.text) for r in between) <= 40:
                found += [r for r in between if r not in found]
    return found


def _beside(row: Row, rule: Box) -> bool:
    return row.left < rule.right and rule.left < row.right and bool(row.text)
