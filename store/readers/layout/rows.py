"""Characters → rows; pictures with the rows of their captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from store.models import Box

HEADLINE = 1.18
"""Type at least this much larger than the body's is a headline's."""
_BLANK = re.compile(r"[\s\u3000]+")
_CREDIT = re.compile(r"摄\s*[）)]?$|摄影报道$|供图[）)]?$|资料照片[）)]?$|图\s?/|^图为|^（?图[为：:①-⑨]")


class Glyph(NamedTuple):
    """A character and its em square, origin at the top left of the page; `run` numbers what the file wrote in one go."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    run: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Characters side by side; a picture is a row without text, `caption` the rows under a picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    caption: tuple[Row, ...] = ()
    picture: bool = False

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(
            round(self.left, 1),
            round(self.top, 1),
            round(self.right, 1),
            round(self.bottom, 1),
            round(self.size, 1),
            self.bold,
        )


def rows_of(glyphs: Sequence[Glyph]) -> list[Row]:
    """Characters that stand side by side, as rows."""
    body = body_size(glyphs)
    runs: list[list[Glyph]] = []
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        # Bold made by printing twice, a hair apart.
        key = (glyph.text, round(glyph.left / 1.5), round(glyph.top / 1.5))
        if key in seen:
            continue
        seen.add(key)
        if runs and _goes_on(runs[-1][-1], glyph, body):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    rows = [row for run in runs if (row := _row(run)) is not None]
    rows.sort(key=lambda r: (r.top, r.left))
    return _merged(_even(rows), body)


def _even(rows: list[Row]) -> list[Row]:
    """OCR measures each line anew: sizes that lie close to the body's are the body's."""
    sizes = {round(r.size, 1) for r in rows}
    if len(sizes) <= max(12, len(rows) / 8):
        return rows
    body = median(size for r in rows for size in [r.size] * len(r.text))
    return [replace(r, size=body) if abs(r.size - body) < 0.12 * body else r for r in rows]


def _goes_on(last: Glyph, glyph: Glyph, body: float) -> bool:
    size = max(last.size, glyph.size)
    # A large headline may stand closer to its neighbour over the gutter than its own letters are wide.
    apart = 2.5 * size if last.run and last.run == glyph.run else max(0.35 * size, min(size, 0.9 * body))
    return (
        abs(last.bottom - glyph.bottom) < 0.35 * size
        and min(last.size, glyph.size) > 0.7 * size
        and -0.5 * size < glyph.left - last.right < apart
    )


def _row(run: Sequence[Glyph]) -> Row | None:
    words = [g for g in run if not _BLANK.fullmatch(g.text)]
    if not words:
        return None
    text, last = "", None
    for glyph in run:
        if last is not None and glyph.left - last.right > 0.7 * glyph.size:
            text += " "
        text += glyph.text
        last = glyph
    sizes = Counter(round(g.size, 2) for g in words)
    return Row(
        text.strip(" \u3000\t\r\n"),
        min(g.left for g in words),
        min(g.top for g in words),
        max(g.right for g in words),
        max(g.bottom for g in words),
        sizes.most_common(1)[0][0],
        sum(g.bold for g in words) * 2 > len(words),
    )


def _merged(rows: Sequence[Row], body: float) -> list[Row]:
    """Rows whose halves the file wrote apart (a Latin word in another font, a letter-spaced headline)."""
    done: list[Row] = []
    for row in rows:
        for at in range(len(done) - 1, max(-1, len(done) - 12), -1):
            other = done[at]
            size = max(row.size, other.size)
            overlap = min(row.bottom, other.bottom) - max(row.top, other.top)
            if overlap < 0.6 * min(row.size, other.size) or min(row.size, other.size) < 0.7 * size:
                continue
            one, two = sorted((row, other), key=lambda r: r.left)
            gap = two.left - one.right
            if not -0.3 * size < gap < min(0.4 * size, 0.5 * body):
                continue
            wider = one if len(one.text) >= len(two.text) else two
            done[at] = Row(
                one.text + two.text,
                one.left,
                min(one.top, two.top),
                two.right,
                max(one.bottom, two.bottom),
                wider.size,
                wider.bold,
            )
            break
        else:
            done.append(row)
    return done


def body_size(pieces: Iterable[Row | Glyph]) -> float:
    """The size of type most of the page is set in."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def with_captions(rows: Sequence[Row], pictures: Sequence[Box], body: float) -> list[Row]:
    """The rows and the pictures, each with the rows of its caption taken out of the text around it."""
    left_over = list(rows)
    units: list[Row] = []
    for picture in pictures:
        under = sorted(
            (
                r
                for r in left_over
                if r.top >= picture.bottom - 0.5 * body
                and r.left >= picture.left - body
                and r.right <= picture.right + body
                and r.top - picture.bottom < 8 * body
            ),
            key=lambda r: (r.top, r.left),
        )
        caption = _caption(under, picture, body)
        taken = {id(r) for r in caption}
        left_over = [r for r in left_over if id(r) not in taken]
        units.append(
            Row(
                "",
                picture.left,
                picture.top,
                picture.right,
                max([picture.bottom] + [r.bottom for r in caption]),
                body,
                caption=tuple(caption),
                picture=True,
            )
        )
    return left_over + units


def _caption(under: Sequence[Row], picture: Box, body: float) -> list[Row]:
    """The rows right under a picture that are its caption: in smaller or bold type, or ending in a credit."""
    taken: list[Row] = []
    bottom, size = picture.bottom, 0.0
    for row in under:
        if (
            row.top - bottom > (1.6 if not taken else 0.9) * body
            or row.size > HEADLINE * body
            or len(taken) == 6
        ):
            break
        if taken and abs(row.size - size) > 0.06 * size and row.top > bottom:
            break
        taken.append(row)
        bottom, size = max(bottom, row.bottom), row.size
    if not taken:
        return []
    if taken[0].size < 0.96 * body or taken[0].bold:
        return taken
    for count in range(1, len(taken) + 1):
        if _CREDIT.search("".join(r.text for r in taken[:count])):
            return taken[:count]
    return []
