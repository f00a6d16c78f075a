"""Glyphs on a page → lines in reading order, over columns, headlines that span them and captions under pictures; pure.

The page is cut along its white space: wide bands before headlines first, then the gutters between columns, then, where a
headline lies across the gutters, above and below it. What a cut leaves whole is a column and is read from top to bottom.
What the lines mean (headline, byline, body) is left to store.pages; here only paragraphs are put together, because only
here the columns' edges are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

from store.models import Box

Band = tuple[float, float]


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the parser: a headline, or a paragraph (its part in one column, and what follows in the next)."""

    text: str
    box: Box | None
    full: bool = False


_BLANK = re.compile(r"[\s\u3000]+")
_CREDIT = re.compile(r"摄\s*[）)]?$|摄影报道$|供图[）)]?$|资料照片[）)]?$|图\s?/|^图为|^（?图[为：:①-⑨]")
_BYLINE = re.compile(r"(?:本报|特约|见习|实习|全媒体)*(?:记者|通讯员|评论员)")
HEADLINE = 1.18
"""Type at least this much larger than the body's is a headline's."""


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
    return _merged(rows, body)


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
        left_over = [r for r in left_over if r not in caption]
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


def in_order(rows: Sequence[Row], body: float) -> list[list[Row]]:
    """The page's columns in the order in which they are read."""
    reach = _reaches(rows, body)
    bands = _bands(((r.top, r.bottom) for r in rows), 0.8 * body)
    # The date above and the staff below, over whatever column they stand, belong to none.
    edges = [
        band
        for band in bands
        if 0 < sum(r.bottom <= band[0] + 0.1 for r in rows) <= 2
        or 0 < sum(r.top >= band[1] - 0.1 for r in rows) <= 2
    ]
    return [leaf for part in _split(rows, edges, across=False) for leaf in _cut(part, reach, body, 0)]


def _cut(rows: Sequence[Row], reach: dict[int, Band], body: float, depth: int) -> list[list[Row]]:
    if len(rows) < 2 or depth > 40:
        return [list(rows)]
    parts = _split(rows, _strong_bands(rows, body), across=False)
    spans = _spans(rows, reach, body)
    if len(parts) == 1 and not _one_row(rows):
        parts = _split(rows, _bands(spans, 0.6 * body), across=True)
    if len(parts) == 1:
        parts = _around_blockers(rows, spans, body)
    if len(parts) == 1:
        return [list(rows)]
    return [leaf for part in parts for leaf in _cut(part, reach, body, depth + 1)]


def _reaches(rows: Sequence[Row], body: float) -> dict[int, Band]:
    """How far headlines and what stands between them and their text reach: over all columns that begin under them.

    A short headline over three columns fits into the one in the middle. What tells is that the text begins at one height
    in all three, with nothing else above it, and that the headline stands in their middle or at their left edge.
    """
    heads = [r for r in rows if r.text and r.size >= HEADLINE * body]
    starts = _starts(rows, body)
    reach: dict[int, Band] = {}
    taken: dict[Band, Row] = {}
    for centred in (True, False):
        for head in heads:
            if id(head) in reach:
                continue
            level = _level(starts, head, body)
            best: Sequence[tuple[Row, Band]] = ()
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


def _starts(rows: Sequence[Row], body: float) -> list[tuple[Row, Band]]:
    """Where columns of text (or a picture at their head) begin, each with its left and right edge."""
    found = []
    for row in rows:
        if not (row.picture or abs(row.size - body) < 0.12 * body):
            continue
        above = [o for o in rows if _over(o, row) and row.top - 0.8 * body < o.bottom <= row.top + 0.3 * body]
        if any(o is not row and o.size < HEADLINE * body for o in above):
            continue
        # The end of a paragraph at the head of a column may be too short to have the next line's words under it.
        near = replace(row, right=row.right + 3 * body)
        under = [r for r in rows if r.text and _over(r, near) and 0 < r.top - row.bottom < 1.2 * body]
        under = under if row.text else []
        if under or row.picture:
            found.append((row, (min(r.left for r in [row, *under]), max(r.right for r in [row, *under]))))
    return sorted(found, key=lambda f: f[0].left)


def _over(one: Row, two: Row) -> bool:
    return one.left < two.right and two.left < one.right


def _level(starts: Sequence[tuple[Row, Band]], head: Row, body: float) -> list[tuple[Row, Band]]:
    """The columns that begin at the height where the text under a headline does."""
    below = [s for s in starts if -1 <= s[0].top - head.bottom < 9 * body]
    # A byline is narrower on both sides than the text under it; a first line only by its indent. A subhead may be
    # narrow too, but it does not stand higher than the text in the other columns.
    own = [
        (row, span)
        for row, span in below
        if _over(row, head)
        and not _BYLINE.match(row.text)
        and not (row.left > span[0] + 1.2 * body and row.right < span[1] - 1.7 * body)
    ]
    if not own:
        return []
    top = min(s[0].top for s in own)
    return [s for s in below if abs(s[0].top - top) < 0.8 * body]


def _runs(level: Sequence[tuple[Row, Band]], head: Row) -> list[Sequence[tuple[Row, Band]]]:
    """The neighbouring columns that hold all of a headline."""
    return [
        level[i:j]
        for i in range(len(level))
        for j in range(i + 1, len(level) + 1)
        if level[i][1][0] <= head.left + head.size and level[j - 1][1][1] >= head.right - head.size
    ]


def _clear(rows: Sequence[Row], head: Row, run: Sequence[tuple[Row, Band]], body: float) -> bool:
    """Whether nothing but the headline's own lines stands between it and the columns."""
    left, right, top = run[0][1][0], run[-1][1][1], run[0][0].top
    for row in rows:
        between = row.bottom > head.top + 0.3 * head.size and row.top < top - 0.3 * body
        if row is head or not between or row.right <= left or row.left >= right:
            continue
        if row.left < left - body or row.right > right + body:
            return False
        if abs(row.left + row.right - head.left - head.right) > 3 * body and abs(row.left - head.left) > body:
            return False
    return True


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
    return max(r.top for r in rows) < min(r.bottom for r in rows)


def _strong_bands(rows: Sequence[Row], body: float) -> list[Band]:
    """White bands over the whole width that part articles: very high ones, and those right above a headline."""
    found = []
    for top, bottom in _bands(((r.top, r.bottom) for r in rows), 0.9 * body):
        below = [r for r in rows if bottom - 0.1 <= r.top < bottom + 0.5 * body]
        above = [r for r in rows if r.text and top - 0.5 * body < r.bottom <= top + 0.1]
        kicker = 2.2 * body if any(r.size >= 1.08 * body or len(r.text) <= 14 for r in below) else 0.0
        heads = any(
            r.size >= HEADLINE * body and r.text and 0 <= r.top - bottom + 0.1 < max(0.5 * body, kicker)
            for r in rows
        )
        # A headline's own second line or the kicker above it is no end of an article.
        headline_above = all(r.size >= 1.05 * body for r in above)
        if bottom - top >= 5 * body or (heads and not (headline_above and above)):
            found.append((top, bottom))
    return found


def _around_blockers(rows: Sequence[Row], reach: Sequence[Band], body: float) -> list[list[Row]]:
    """Cut above and below the rows that lie across the gutter which the fewest rows cross."""
    best: list[Row] = []
    fewest: tuple[int, int] | None = None
    for edge in sorted({round(start, 1) for start, _ in reach}):
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
    spans: list[list[float]] = []
    for row in sorted(best, key=lambda r: r.top):
        if (
            spans
            and row.top - spans[-1][1] < 1.2 * row.size
            and not _between(rows, best, spans[-1][1], row.top)
        ):
            spans[-1][1] = max(spans[-1][1], row.bottom)
        else:
            spans.append([row.top, row.bottom])
    # A kicker stands close above its headline, however short it is.
    for row in sorted(rows, key=lambda r: -r.bottom):
        for span in spans:
            if (
                row.size >= 1.1 * body
                and row.text
                and row not in best
                and -1 <= span[0] - row.bottom < 0.9 * body
            ):
                span[0] = row.top
    parts: list[list[Row]] = [[] for _ in range(2 * len(spans) + 1)]
    for row in rows:
        middle = (row.top + row.bottom) / 2
        at = sum(2 for top, bottom in spans if middle > bottom)
        inside = any(top <= middle <= bottom for top, bottom in spans)
        parts[at + 1 if inside else at].append(row)
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 else [list(rows)]


def _between(rows: Sequence[Row], blockers: Sequence[Row], top: float, bottom: float) -> bool:
    return any(r not in blockers and r.top >= top - 1 and r.bottom <= bottom + 1 for r in rows)


def lines_of(columns: Sequence[Sequence[Row]], body: float) -> list[Line]:
    """The columns' rows as lines: paragraphs put together, "" where the page shows a gap."""
    width = _column_width(columns, body)
    indented = _is_indented(columns, body)
    lines: list[Line] = []
    waiting: list[Row] = []
    for column in columns:
        rows = _side_by_side([r for r in column if not r.picture])
        found = _paragraphs(rows, body, width, indented)
        if found and lines and _continues(lines, rows[0], found[0], column, body, indented):
            last = lines.pop()
            lines.append(replace(found[0], text=last.text + found[0].text, box=last.box))
            found = found[1:]
        elif found:
            # A caption in the middle of a column's text waits for the end of the paragraph.
            lines += _captions(waiting)
            waiting = []
            lines.append(Line("", None))
        lines += found
        waiting += [r for r in column if r.picture and r.caption]
    return _without_double_gaps(lines + _captions(waiting))


def _without_double_gaps(lines: Sequence[Line]) -> list[Line]:
    kept = [line for at, line in enumerate(lines) if line.text or (at and lines[at - 1].text)]
    return kept[:-1] if kept and not kept[-1].text else kept


def _captions(pictures: Sequence[Row]) -> list[Line]:
    """The captions, each a line between gaps."""
    lines: list[Line] = []
    for picture in pictures:
        text = "".join(row.text for row in _side_by_side(list(picture.caption)))
        box = picture.caption[0].box
        lines += [Line("", None), Line(text, box), Line("", None)]
    return lines


def _side_by_side(rows: list[Row]) -> list[Row]:
    """Rows of one height as one, from left to right with a blank between; all from top to bottom."""
    done: list[Row] = []
    for row in sorted(rows, key=lambda r: ((r.top + r.bottom) / 2, r.left)):
        last = done[-1] if done else None
        if last is not None and min(row.bottom, last.bottom) - max(row.top, last.top) > 0.6 * min(
            row.size, last.size
        ):
            one, two = sorted((last, row), key=lambda r: r.left)
            done[-1] = replace(
                one,
                text=one.text + " " + two.text,
                right=max(one.right, two.right),
                top=min(one.top, two.top),
                bottom=max(one.bottom, two.bottom),
            )
        else:
            done.append(row)
    return done


def _column_width(columns: Sequence[Sequence[Row]], body: float) -> float:
    """How wide the page's columns are, usually."""
    widths = [r.right - r.left for c in columns for r in c if r.text and abs(r.size - body) < 0.1 * body]
    return median(sorted(widths)[len(widths) // 2 :]) if widths else 0.0


def _is_indented(columns: Sequence[Sequence[Row]], body: float) -> bool:
    """Whether paragraphs of this page begin with two blanks."""
    count = 0
    for column in columns:
        edge = min((r.left for r in column if r.text), default=0.0)
        count += sum(1.5 * body < r.left - edge < 2.6 * body for r in column if len(r.text) > 8)
    return count >= 2


def _continues(
    lines: Sequence[Line], row: Row, first: Line, column: Sequence[Row], body: float, indented: bool
) -> bool:
    """Whether a column goes on with the paragraph the last one ended in."""
    last = lines[-1]
    if not last.text or last.box is None or not last.full or first.box is None:
        return False
    if (
        abs(last.box.size - first.box.size) > 0.06 * body
        or last.box.size >= HEADLINE * body
        or last.box.bold != first.box.bold
    ):
        return False
    edge = min(r.left for r in column if r.text)
    if indented:
        return row.left - edge < body and (len(column) > 1 or not last.text.endswith("。"))
    return not last.text.endswith(("。", "！", "？", "”"))


def _paragraphs(rows: Sequence[Row], body: float, width: float, indented: bool) -> list[Line]:
    """A column's rows as headlines and paragraphs; `full` tells whether the last row reaches the column's edge."""
    if not rows:
        return []
    plain = [r for r in rows if abs(r.size - body) < 0.12 * body] or list(rows)
    edge, right = _edges(plain)
    if len(plain) < 3 and right - edge < width:
        right = max(right, edge + width)
    lines: list[Line] = []
    last: Row | None = None
    for row in rows:
        size = row.size
        full = row.right > right - 1.7 * size and row.left < edge + 3 * size
        if last is not None and lines and _same_paragraph(last, row, lines[-1], body, edge, indented):
            joint = " " if size >= HEADLINE * body else ""
            lines[-1] = replace(lines[-1], text=lines[-1].text + joint + row.text, full=full)
        else:
            if last is not None and (row.top - last.bottom > 1.1 * body or _other_type(last, row)):
                lines.append(Line("", None))
            start = (
                "\u3000\u3000"
                if indented and 1.5 * size < row.left - edge < 2.6 * size and size < HEADLINE * body
                else ""
            )
            lines.append(Line(start + row.text, row.box, full))
        last = row
    return lines


def _edges(rows: Sequence[Row]) -> Band:
    """Where a column begins and ends: where several rows do, for a byline may stick out."""
    lefts = Counter(round(r.left) for r in rows)
    rights = Counter(round(r.right) for r in rows)
    left = min((x for x, count in lefts.items() if count > 1), default=min(lefts))
    most = max(rights.values())
    right = max((x for x, count in rights.items() if count > 1 and count * 3 >= most), default=max(rights))
    return float(left), float(right)


def _other_type(last: Row, row: Row) -> bool:
    return abs(last.size - row.size) > 0.06 * max(last.size, row.size) or last.bold != row.bold


def _same_paragraph(last: Row, row: Row, line: Line, body: float, edge: float, indented: bool) -> bool:
    """Whether a row goes on with the line above it."""
    if _other_type(last, row) or row.text.startswith(("——", "■", "●", "◆", "▲")):
        return False
    if row.size >= HEADLINE * body:
        # Two lines of one headline.
        return row.top - last.bottom < 0.9 * row.size and len(line.text) < 40
    if row.top - last.bottom > 1.1 * body or not line.full:
        return False
    offset = row.left - edge
    if indented:
        return offset < 1.2 * row.size
    return offset < 1.2 * row.size or abs(row.left - last.left) < 0.5 * row.size
