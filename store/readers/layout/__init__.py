"""Glyphs with their places → lines in reading order; pure, for any format that knows places (PDF).

`rows` puts characters side by side, `headlines` tells how far headlines reach, `columns` cuts the page along its white
space, `paragraphs` makes lines of the columns. What the lines mean is left to store.pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.models import Box
from store.readers.layout.columns import in_order
from store.readers.layout.paragraphs import Line, lines_of
from store.readers.layout.rows import Glyph, body_size, rows_of, with_captions

__all__ = ["Glyph", "Line", "read_glyphs"]


def read_glyphs(glyphs: Sequence[Glyph], pictures: Sequence[Box] = ()) -> list[Line]:
    """A page's characters and pictures as lines: headlines, paragraphs, captions, "" where the page shows a gap."""
    rows = rows_of(glyphs)
    body = body_size(rows)
    large = [box for box in pictures if box.bottom - box.top > 3 * body]
    return lines_of(in_order(with_captions(rows, large, body), body), body)
