"""Days and spans of days a text mentions, as printed and resolved against the edition's day; pure.

`近日`, `今年以来` and months without a year are no days; who asks for the edition's own day reads the page.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from store.chinese.characters import DIGITS, number
from store.models.pages import MentionedDate

_NUMBER = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?<![0-9０-９])[12１２][0-9０-９]{3}\s?年(?!代|来|前|后的)|[一二][〇○零一二三四五六七八九]{3}年(?!代)|今年|去年|前年|明年|当年|同年)"
_TAIL = r"(?:底|初|末|上旬|中旬|下旬)"
_MONTH_DAY = rf"{_NUMBER}\s?月\s?{_NUMBER}\s?[日号](?!线|楼|院|店|机|馆|车|风)"
_DAY = rf"(?:{_YEAR}的?\s?{_MONTH_DAY}|{_MONTH_DAY}|{_YEAR}的?\s?{_NUMBER}\s?月份?{_TAIL}?(?!\s?{_NUMBER}\s?[日号])|{_NUMBER}\s?月份?{_TAIL})"
_FULL_YEAR = r"(?:(?<![0-9０-９])[12１２][0-9０-９]{3}\s?年(?!代|来|前|后的|[初末底]?[，,]?\d{1,2}月)(?:[初末底])?|[一二][〇○零一二三四五六七八九]{3}年(?!代))"
_TO = r"\s?(?:至|到|—{1,2}|－{1,2}|-{1,2}|–|~|～)\s?"
_MENTION = re.compile(
    rf"(?P<span>{_DAY}(?:起)?{_TO}(?:{_DAY}|{_NUMBER}\s?[日号](?!楼)|{_NUMBER}月(?!\s?{_NUMBER})|今)|{_FULL_YEAR}{_TO}{_FULL_YEAR})|(?P<day>{_DAY}|{_FULL_YEAR})"
)
_PARTS = re.compile(
    rf"(?:(?P<year>[12][0-9]{{3}}|[一二][〇○零一二三四五六七八九]{{3}})年|(?P<said>今年|去年|前年|明年|当年|同年))?的?\s?"
    rf"(?:(?P<month>{_NUMBER})\s?月份?)?(?P<tail>{_TAIL})?(?:(?P<day>{_NUMBER})\s?[日号])?"
)


@dataclass(frozen=True, slots=True)
class _Written:
    """A day as written: 0 where a part is missing; `said` is 今年, 去年 …"""

    year: int
    said: str
    month: int
    day: int
    tail: str


def _written(text: str) -> _Written | None:
    found = _PARTS.fullmatch(text)
    if found is None:
        return None
    year, said, month, tail, day = (found[name] or "" for name in ("year", "said", "month", "tail", "day"))
    return _Written(
        number(year) if year else 0, said, number(month) if month else 0, number(day) if day else 0, tail
    )


def _year_of(written: _Written, edition: date | None, known_year: int) -> int:
    """The year meant, 0 when nothing tells it."""
    if written.year:
        return written.year
    if written.said in ("当年", "同年"):
        return known_year
    if written.said and edition is not None:
        return edition.year + {"今年": 0, "去年": -1, "前年": -2, "明年": 1}[written.said]
    if written.said or not written.month:
        return 0
    if known_year:
        return known_year
    if edition is None:
        return 0
    # A newspaper speaks mostly of what has happened: a day far ahead is last year's, one just over New Year is next.
    month_ahead = written.month - edition.month
    if month_ahead > 6:
        return edition.year - 1
    if month_ahead <= -10:
        return edition.year + 1
    return edition.year


def _range(written: _Written, year: int) -> tuple[date, date] | None:
    if not year:
        return None
    try:
        if not written.month:
            return date(year, 1, 1), date(year, 12, 31)
        length = monthrange(year, written.month)[1]
        if written.day:
            return date(year, written.month, written.day), date(year, written.month, written.day)
        first, last = {
            "": (1, length), "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length), "底": (21, length), "末": (21, length),
        }[written.tail]  # fmt: skip
        return date(year, written.month, first), date(year, written.month, last)
    except ValueError:  # 2月30日, as misread by a page's OCR
        return None


def _span(text: str, edition: date | None, known_year: int) -> tuple[date, date, int] | None:
    """First and last day of a mention as printed, and the year it settles for what follows."""
    pieces = [p.strip().removesuffix("起") for p in re.split(_TO, text.translate(DIGITS)) if p.strip()]
    begin = _written(pieces[0]) if pieces else None
    if begin is None:
        return None
    year = _year_of(begin, edition, known_year)
    first = _range(begin, year)
    if first is None:
        return None
    if len(pieces) == 1:
        return first[0], first[1], year
    if pieces[1] == "今":
        return (first[0], edition, year) if edition is not None else None
    end = _written(pieces[1])
    if end is None:
        return None
    if not end.month and end.day:
        end = _Written(end.year, end.said, begin.month, end.day, end.tail)
    end_year = (
        _year_of(end, edition, 0)
        if end.year or end.said
        else year + (1 if end.month and end.month < begin.month else 0)
    )
    last = _range(end, end_year)
    return (first[0], last[1], end_year) if last is not None and last[1] >= first[0] else None


def dates_in(texts: Iterable[str], edition: date | None) -> tuple[MentionedDate, ...]:
    """The days and spans the texts mention, in their order, each once."""
    found: dict[str, MentionedDate] = {}
    for text in texts:
        known_year, sentence_end = 0, 0
        for match in _MENTION.finditer(text):
            if re.search("[。！？]", text[sentence_end : match.start()]):
                known_year = 0
            sentence_end = match.end()
            printed = match[0].strip()
            span = _span(printed, edition, known_year)
            if span is not None and re.match(r"[12一二１２]", printed) and "年" in printed:
                known_year = span[2]
            if printed not in found or found[printed].first is None:
                found[printed] = MentionedDate(printed, span[0] if span else None, span[1] if span else None)
    return tuple(found.values())
