"""Which paper, day and page a source is: from its path, else from its own text; pure.

Path forms (docs/cli.md): 运城日报/2024-08-05/03.txt · 运城日报/20240805/A03.pdf · 运城日报-2024-08-05-03.md ·
运城日报_2024年8月5日_第3版.txt · 2024-08/05/运城日报/3版.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from store.chinese import days
from store.chinese.characters import DIGITS, HAN
from store.chinese.names import PAPERS

_PAPER = re.compile(rf"[{HAN}]{{2,10}}?(?:{PAPERS}|新闻|报)(?![{HAN}])")
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_./年\s]\s*(\d{1,2})[-_./月\s]\s*(\d{1,2})日?|(\d\d)(\d\d))(?!\d)"
)
_NUMBER = re.compile(
    r"第\s*0*(\d{1,3})\s*版|(?<![\d年月])0*(\d{1,3})\s*版|(?:^|[-_\s])(?:[A-D]|[Pp](?:age)?[-_]?)?0*(\d{1,3})$",
    re.IGNORECASE,
)
_DEPTH = 6
"""How many folders up a path may tell something."""
_FIRST_LINES, _LAST_LINES = 12, 8
_MASTHEAD_LENGTH = 60
"""A line that tells day or page number is short; longer ones are prose."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a source; "" and None where it is not."""

    paper: str = ""
    day: date | None = None
    number: int | None = None

    def or_else(self, other: Identity) -> Identity:
        """This, with gaps filled from `other`."""
        return Identity(
            self.paper or other.paper,
            self.day or other.day,
            other.number if self.number is None else self.number,
        )


def from_path(parts: Sequence[str], *, known: Iterable[str] = ()) -> Identity:
    """What a path says; `parts` are its folders and last its file name without suffix."""
    known = sorted(known, key=len, reverse=True)
    joined = "/".join(parts[-_DEPTH:])
    day = _find_day(joined.replace("/", "-")) or _find_day(joined)
    paper = ""
    for part in reversed(parts[-_DEPTH:]):
        paper = next((name for name in known if name in part), "") or find_paper(part)
        if paper:
            break
    stem = parts[-1] if parts else ""
    without_day = _DAY.sub(" ", stem) if day else stem
    found = _NUMBER.search(without_day.strip())
    number = int(next(group for group in found.groups() if group)) if found else None
    return Identity(paper, day, number)


def from_text(lines: Sequence[str], *, known: Iterable[str] = ()) -> Identity:
    """What the page itself says, in the short lines at its head and foot."""
    ends = [
        line
        for line in [*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]]
        if 0 < len(line.strip()) <= _MASTHEAD_LENGTH
    ]
    found = Identity()
    for line in ends:
        line = _unspaced(line)
        masthead = bool(_DAY.search(line) or re.search(r"星期[一二三四五六日天]|第?\d+版|责编|主编", line))
        paper = next((name for name in known if name in line), "")
        if not paper and (masthead or _PAPER.fullmatch(line.strip("# 　"))):
            paper = find_paper(line)
        day = _find_day(line) if masthead and not re.search(r"本报讯|电（|记者", line) else None
        number = re.search(
            r"第\s*0*(\d{1,3})\s*版|^0*(\d{1,2})\s*版|版次[:：]\s*0*(\d{1,2})", line.strip("# 　")
        )
        jump = re.search(r"下转|上接|转第", line)
        found = found.or_else(
            Identity(paper, day, int(next(g for g in number.groups() if g)) if number and not jump else None)
        )
    return found


def find_paper(text: str) -> str:
    """The first name of a paper in a text, "" where there is none."""
    found = _PAPER.search(re.sub(r"(?<=报)(?=\d|第|星期)", " ", text))
    return found[0] if found and found[0] not in ("本报", "日报", "晚报") else ""


def _find_day(text: str) -> date | None:
    for found in _DAY.finditer(text.translate(DIGITS)):
        year, month, day, month2, day2 = found.groups()
        printed = days.make(int(year), int(month or month2), int(day or day2))
        if printed is not None:
            return printed
    return None


def _unspaced(line: str) -> str:
    """Blanks between characters of a masthead (运 城 日 报) say nothing."""
    return re.sub(rf"(?<=[{HAN}])[ 　]+(?=[{HAN}](?:[ 　]|$))", "", line.translate(DIGITS))
