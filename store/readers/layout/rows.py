"""Characters → rows; pictures with the rows of their captions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from store.models import Box

HEADLINE = 1.18
"""Type at least this much larger than the body's is a headline's."""
_BLANK = re.compile(r"[\s\u3000]+")
_ITEM = re.compile(r"\d{1,3}[.、．]?|[一二三四五六七八九十]{1,3}[、.]")
_NAMES = re.compile(r"记者|通讯员|摄影|摄$")
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
class Line:
    """A line for the parser: a headline, or a paragraph (its part in one column, and what follows in the next).

    `role` is what the page's geometry shows it to be: see PageText.roles.
    """

    text: str
    box: Box | None
    full: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Characters side by side; a picture is a row without text, `caption` the rows under a picture.

    `upright`: a headline set from top to bottom. `inner`: the lines of a table or a box, which is a row without text.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    caption: tuple[Row, ...] = ()
    picture: bool = False
    upright: bool = False
    inner: tuple[Line, ...] = ()

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


def rows_of(glyphs: Sequence[Glyph], rules: Sequence[Box] = ()) -> list[Row]:
    """Characters that stand side by side, as rows; no row crosses an upright rule or a gutter."""
    body = body_size(glyphs)
    walls = _Walls(rules)
    edges = _column_edges(glyphs, body)
    runs: list[list[Glyph]] = []
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        # Bold made by printing twice, a hair apart.
        key = (glyph.text, round(glyph.left / 1.5), round(glyph.top / 1.5))
        if key in seen:
            continue
        seen.add(key)
        if _BLANK.fullmatch(glyph.text):
            # A blank may be set in another font and size; it only tells that what it parts are two words.
            if runs:
                runs[-1].append(glyph)
            continue
        last = next((g for g in reversed(runs[-1]) if not _BLANK.fullmatch(g.text)), None) if runs else None
        if (
            last is not None
            and _goes_on(last, glyph, body)
            and not _at_edge(last, glyph, body, edges)
            and not walls.between(last, glyph)
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    rows = [row for run in runs if (row := _row(run)) is not None]
    rows.sort(key=lambda r: (r.top, r.left))
    return _stacked(_merged(_even(rows), body, walls), body)


class _Walls:
    """The upright rules of a page, to be asked whether one stands between two characters."""

    def __init__(self, rules: Sequence[Box]) -> None:
        self._rules = sorted(
            (r for r in rules if r.bottom - r.top > 2 * (r.right - r.left) and r.bottom - r.top > 6),
            key=lambda r: r.left,
        )
        self._lefts = [rule.left for rule in self._rules]

    def between(self, one: Glyph | Row, two: Glyph | Row) -> bool:
        start, stop = one.right - 0.3 * one.size, two.left + 0.3 * two.size
        if stop - start > 20 * one.size:
            return False
        middle = (max(one.top, two.top) + min(one.bottom, two.bottom)) / 2
        first = bisect_left(self._lefts, start)
        for rule in self._rules[first:]:
            if rule.left > stop:
                return False
            if rule.top <= middle <= rule.bottom:
                return True
        return False


def _column_edges(glyphs: Sequence[Glyph], body: float) -> dict[int, list[float]]:
    """Where lines begin one under the other behind a gap: gutters too narrow to be told from a blank by their width.

    By left edge in half points: the heights at which a line begins there.
    """
    found: dict[int, list[float]] = {}
    level: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.size < HEADLINE * body and not _BLANK.fullmatch(glyph.text):
            level.setdefault(round(glyph.bottom), []).append(glyph)
    for row in level.values():
        row.sort(key=lambda g: g.left)
        for one, two in pairwise(row):
            if one.right + NARROWEST_GUTTER * two.size <= two.left:
                found.setdefault(round(2 * two.left), []).append(two.bottom)
    return found


NARROWEST_GUTTER = 0.55
"""Ems; a blank between words or names of one line is as wide, but does not stand at the same place in line after line."""


def _at_edge(last: Glyph, glyph: Glyph, body: float, edges: dict[int, list[float]]) -> bool:
    """Whether a character stands where several lines close by begin."""
    if glyph.size >= HEADLINE * body or glyph.left - last.right < 0.8 * NARROWEST_GUTTER * glyph.size:
        return False
    at = round(2 * glyph.left)
    heights = {
        round(y) for x in (at - 1, at, at + 1) for y in edges.get(x, ()) if abs(y - glyph.bottom) < 9 * body
    }
    return len(heights) >= 4


def _stacked(rows: list[Row], body: float) -> list[Row]:
    """Large characters one under the other are one headline, set from top to bottom."""
    single = sorted(
        (r for r in rows if len(r.text) <= 2 and r.size >= HEADLINE * body), key=lambda r: (r.top, r.left)
    )
    used: set[int] = set()
    stacks: list[list[Row]] = []
    for first in single:
        if id(first) in used:
            continue
        stack = [first]
        for row in single:
            last = stack[-1]
            if (
                id(row) not in used
                and abs(row.left + row.right - last.left - last.right) < 0.8 * first.size
                and abs(row.size - first.size) < 0.1 * first.size
                and -0.3 * first.size < row.top - last.bottom < 0.9 * first.size
                and row.top > last.top + 0.5 * first.size
            ):
                stack.append(row)
        if len(stack) >= 4:
            used |= {id(row) for row in stack}
            stacks.append(stack)
    if not stacks:
        return rows
    done = [row for row in rows if id(row) not in used]
    for stack in stacks:
        done.append(
            Row(
                "".join(r.text for r in stack),
                min(r.left for r in stack),
                stack[0].top,
                max(r.right for r in stack),
                stack[-1].bottom,
                stack[0].size,
                stack[0].bold,
                upright=True,
            )
        )
    return sorted(done, key=lambda r: (r.top, r.left))


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


NARROWEST_BLANK = 0.18
"""Ems, between names."""


def _row(run: Sequence[Glyph]) -> Row | None:
    words = [g for g in run if not _BLANK.fullmatch(g.text)]
    if not words:
        return None
    names = bool(_NAMES.search("".join(g.text for g in words)))
    # Names may stand a quarter of an em apart, in a row whose other characters touch.
    usual = median(b.left - a.right for a, b in pairwise(words)) if names and len(words) > 1 else 0.0
    text, last, blank = "", None, False
    for glyph in run:
        if _BLANK.fullmatch(glyph.text):
            blank = True
            continue
        if last is not None:
            # In a squeezed line of names the blanks between them may have no width left.
            joined = joint(last.text, glyph.text, glyph.left - last.right, glyph.size, printed=blank)
            apart = blank or glyph.left - last.right > usual + NARROWEST_BLANK * glyph.size
            text += " " if names and apart and not {last.text, glyph.text} & _MARKS else joined
        text += glyph.text
        last, blank = glyph, False
    sizes = Counter(round(g.size, 2) for g in words)
    # A mark at the end of a line may hang into the gutter: its ink fills the left half of its square.
    end = words[-1].right - (0.45 * words[-1].size if words[-1].text in _CLOSING else 0.0)
    return Row(
        text.strip(" \u3000\t\r\n"),
        min(g.left for g in words),
        min(g.top for g in words),
        max([end, *(g.right for g in words[:-1])]),
        max(g.bottom for g in words),
        sizes.most_common(1)[0][0],
        sum(g.bold for g in words) * 2 > len(words),
    )


def joint(left: str, right: str, gap: float, size: float, *, printed: bool = False) -> str:
    """The blank between two pieces of a row: between Latin words, and where a wide gap parts names; none beside a mark."""
    one, two = left[-1:], right[:1]
    if (one in _MARKS or two in _MARKS) and gap < 3 * size:
        return ""
    if one.isascii() and two.isascii():
        wide = 0.18 * size
    elif one.isascii() or two.isascii():
        wide = 0.5 * size
    else:
        wide = 0.7 * size
    return " " if gap > wide or (printed and gap > 0.15 * size) else ""


_CLOSING = frozenset("，。、；：！？”’）》〉】〕」』")
_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』…—")


def _merged(rows: Sequence[Row], body: float, walls: _Walls) -> list[Row]:
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
            # The number of a heading stands apart from it.
            number = size >= HEADLINE * body and _ITEM.fullmatch(one.text) and one.size == two.size
            if not -0.3 * size < gap < (2.2 * size if number else min(0.4 * size, 0.5 * body)):
                continue
            if walls.between(one, two):
                continue
            wider = one if len(one.text) >= len(two.text) else two
            done[at] = Row(
                one.text + (" " if number else joint(one.text, two.text, gap, size)) + two.text,
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
