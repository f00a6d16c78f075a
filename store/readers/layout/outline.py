"""Items under headings set alike, in one stream of equal columns: bulletins, circulars, printed web pages.

No newspaper page, but it reaches the bot by the same road. The headings alone say where an item begins, and what goes on
in the next column or on the next page belongs to the last item.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from store.readers.layout import Prepared
from store.readers.layout.frames import parted
from store.readers.layout.paragraphs import furniture, joined
from store.readers.layout.rows import HEADLINE, Line, Row, body_size

FEWEST = 3
"""Headings of one size that make an outline."""
_NUMBERED = re.compile(r"\d{1,3}[.、．]?\s+(?=\S)")
_ITEM = re.compile(
    r"(?:\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}[、.]|[①-⑳●■◆•·]|【|[^，。；：\s]{2,6}：)"
)
_SIGNED = re.compile(
    r"[□■◎\s]*(?:本报|特约|见习|实习|全媒体|融媒体)*(?:记者|通讯员|评论员)|[【（(]?本[报刊社网台][^，。]{0,12}[讯电]"
)
_END = re.compile(r"[。！？!?…]”?$")


@dataclass(frozen=True, slots=True)
class _Form:
    """How the file is set: sizes of its text and of its headings, its columns' left edges and their width."""

    body: float
    title: float
    lefts: tuple[float, ...]
    width: float


def read_outline(pages: Sequence[Prepared]) -> list[list[Line]] | None:
    """The lines of each page with their roles; None where the file is no outline.

    What stands on a page before its first heading goes to the page where its item began.
    """
    split = [(page, *parted(page.rows, page.sheet.rules, page.sheet.height, page.body)) for page in pages]
    rows = [row for _, _, middle, _ in split for row in middle]
    form = _form(rows)
    if form is None:
        return None
    read: list[list[Line]] = []
    heads: list[list[Line]] = []
    for _, head, middle, foot in split:
        lines = _page(middle, form)
        first = next((at for at, line in enumerate(lines) if line.role in ("title", "section")), len(lines))
        if first and any(line.role == "title" for one in read for line in one):
            home = next(one for one in reversed(read) if any(line.role for line in one))
            _go_on(home, lines[:first])
            lines = lines[first:]
        read.append(lines)
        heads.append([*furniture(head), *furniture(foot)])
    return [[*lines, *edge] for lines, edge in zip(read, heads, strict=True)]


def _form(rows: Sequence[Row]) -> _Form | None:
    text = [r for r in rows if r.text]
    if len(text) < 20:
        return None
    body = body_size(text)
    signed = sum(bool(_SIGNED.match(r.text)) for r in text)
    plain = [r for r in text if abs(r.size - body) < 0.06 * body]
    widths = sorted(r.right - r.left for r in plain)
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0.0
    full = [r for r in plain if r.right - r.left > 0.85 * width]
    counts = Counter(round(r.left) for r in full)
    lefts: list[float] = []
    for left in sorted(counts):
        near = sum(counts[left + d] for d in (-1, 0, 1))
        if near >= max(3, 0.08 * len(full)) and (not lefts or left - lefts[-1] > 0.5 * width):
            lefts.append(float(left))
    if not lefts or width < 8 * body:
        return None
    heads = _headings([r for r in text if r.size >= HEADLINE * body and not r.upright])
    sizes = Counter(round(h[0].size, 1) for h in heads)
    if not sizes:
        return None
    title, count = max(sizes.items(), key=lambda item: (item[1], item[0]))
    # A newspaper signs its stories, a bulletin does not.
    if signed >= 2 and signed * 5 > count:
        return None
    form = _Form(body, title, tuple(lefts), width)
    own = [h for h in heads if round(h[0].size, 1) == title]
    inside = [h for h in own if _column(h[0], form) is not None and _at_left(h[0], form)]
    placed = sum(_column(r, form) is not None for r in plain)
    if count < FEWEST or len(heads) > 1.6 * count or len(inside) < 0.9 * count or placed < 0.9 * len(plain):
        return None
    return form


def _headings(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one heading together: of one size, close under each other."""
    found: list[list[Row]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and abs(last.size - row.size) < 0.05 * row.size
            and -0.2 * row.size < row.top - last.bottom < 0.95 * row.size
            and row.left < last.right
            and last.left < row.right
            and not _NUMBERED.match(row.text)
        ):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _column(row: Row, form: _Form) -> int | None:
    """The column a row stands in; None where it reaches over several."""
    slack = 1.2 * form.body
    for number, left in enumerate(form.lefts):
        if left - slack <= row.left and row.right <= left + form.width + slack:
            return number
    return None


def _at_left(row: Row, form: _Form) -> bool:
    return any(abs(row.left - left) < 3.2 * row.size for left in form.lefts)


def _page(rows: Sequence[Row], form: _Form) -> list[Line]:
    """A page's lines: column by column between what lies across the columns."""
    lines: list[Line] = []
    streams: list[list[Row]] = [[] for _ in form.lefts]

    def close() -> None:
        for number, stream in enumerate(streams):
            if stream:
                _go_on(lines, _stream(stream, form, form.lefts[number]))
                stream.clear()

    for row in sorted(rows, key=lambda r: r.top):
        column = _column(row, form)
        if column is None:
            close()
            if row.inner:
                lines += row.inner
            elif row.text:
                large = row.size >= HEADLINE * form.body
                lines.append(Line(row.text, row.box, role="section" if large else "body"))
        elif row.text or row.inner:
            streams[column].append(row)
    close()
    return lines


def _stream(rows: Sequence[Row], form: _Form, left: float) -> list[Line]:
    """The lines of one column."""
    ordered = _levelled(rows)
    gaps = [
        two.top - one.bottom for one, two in pairwise(ordered) if 0 < two.top - one.bottom < 2 * form.body
    ]
    usual = median(gaps) if gaps else 0.5 * form.body
    lines: list[Line] = []
    last: Row | None = None
    for row in ordered:
        if row.inner:
            lines += row.inner
            last = None
            continue
        role = _role(row, form)
        full = row.right > left + form.width - 1.3 * row.size
        above = lines[-1] if lines and last is not None else None
        close = last is not None and row.top - last.bottom < usual + 0.7 * form.body
        if (
            above is not None
            and last is not None
            and role == above.role == "body"
            and close
            and _goes_on(above, row, last)
        ):
            lines[-1] = replace(above, text=joined(above.text, row.text), full=full)
        elif (
            above is not None
            and last is not None
            and role == above.role == "title"
            and len(_headings([last, row])) == 1
        ):
            lines[-1] = replace(above, text=joined(above.text, row.text))
        else:
            lines.append(Line(row.text, row.box, full, role))
        last = row
    return [
        replace(line, text=_NUMBERED.sub("", line.text)) if line.role == "title" else line for line in lines
    ]


def _role(row: Row, form: _Form) -> str:
    if abs(row.size - form.title) < 0.05 * form.title:
        return "title"
    return "section" if row.size > form.title else "body"


def _goes_on(above: Line, row: Row, last: Row) -> bool:
    """Whether a row goes on with the paragraph above: its last row was full, and no new point begins."""
    if not above.full or abs(last.size - row.size) > 0.06 * row.size:
        return False
    return not (_ITEM.match(row.text) and _END.search(above.text))


def _levelled(rows: Sequence[Row]) -> list[Row]:
    """Rows from top to bottom; pieces of one height as one."""
    done: list[Row] = []
    for row in sorted(rows, key=lambda r: ((r.top + r.bottom) / 2, r.left)):
        last = done[-1] if done else None
        if (
            last is not None
            and not last.inner
            and not row.inner
            and min(row.bottom, last.bottom) - max(row.top, last.top) > 0.6 * min(row.size, last.size)
        ):
            one, two = sorted((last, row), key=lambda r: r.left)
            wider = one if len(one.text) > len(two.text) else two
            done[-1] = replace(
                wider,
                text=one.text + " " + two.text,
                left=one.left,
                right=max(one.right, two.right),
                top=min(one.top, two.top),
                bottom=max(one.bottom, two.bottom),
            )
        else:
            done.append(row)
    return done


def _go_on(lines: list[Line], more: Sequence[Line]) -> None:
    """Lines of the next column or page after those before; a paragraph that was cut there is one again."""
    more = list(more)
    cut = bool(lines) and bool(more) and lines[-1].role == more[0].role == "body" and lines[-1].full
    if cut and not _END.search(lines[-1].text) and not _ITEM.match(more[0].text):
        lines[-1] = replace(more[0], text=joined(lines[-1].text, more[0].text), box=lines[-1].box)
        more = more[1:]
    lines += more
