"""Glyphs with their places → lines in reading order; pure, for any format that knows places (PDF, OCR).

`rows` puts characters side by side, `grids` finds tables, `frames` boxes and the page's head and foot, `headlines` tells
how far headlines reach, `columns` cuts the page along its rules and its white space, `paragraphs` makes lines of the
columns. `outline` reads what is no newspaper page but one stream of items under headings set alike.
What the lines mean is left to store.pages, but for what the geometry alone shows (Line.role).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.models import Box
from store.readers.layout.columns import in_order
from store.readers.layout.frames import framed, inserts, parted, with_boxes
from store.readers.layout.grids import with_tables
from store.readers.layout.marks import with_stories_of_tables
from store.readers.layout.paragraphs import furniture, lines_of
from store.readers.layout.rows import HEADLINE, Glyph, Line, Row, body_size, rows_of, with_captions

__all__ = ["Glyph", "Line", "Prepared", "Sheet", "arrange", "prepare", "read_glyphs", "read_sheet"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on a page, upright, in points, origin at the top left."""

    glyphs: tuple[Glyph, ...]
    pictures: tuple[Box, ...] = ()
    rules: tuple[Box, ...] = ()
    boxes: tuple[Box, ...] = ()
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page's rows with its tables folded, and what else stands on it."""

    rows: tuple[Row, ...]
    sheet: Sheet
    body: float


def prepare(sheet: Sheet) -> Prepared:
    """Characters as rows, tables folded."""
    rows = rows_of(sheet.glyphs, sheet.rules)
    body = body_size(rows)
    bare = replace(sheet, glyphs=())
    return Prepared(tuple(with_tables(rows, sheet.rules, body)), bare, body)


def arrange(page: Prepared) -> list[Line]:
    """The page's rows as lines: headlines, paragraphs, captions, "" where the page shows a gap."""
    sheet, body = page.sheet, page.body
    large = [box for box in sheet.pictures if box.bottom - box.top > 3 * body]
    rows = with_captions(page.rows, large, body)

    def inside(part: Sequence[Row], frame: Box) -> list[Line]:
        return _ordered(part, [rule for rule in sheet.rules if _within(rule, frame)], body)

    rows = with_boxes(rows, framed(sheet.rules, sheet.boxes, sheet.width, sheet.height), body, inside)
    head, rows, foot = parted(rows, sheet.rules, sheet.height, body)
    lines = with_stories_of_tables(_ordered(rows, sheet.rules, body), body)
    return [*furniture(head), *lines, *furniture(foot)]


def read_sheet(sheet: Sheet) -> list[Line]:
    """A page's lines in reading order."""
    return arrange(prepare(sheet))


def read_glyphs(glyphs: Sequence[Glyph], pictures: Sequence[Box] = ()) -> list[Line]:
    """A page's characters and pictures as lines."""
    return read_sheet(Sheet(tuple(glyphs), tuple(pictures)))


def _within(rule: Box, frame: Box) -> bool:
    """Whether a rule is drawn in a box and is none of its sides."""
    wide = rule.right - rule.left > 0.99 * (frame.right - frame.left)
    high = rule.bottom - rule.top > 0.99 * (frame.bottom - frame.top)
    return (
        frame.left <= rule.left
        and rule.right <= frame.right
        and frame.top <= rule.top
        and rule.bottom <= frame.bottom
        and not (wide and (rule.top - frame.top < 3 or frame.bottom - rule.bottom < 3))
        and not (high and (rule.left - frame.left < 3 or frame.right - rule.right < 3))
    )


def _ordered(rows: Sequence[Row], rules: Sequence[Box], body: float) -> list[Line]:
    set_in = inserts(rows, rules, body)
    if not set_in:
        return lines_of(in_order(rows, body, rules), body)
    columns = in_order([r for r in rows if r not in set_in], body, rules)
    return lines_of(_under_headline(columns, set_in, body), body)


def _under_headline(columns: list[list[Row]], set_in: list[Row], body: float) -> list[list[Row]]:
    """The columns, with the rows that were set into them under the headline of their story."""
    top, left, right = set_in[0].top, set_in[0].left, set_in[0].right
    above = [
        (row.bottom, number)
        for number, column in enumerate(columns)
        for row in column
        if row.bottom <= top and row.left < right and left < row.right
    ]
    at = max(above)[1] if above else 0
    for number in range(at, -1, -1):
        column = columns[number]
        heads = [place for place, row in enumerate(column) if row.size >= HEADLINE * body]
        if heads:
            cut = heads[-1] + 1
            parts = [column[:cut], list(set_in), column[cut:]]
            return [*columns[:number], *(part for part in parts if part), *columns[number + 1 :]]
    return [list(set_in), *columns]
