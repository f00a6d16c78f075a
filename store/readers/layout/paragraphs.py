"""The rows of columns as lines for the page parser: headlines, paragraphs, captions after the text around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from store.readers.layout.headlines import BYLINE, Band
from store.readers.layout.rows import HEADLINE, Line, Row


def lines_of(columns: Sequence[Sequence[Row]], body: float) -> list[Line]:
    """The columns' rows as lines: paragraphs put together, "" where the page shows a gap."""
    width = _column_width(columns, body)
    indented = _is_indented(columns, body)
    lines: list[Line] = []
    waiting: list[Row] = []
    for column in _unfolded(columns):
        if column[0].inner:
            lines += _captions(waiting)
            waiting = []
            lines += [Line("", None), *column[0].inner, Line("", None)]
            continue
        rows = _side_by_side([r for r in column if not r.picture])
        found = _paragraphs(rows, body, width, indented)
        if found and lines and _continues(lines, rows[0], found[0], column, body, indented):
            last = lines.pop()
            lines.append(replace(found[0], text=joined(last.text, found[0].text), box=last.box))
            found = found[1:]
        elif found:
            # A caption in the middle of a column's text waits for the end of the paragraph.
            lines += _captions(waiting)
            waiting = []
            lines.append(Line("", None))
        lines += found
        waiting += [r for r in column if r.picture and r.caption]
    return _without_double_gaps(lines + _captions(waiting))


def _unfolded(columns: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The columns, cut where a table or a box stands in them."""
    done: list[list[Row]] = []
    for column in columns:
        part: list[Row] = []
        for row in sorted(column, key=lambda r: r.top) if any(r.inner for r in column) else column:
            if row.inner:
                done += [part, [row]] if part else [[row]]
                part = []
            else:
                part.append(row)
        if part:
            done.append(part)
    return done


def furniture(rows: Sequence[Row]) -> list[Line]:
    """The rows of the page's head or foot, each a line between gaps."""
    lines: list[Line] = []
    for row in _side_by_side([r for r in rows if r.text]):
        lines += [Line("", None), Line(row.text, row.box, role="furniture"), Line("", None)]
    return lines


def joined(left: str, right: str) -> str:
    """Two rows of running text as one; a blank between Latin words, none inside an address."""
    if left[-1:].isascii() and right[:1].isascii() and left[-1:].isalnum() and right[:1].isalnum():
        word = left.rsplit(" ", 1)[-1]
        address = "://" in word or "www." in word or "@" in word
        digits = left[-1].isdigit() and right[0].isdigit()
        return left + ("" if address or digits else " ") + right
    return left + right


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
    if BYLINE.match(last.text.lstrip("□■ \u3000")) and len(last.text) <= 40:
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
            # One character under the other is a headline set from top to bottom.
            upright = len(row.text) == 1 and len(last.text) == 1
            head = size >= HEADLINE * body and not upright
            text = lines[-1].text + " " + row.text if head else joined(lines[-1].text, row.text)
            lines[-1] = replace(lines[-1], text=text, full=full)
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
