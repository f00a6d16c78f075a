"""Which paper, day and page a source is: from its path, else from its own text; pure.

Path forms (docs/cli.md): 运城日报/2024-08-05/03.txt · 运城日报/20240805/A03.pdf (B03.pdf is another page) · 运城日报-2024-08-05-03.md ·
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
from store.sources.labels import number_of

_PAPER = re.compile(rf"[{HAN}]{{2,10}}?(?:{PAPERS}|新闻|报)(?![{HAN}])")
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_./年\s]\s*(\d{1,2})[-_./月\s]\s*(\d{1,2})日?|(\d\d)(\d\d))(?!\d)"
)
_SECTION = r"(?:G?[A-HT])?"
"""Letters before a page's number: A03, B03, T01 (特刊), GA01."""
_NUMBER = re.compile(
    rf"第\s*({_SECTION}\d{{1,4}})\s*版|(?<![\dA-Z年月])({_SECTION}\d{{1,4}})\s*版"
    rf"|(?:^|[-_\s])(?:({_SECTION}\d{{1,4}})|P(?:age)?[-_]?({_SECTION}\d{{1,3}}))$",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"0[1-9]0[1-9]|0910|1[0-9]1[0-9]")
"""0607: the two pages of a spread, printed as one."""
_DEPTH = 6
"""How many folders up a path may tell something."""
_FIRST_LINES, _LAST_LINES = 12, 8
_MASTHEAD_LENGTH = 60
"""A line that tells day or page number is short; longer ones are prose."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a source; "" and None where it is not.

    `label` is the page's number as printed where it is more than a number (A03, 0607); A03 and B03 are two pages.
    """

    paper: str = ""
    day: date | None = None
    number: int | None = None
    label: str = ""

    def or_else(self, other: Identity) -> Identity:
        """This, with gaps filled from `other`."""
        return Identity(
            self.paper or other.paper,
            self.day or other.day,
            other.number if self.number is None else self.number,
            other.label if self.number is None else self.label,
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
    number, label = numbered(next(group for group in found.groups() if group)) if found else (None, "")
    return Identity(paper, day, number, label)


def numbered(printed: str) -> tuple[int | None, str]:
    """(number, label) of a page's number as printed: 03 → (3, ""), B03 → (103, "B03"), 0607 → (6, "0607"); None for none."""
    printed = printed.strip().upper()
    if printed.isdigit() and len(printed.lstrip("0")) <= 3 and not _spread(printed):
        return int(printed), ""
    if not _spread(printed) and not re.fullmatch(r"[A-Z]{1,3}\d{1,3}", printed):
        return None, ""
    return number_of(printed), printed


def following(label: str, pages: int) -> str:
    """The label so many pages later: A01 and 2 → A03; "" for a label that is no section's."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", label)
    return f"{found[1]}{int(found[2]) + pages:0{len(found[2])}d}" if found else ""


def _spread(printed: str) -> bool:
    return bool(_SPREAD.fullmatch(printed)) and int(printed[:2]) + 1 == int(printed[2:])


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
            rf"第\s*({_SECTION}\d{{1,4}})\s*版|^({_SECTION}\d{{1,2}})\s*版|版次[:：]\s*({_SECTION}\d{{1,2}})",
            line.strip("# 　"),
        )
        jump = re.search(r"下转|上接|转第", line)
        page = numbered(next(g for g in number.groups() if g)) if number and not jump else (None, "")
        found = found.or_else(Identity(paper, day, *page))
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
