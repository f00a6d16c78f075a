"""Lines become chunks: hard-wrapped lines are joined, blanks inside words taken out, repeats cut away later.

A chunk is a paragraph or a piece of one, a headline line, a caption: what the page prints without a break.
Which of these it is, the roles and the assembly decide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.models import Box, PageText
from store.pages.blocks import find_blocks
from store.pages.bylines import opens_brief, opens_report, read_own_line, tail_credit, tail_names
from store.pages.characters import BLANKS, HAN, ends_sentence, width
from store.pages.continuity import joins_word
from store.pages.furniture import furniture_reason
from store.pages.measures import Layout, Line, measure, read_lines

_HEADING = re.compile(r"^(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))")
_BULLET = re.compile(r"^[■◆●▲□◇○△▶►★☆◎※]")
_QUOTE = re.compile(r"^(?:>\s*|\*\*(?=\S)|__(?=\S))")
_GAP = re.compile(r"(?<=\S)[ \t\u00a0\u3000]+(?=\S)")
_LATIN = re.compile(r"[A-Za-z]")
_NUMBER_CUT = re.compile(r"\d[-—–]?$")
_CREDIT_ENDS = frozenset("摄影图")
_ENDS = "。！？!?…；;，,、：:”』）)"
LONGEST_HEADLINE = 40
_NAMES_AHEAD = re.compile(rf"(?:记者|通讯员|作者|编辑|实习生|摄影)[ \u3000]*$|[ \u3000][{HAN}]{{1,4}}$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the page printed without a break. `starts` pairs offsets in `text` with 0-based line numbers."""

    text: str
    starts: tuple[tuple[int, int], ...]
    last_line: int
    gap: int
    indent: int = 0
    heading: int = 0
    box: Box | None = None
    rows: tuple[str, ...] = ()
    """The lines of a block (a table, verse); `text` holds them parted by line ends."""

    @property
    def first_line(self) -> int:
        """0-based number of the first line."""
        return self.starts[0][1]

    def line_at(self, offset: int) -> int:
        """The 0-based line that holds the character at this offset of the text."""
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 60)) - 1)][1]

    def part(self, start: int, end: int) -> Chunk:
        """The chunk between two offsets of its text, with its lines."""
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip(BLANKS))
        text = raw.strip(BLANKS)
        first, last = self.line_at(start), self.line_at(max(start, start + len(text) - 1))
        inner = tuple((at - start, line) for at, line in self.starts if start < at < start + len(text))
        return replace(
            self, text=text, starts=((0, first), *inner), last_line=last, indent=0 if start else self.indent
        )


def unwrap(text: str, step: int, *, slack: int = 5) -> str:
    """Take out the blanks that stand for line ends of the print; blanks between names and halves stay."""
    if not step or len(text) < step // 2 + 2 or (" " not in text and "\u3000" not in text):
        return text
    out: list[str] = []
    at = run = 0
    for match in _GAP.finditer(text):
        piece = text[at : match.start()]
        out.append(piece)
        run += width(piece)
        left, right = text[match.start() - 1], text[match.end()]
        at = match.end()
        if step - slack <= run <= step + slack or (run > step and slack > 2):
            run = 0
            if _LATIN.match(left) and _LATIN.match(right) and abs(run - step) > 1:
                out.append(" ")
            continue
        latin = _LATIN.match(left) or _LATIN.match(right)
        names = _NAMES_AHEAD.search(text[max(0, match.start() - 8) : match.start()])
        run += width(match.group())
        if latin or names:
            out.append(" ")
    out.append(text[at:])
    return "".join(out)


def join(left: str, right: str) -> str:
    """Two halves of a broken text as one; a blank only between words of Latin letters."""
    left, right = left.rstrip(BLANKS), right.lstrip(BLANKS)
    if left and right and _LATIN.match(left[-1]) and _LATIN.match(right[0]):
        return f"{left} {right}"
    return left + right


def split_chunks(page: PageText, breaks: frozenset[int] = frozenset()) -> tuple[Layout, list[Chunk]]:
    """All chunks of the page in file order, and how the page is set; a chunk begins at each line (0-based) of `breaks`."""
    lines = read_lines(page.lines)
    layout = measure(lines)
    # A page that is one article has its headline right above its verses; where the reader marks the lines, it has joined
    # what belongs together.
    apart = page.whole or page.roles
    blocks = {} if apart else dict(find_blocks(lines, base=layout.base, full=layout.full))
    if breaks:
        corrected = {i for i, line in enumerate(lines) if line.number in breaks}
        blocks = {
            start: stop for start, stop in blocks.items() if corrected.isdisjoint(range(start, stop + 1))
        }
    chunks: list[Chunk] = []
    at = 0
    while at < len(lines):
        stop = blocks.get(at)
        if stop is not None:
            chunks.append(_block(lines[at:stop], layout, page))
            at = stop
            continue
        texts: list[str] = []
        first = at
        heading = _HEADING.match(lines[at].text)
        while True:
            texts.append(_bare(lines[at].text))
            at += 1
            if at >= len(lines) or at in blocks or heading or page.roles or lines[at].number in breaks:
                break
            if not _goes_on(lines, at, texts, layout, opening=len(chunks) < 4):
                break
        below = lines[at].text if at < len(lines) else ""
        cut = 0 if lines[first].number in breaks else _headline_below(texts, lines[first:at], layout, below)
        level = len(heading.group(1)) if heading else 0
        for start, stop in ((0, cut), (cut, len(texts))) if cut else ((0, len(texts)),):
            chunks.append(_chunk(texts[start:stop], lines[first + start : first + stop], level, layout, page))
    return layout, chunks


def _bare(text: str) -> str:
    """A line without the marks of Markdown."""
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :].strip(BLANKS) or text
    quote = _QUOTE.match(text)
    if quote and len(text) > quote.end():
        text = text[quote.end() :].removesuffix("**").removesuffix("__").strip(BLANKS) or text
    return text


def _box(page: PageText, line: int) -> Box | None:
    return page.boxes[line] if line < len(page.boxes) else None


def _block(lines: Sequence[Line], layout: Layout, page: PageText) -> Chunk:
    """Rows or verses as one chunk, a line of its text each."""
    starts: list[tuple[int, int]] = []
    length = 0
    rows = tuple(_bare(line.text) for line in lines)
    for row, line in zip(rows, lines, strict=True):
        starts.append((length, line.number))
        length += len(row) + 1
    return Chunk(
        "\n".join(rows),
        tuple(starts),
        lines[-1].number,
        max(0, lines[0].gap - layout.base),
        lines[0].indent,
        box=_box(page, lines[0].number),
        rows=rows,
    )


def _chunk(
    texts: Sequence[str], lines: Sequence[Line], heading: int, layout: Layout, page: PageText
) -> Chunk:
    starts: list[tuple[int, int]] = []
    parts: list[str] = []
    length = 0
    for text, line in zip(texts, lines, strict=True):
        if parts and _LATIN.match(parts[-1][-1]) and _LATIN.match(text[0]):
            parts.append(" ")
            length += 1
        starts.append((length, line.number))
        parts.append(text)
        length += len(text)
    whole = "".join(parts)
    if layout.step and len(texts) == 1:
        # a headline's halves are parted by a blank too: there only a blank right at the line's end goes
        whole = unwrap(whole, layout.step, slack=5 if len(whole) > 30 else 2)
    gap = max(0, lines[0].gap - layout.base)
    return Chunk(
        whole, tuple(starts), lines[-1].number, gap, lines[0].indent, heading, _box(page, lines[0].number)
    )


def _goes_on(lines: Sequence[Line], at: int, texts: Sequence[str], layout: Layout, *, opening: bool) -> bool:
    """Whether a line goes on with the one above it, whose chunk has these texts so far."""
    above, line = lines[at - 1], lines[at]
    if line.gap > layout.base or line.indent or not layout.wrap or _HEADING.match(line.text):
        return False
    text = _bare(line.text)
    return (
        (above.number in layout.full or _cuts_number(above.text, text, layout))
        and not _BULLET.match(text)
        and not opens_report(text)
        and not opens_brief(text)
        and not (read_own_line(text) and _is_closed(above.text) and "报道" not in text)
        and not _stands_alone(lines, at, layout)
        and not _ends_signed(texts)
        and not (len(texts) == 1 and opening and furniture_reason(above.text))
        and not (at >= len(lines) - 5 and furniture_reason(text))
    )


def _stands_alone(lines: Sequence[Line], at: int, layout: Layout) -> bool:
    """Whether a sentence ends at the column's edge and the line below is a headline: the rest of a paragraph would be full or end in a stop, and
    below a headline a paragraph, a byline or a report's opening begins."""
    text = lines[at].text
    if (
        not ends_sentence(lines[at - 1].text)
        or text[-1] in "。！？!?…；;，,、：:”』"
        or len(text) <= 2
        or lines[at].number in layout.full
        or at + 1 >= len(lines)
    ):
        return False
    below = lines[at + 1]
    return bool(layout.indented and below.indent) or opens_report(below.text) or read_own_line(below.text)


def _ends_signed(texts: Sequence[str]) -> bool:
    """Whether a picture's credit ends the text so far: whatever stands below is something else."""
    return texts[-1].rstrip("）)")[-1:] in _CREDIT_ENDS and tail_credit("".join(texts[-3:])) >= 0


def _headline_below(texts: Sequence[str], lines: Sequence[Line], layout: Layout, below: str) -> int:
    """Where a headline begins that a full last line hides: behind a sentence's end or a signature lines that end without a
    mark, the last of them not full. A paragraph's rest would end in a stop. Behind a sentence that stops in the middle
    only where the text `below` tells: a report opens there, or goes on with that sentence. 0 where there is none."""
    if len(texts) < 2 or lines[-1].number in layout.full or texts[-1][-1] in _ENDS:
        return 0
    inside = 0
    for cut in range(len(texts) - 1, 0, -1):
        tail = "".join(texts[cut:])
        if len(tail) > LONGEST_HEADLINE or "。" in tail or tail.count("，") > 1:
            return inside
        if ends_sentence(texts[cut - 1]) or (texts[cut - 1][-1] in "）)" and tail_names(texts[cut - 1]) >= 0):
            return cut if len(tail) >= 5 else inside
        if not inside and len(tail) >= 8 and "，" not in tail and _parts(texts[cut - 1], texts[cut], below):
            inside = cut
    return inside


def _parts(above: str, line: str, below: str) -> bool:
    """Whether a line stands between two that it has nothing to do with: no word runs over from the line above, and below
    a report opens or a word of the line above goes on."""
    if not below or joins_word(above[-2:], line[:2]):
        return False
    return opens_report(below) or bool(joins_word(above[-2:], below[:2]))


def _is_closed(line: str) -> bool:
    """Whether no bracket or enumeration goes on into the next line."""
    return line[-1] not in "、，,（(：:" and max(line.rfind("（"), line.rfind("(")) <= max(
        line.rfind("）"), line.rfind(")")
    )


def _cuts_number(line: str, following: str, layout: Layout) -> bool:
    """Whether a line of some length ends inside a telephone number that the next one goes on with."""
    return bool(_NUMBER_CUT.search(line)) and following[0].isdigit() and width(line) >= layout.wrap
