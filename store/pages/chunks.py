"""Lines become chunks: hard-wrapped lines are joined, blanks inside words taken out, repeats cut away later.

A chunk is a paragraph or a piece of one, a headline line, a caption: what the page prints without a break.
Which of these it is, the roles and the assembly decide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from store.models import Box, PageText
from store.pages.bylines import LEAD, read_own_line
from store.pages.characters import BLANKS, HAN, WIDE, ends_sentence, width
from store.pages.furniture import furniture_reason

NARROWEST = 18
"""Cells of the narrowest column a daily sets prose in."""
_HEADING = re.compile(r"^(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))")
_BULLET = re.compile(r"^[■◆●▲□◇○△▶►★☆◎※]")
_QUOTE = re.compile(r"^(?:>\s*|\*\*(?=\S)|__(?=\S))")
_GAP = re.compile(r"(?<=\S)[ \t\u00a0\u3000]+(?=\S)")
_WORD = re.compile(r"[A-Za-z0-9]")
_LATIN = re.compile(r"[A-Za-z]")
_NUMBER_CUT = re.compile(r"\d[-—–]?$")
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


@dataclass(frozen=True, slots=True)
class Layout:
    """How this page is set: `wrap` cells a hard-wrapped line (0: lines are paragraphs), `wide` counts cells, not
    characters; `step` cells between the blanks that stand for line ends inside a paragraph (0: none);
    `indented`: paragraphs open with blanks; `gap`: usual blank lines between pieces."""

    wrap: int = 0
    wide: bool = True
    step: int = 0
    indented: bool = False
    gap: int = 1


def measure(lines: tuple[str, ...]) -> Layout:
    """Find out how a page is set, from all its lines."""
    bare = [line.strip(BLANKS) for line in lines]
    pairs = [i for i in range(len(bare) - 1) if bare[i] and bare[i + 1]]
    indents = sum(1 for i, line in enumerate(lines) if bare[i] and _indent(line))
    if indents >= 2:
        pairs = [
            i for i in pairs if not _indent(lines[i + 1])
        ]  # an indented line opens a paragraph, whatever is above
    wrap, wide = _wrap_width(
        [lines[i].rstrip(BLANKS) for i in pairs if len(bare[i]) < 200], 2 if indents >= 2 else 4
    )
    gaps: Counter[int] = Counter()
    blank = 0
    for text in bare:
        if text:
            gaps[blank] += 1
            blank = 0
        else:
            blank += 1
    usual = -max((count, -gap) for gap, count in gaps.items() if gap)[1] if any(gaps) else 0
    return Layout(wrap, wide, _blank_step([text for text in bare if len(text) > 45]), indents >= 3, usual)


def _wrap_width(lines: list[str], enough: int) -> tuple[int, bool]:
    """The width at which most broken lines end, in cells or, if steadier, in characters."""
    if len(lines) < enough:
        return 0, True
    best = (0.0, 0, True)
    for wide in (True, False):
        sizes = Counter((width(line) if wide else len(line)) for line in lines if len(line) >= 8)
        if not sizes:
            return 0, True
        size = max(sizes, key=lambda s: sum(sizes[s - d] for d in range(3)) + s / 1000)
        share = sum(sizes[size - d] for d in range(3)) / len(lines)
        longer = sum(count for s, count in sizes.items() if s > size + 3)
        if size < (NARROWEST if wide else NARROWEST // 2) or longer > 0.2 * len(lines):
            continue
        best = max(best, (share, size, wide))
    return (best[1], best[2]) if best[0] >= 0.45 else (0, True)


def _blank_step(texts: list[str]) -> int:
    """The usual distance, in cells, between blanks inside long paragraphs: where the lines of the print ended."""
    runs: Counter[int] = Counter()
    total = 0
    for text in texts:
        total += len(text)
        for run in re.split(r"[ \u3000]+", text[:2000])[:-1]:
            runs[width(run)] += 1
    many = sum(runs.values())
    if many < 6 or not total or many / total < 0.025:
        return 0
    step = max(runs, key=lambda s: sum(runs[s + d] for d in (-2, -1, 0, 1, 2)) + s / 1000)
    near = sum(runs[step + d] for d in range(-4, 5))
    return step if step >= 12 and near >= 0.4 * many else 0


def _indent(line: str) -> int:
    head = line[: len(line) - len(line.lstrip(" \u3000\t\u00a0"))]
    if len(head) == len(line):
        return 0
    cells = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in head)
    return cells if cells >= 2 else 0


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


def split_chunks(page: PageText) -> tuple[Layout, list[Chunk]]:
    """All chunks of the page in file order, and how the page is set."""
    layout = measure(page.lines)
    chunks: list[Chunk] = []
    texts: list[str] = []
    lines: list[int] = []
    state = {"gap": 0, "indent": 0, "heading": 0, "opened": 0}

    def close() -> None:
        if not texts:
            return
        starts: list[tuple[int, int]] = []
        whole = ""
        parts: list[str] = []
        length = 0
        for text, line in zip(texts, lines, strict=True):
            if parts and _LATIN.match(parts[-1][-1]) and _LATIN.match(text[0]):
                parts.append(" ")
                length += 1
            starts.append((length, line))
            parts.append(text)
            length += len(text)
        whole = "".join(parts)
        if layout.step and len(texts) == 1:
            # a headline's halves are parted by a blank too: there only a blank right at the line's end goes
            whole = unwrap(whole, layout.step, slack=5 if len(whole) > 30 else 2)
        box = page.boxes[lines[0]] if lines[0] < len(page.boxes) else None
        chunks.append(
            Chunk(whole, tuple(starts), lines[-1], state["gap"], state["indent"], state["heading"], box)
        )
        texts.clear()
        lines.clear()

    gap = 0
    previous = ""
    for number, line in enumerate(page.lines):
        text = line.strip(BLANKS)
        if not text:
            gap += 1
            continue
        indent = _indent(line)
        heading = _HEADING.match(text)
        if heading:
            text = text[heading.end() :].strip(BLANKS) or text
        quote = _QUOTE.match(text)
        if quote and len(text) > quote.end():
            text = text[quote.end() :].removesuffix("**").removesuffix("__").strip(BLANKS) or text
        goes_on = (
            texts
            and not gap
            and not indent
            and not heading
            and not state["heading"]
            and layout.wrap
            and (_is_full(previous, layout) or _cuts_number(previous, text, layout))
            and not _BULLET.match(text)
            and not LEAD.match(text)
            and not (read_own_line(text) and _is_closed(previous) and "报道" not in text)
            and not _stands_alone(previous, text, page.lines[number + 1 : number + 2], layout)
            and not (len(texts) == 1 and len(chunks) < 4 and furniture_reason(previous))
            and not (number >= len(page.lines) - 5 and furniture_reason(text))
        )
        if not goes_on:
            close()
            state = {
                "gap": gap if chunks or gap else 0,
                "indent": indent,
                "heading": len(heading.group(1)) if heading else 0,
                "opened": number,
            }
        texts.append(text)
        lines.append(number)
        previous = line.rstrip(BLANKS)
        gap = 0
    close()
    return layout, chunks


def _stands_alone(line: str, following: str, beyond: tuple[str, ...], layout: Layout) -> bool:
    """Whether a sentence ends at the column's edge and the line below is a headline: the rest of a paragraph would be full or end in a stop, and
    below a headline a paragraph, a byline or a report's opening begins."""
    if (
        not ends_sentence(line)
        or following[-1] in "。！？!?…；;，,、：:”』"
        or len(following) <= 2
        or ends_sentence(following)
        or _is_full(following, layout)
        or not beyond
    ):
        return False
    below = beyond[0].strip(BLANKS)
    return bool(layout.indented and _indent(beyond[0])) or bool(LEAD.match(below)) or read_own_line(below)


def _is_closed(line: str) -> bool:
    """Whether no bracket or enumeration goes on into the next line."""
    return line[-1] not in "、，,（(：:" and max(line.rfind("（"), line.rfind("(")) <= max(
        line.rfind("）"), line.rfind(")")
    )


def _cuts_number(line: str, following: str, layout: Layout) -> bool:
    """Whether a line of some length ends inside a telephone number that the next one goes on with."""
    return bool(_NUMBER_CUT.search(line)) and following[0].isdigit() and width(line) >= layout.wrap


def _is_full(line: str, layout: Layout) -> bool:
    """Whether a line reaches the edge of its column, so that the next one goes on with it."""
    if len(line) > 4 * layout.wrap:
        return False
    size = width(line) if layout.wide else len(line)
    slack = 3 if layout.wide else 2
    if layout.wrap - slack <= size <= layout.wrap + 2:
        return True
    return (
        layout.wrap - 3 * slack < size < layout.wrap
        and not ends_sentence(line)
        and bool(WIDE.search(line[-1:]))
    )
