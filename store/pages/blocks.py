"""Short lines that belong together: rows of a table, programmes and scores, stanzas of verse.

Each such block is one piece of a page: it is prose to the headline above it, and its lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.pages.bylines import LEAD, is_bare_names, is_credit, is_name, read_own_line
from store.pages.furniture import furniture_reason
from store.pages.measures import Line

_CELLS = re.compile(r"[ \t\u00a0\u3000│|]+")
_NUMBER = re.compile(
    r"^(?:[+\-−±≤≥<>（(＋－约第跌涨升降¥￥$]*\d[\d.,，:：∶/%％‰～~—–\-+×xX]*[\d%％‰期号届元角分万亿吨斤秒人次场轮升跌）)]*|[—–\-－…]{1,3}|[平无])$"
)
_TIMED = re.compile(
    r"^\d{1,2}[:：∶]\d{2}(?!\d)(?:[ \u3000]*[-—–～~至][ \u3000]*\d{1,2}[:：∶]\d{2})?[ \u3000]*\S"
)
_RESULT = re.compile(
    r"^(?=[^，。！？]{6,60}$)[^\d，。：:]{1,20}\d{1,3}[ \u3000]*[:：∶][ \u3000]*\d{1,3}(?:[ \u3000]*[（(][\d:：∶、;； \u3000-]{3,40}[）)])?[ \u3000]*[^\d，。：: \u3000（(][^\d，。]{0,19}$"
)
"""Two sides and the score between them, with the sets in brackets."""
_LABEL = re.compile(r"^[^，。：:]{2,14}[：:]$")
_DAY = re.compile(r"^(?:\d{1,2}月)?\d{1,2}日(?:[ \u3000]*[（(]?(?:星期|周)[一二三四五六日天][)）]?)?$")
_CLAUSE_END = re.compile(r"[，。；？！,;?!…]$")
_MARKED = re.compile(r"^[□◎◆■●▲△○◇★☆※#＊*【（(]|^[一二三四五六七八九十\d]{1,3}[、.．]")
_NO_VERSE = re.compile(r"\d{4}|\d[ 　]*版|详见|公告|声明|启事|通知|电话|[a-zA-Z]{3}")
_BRIEFS = re.compile(
    r"(?:短讯|简讯|快讯|短波|速览|速递|集纳|快报|一句话新闻|资讯|播报|点击|一览|榜|战报|简明新闻|预告|开奖)$"
)
_LISTED = re.compile(r"^[■●◆▲★□○◇△☆※]")
WIDEST = 16
"""A cell of a table has no more characters."""
VERSE = 20
"""A line of verse is no longer."""
LEAST_VERSE = 6
"""Fewer short lines below each other are headlines as well as not, unless every line ends in a mark."""
LEAST_STANZA = 4


def cells_of(text: str) -> list[str]:
    """The cells of a row."""
    return [cell for cell in _CELLS.split(text.strip(" \t\u3000|│")) if cell]


def tables_in(paragraphs: Sequence[str]) -> list[tuple[int, list[list[str]]]]:
    """The tables among an article's paragraphs: (index of the first row's paragraph, rows of cells)."""
    out: list[tuple[int, list[list[str]]]] = []
    at = 0
    while at < len(paragraphs):
        stop = at
        while stop < len(paragraphs) and _could_be_row(paragraphs[stop]):
            stop += 1
        rows = [cells_of(text) for text in paragraphs[at:stop]]
        if len(rows) >= 2 and _is_table(rows):
            out.append((at, rows))
        at = max(stop, at + 1)
    return out


def names_briefs(text: str) -> bool:
    """Whether a line names a list of briefs (体坛短波, 快讯)."""
    return len(text) <= 8 and bool(_BRIEFS.search(text))


def lists_briefs(head: str, below: str) -> bool:
    """Whether a line names a list of briefs and the text below it opens with a list's mark."""
    return names_briefs(head) and bool(_LISTED.match(below))


def find_blocks(lines: Sequence[Line], *, base: int, full: frozenset[int]) -> list[tuple[int, int]]:
    """The blocks of a page as half-open ranges of `lines`, in order; `full` are lines that the next goes on with."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        stop = _table(lines, at, base) or _programme(lines, at) or _verse(lines, at, base, full)
        if stop:
            out.append((at, stop))
            at = stop
        else:
            at += 1
    return out


def _could_be_row(text: str) -> bool:
    if len(text) > 80 or (" " not in text and "\u3000" not in text and "|" not in text and "│" not in text):
        return False
    cells = cells_of(text)
    return (
        len(cells) >= 3
        and max(map(len, cells)) <= WIDEST
        and "。" not in text
        and "，" not in text
        and text[-1] not in "：:、"
        and not read_own_line(text)
        and not is_credit(text)
        and not LEAD.match(text)
        and furniture_reason(text) not in ("staff line", "date line")
    )


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows with cells have numbers in them, or the same number of cells, or are nothing but names."""
    numbered = sum(any(_NUMBER.match(cell) for cell in row) for row in rows)
    if numbered >= max(2, 0.5 * len(rows)):
        return True
    if len(rows) >= 2 and all(len(row) >= 4 and sum(map(is_name, row)) >= 0.8 * len(row) for row in rows):
        return True
    counts = [len(row) for row in rows]
    return len(rows) >= 3 and min(counts) >= 4 and max(counts) - min(counts) <= 1


def _table(lines: Sequence[Line], start: int, base: int) -> int:
    """Where a table that begins here ends; 0 where none does."""
    stop = start
    rows: list[list[str]] = []
    while stop < len(lines):
        text = lines[stop].text
        if stop > start and lines[stop].gap > base + 2:
            break
        if _could_be_row(text):
            rows.append(cells_of(text))
        elif not (_DAY.match(text) and stop + 1 < len(lines) and _could_be_row(lines[stop + 1].text)):
            break
        stop += 1
    return stop if len(rows) >= 2 and _is_table(rows) else 0


def _programme(lines: Sequence[Line], start: int) -> int:
    """Where a programme or a list of results that begins here ends: a time or a score in each line, a day or a round above some."""
    stop = told = start
    while stop < len(lines) and len(lines[stop].text) <= 60:
        text = lines[stop].text
        if _TIMED.match(text) or _RESULT.match(text):
            told += 1
        elif not (
            (_LABEL.match(text) or _DAY.match(text))
            and stop + 1 < len(lines)
            and (_RESULT.match(lines[stop + 1].text) or _TIMED.match(lines[stop + 1].text))
        ):
            break
        stop += 1
    return stop if told >= start + 2 else 0


def _could_be_verse(line: Line) -> bool:
    text = line.text
    return (
        2 <= len(text) <= VERSE
        and text[-1] not in "：:"
        and not _MARKED.match(text)
        and not LEAD.match(text)
        and not is_credit(text)
        and not read_own_line(text)
        and not furniture_reason(text)
    )


def _verse(lines: Sequence[Line], start: int, base: int, full: frozenset[int]) -> int:
    """Where verse that begins here ends; 0 where none does."""
    if not _could_be_verse(lines[start]):
        return 0
    strict = _strict_verse(lines, start)
    if strict:
        return strict
    if lines[start].number in full:
        return 0
    stop = start + 1
    while (
        stop < len(lines)
        and _could_be_verse(lines[stop])
        and lines[stop - 1].number not in full
        and lines[stop].gap <= base
        and bool(lines[stop].indent) == bool(lines[start].indent)
    ):
        stop += 1
    parted = start == 0 or lines[start].gap > base
    closed = stop == len(lines) or lines[stop].gap > base
    if parted and closed and stop - start >= LEAST_STANZA and _is_free(lines[start:stop]):
        return stop
    if parted and closed and stop - start >= 2 and _beside_stanza(lines, start, stop, base, full):
        return stop
    if not (start and is_bare_names(lines[start - 1].text)):
        return 0
    # each line apart: only below a writer's name, and up to the next one's headline
    stop = start
    while stop < len(lines) and _could_be_verse(lines[stop]) and lines[stop].number not in full:
        if stop > start and is_bare_names(lines[stop].text):
            stop -= 1
            break
        stop += 1
    if (
        stop < len(lines)
        and not _could_be_verse(lines[stop])
        and not _CLAUSE_END.search(lines[stop - 1].text)
    ):
        stop -= 1  # the last short line above prose is its headline
    return stop if stop - start >= LEAST_VERSE and _is_free(lines[start:stop]) else 0


def _beside_stanza(lines: Sequence[Line], start: int, stop: int, base: int, full: frozenset[int]) -> bool:
    """Whether the lines right below, after a blank line, are a stanza too, and together they are enough."""
    after = stop
    while (
        after < len(lines)
        and _could_be_verse(lines[after])
        and lines[after].number not in full
        and (after == stop or lines[after].gap <= base)
    ):
        after += 1
    if after - stop < 2 or after - start < LEAST_STANZA + 1:
        return False
    return _is_free(lines[start:after]) and not any(is_bare_names(line.text) for line in lines[start:after])


def _is_free(lines: Sequence[Line]) -> bool:
    """Whether lines are of free verse's looks: short, few of them whole sentences or all ending in a mark, none a name."""
    texts = [line.text for line in lines]
    stops = sum(text[-1] in "。！？" for text in texts)
    marked = sum(bool(_CLAUSE_END.search(text)) for text in texts)
    return (
        sum(map(len, texts)) <= 14 * len(texts)
        and (stops <= 0.3 * len(texts) or (marked >= 0.9 * len(texts) and stops <= 0.6 * len(texts)))
        and not any(is_bare_names(text) or _NO_VERSE.search(text) for text in texts)
        and sum(" " in text or "\u3000" in text for text in texts) <= 0.4 * len(texts)
    )


def _strict_verse(lines: Sequence[Line], start: int) -> int:
    """Lines of one length that each end in a mark, as regulated verse is printed, or two such lines on one."""
    size = len(lines[start].text)
    if not _CLAUSE_END.search(lines[start].text) or size not in (5, 6, 7, 8, 12, 16):
        return 0
    stop = start
    while stop < len(lines) and len(lines[stop].text) == size and _CLAUSE_END.search(lines[stop].text):
        stop += 1
    need = 4 if size <= 8 else 2
    if stop - start < need or lines[stop - 1].text[-1] not in "。！？!?…":
        return 0
    middle = size // 2 - 1
    if size > 8 and not all(line.text[middle] in "，,。；？" for line in lines[start:stop]):
        return 0
    return stop
