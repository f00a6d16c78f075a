"""Which days a notice holds on, as its sentence says: 11月20日至22日, 即日起至12月底, 本周六, 每周三; pure.

`store/places/dates.py` reads any date of an article, most of them past; here a day without a year lies ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

OPEN_DAYS = 14
"""How long 「11月20日起」 stays of use when no end is named."""
_FAR_DAYS = 400

_YEAR = r"(?:(?P<year>20\d{2})\s?(?:年|[-./])|(?P<said>今年|明年))"
_HEAD = r"(?<![\d.])"
DAY = re.compile(
    rf"{_HEAD}{_YEAR}?\s?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?:(?P<day>3[01]|[12]\d|0?[1-9])\s?(?:[日号]|(?=[（(至到\-—~～、]))|(?P<tail>底|末|中旬|上旬|下旬))"
    r"(?![线楼院店机馆车])"
    rf"|{_HEAD}(?P<dyear>20\d{{2}})[-./](?P<dmonth>1[0-2]|0?[1-9])[-./](?P<dday>3[01]|[12]\d|0?[1-9])(?![\d])"
    r"|(?<![\d.年/])(?P<pmonth>1[0-2]|0?[1-9])[./](?P<pday>3[01]|[12]\d|0?[1-9])(?=\s?(?:$|[—–~～－-]{1,2}\s?(?:20\d\d[./])?\d{1,2}[./]\d|至|到|起|前|截止|[日号]|[（(]?周|[（(]?星期|[上下]午|晚|早|中午|[、，]\d{1,2}\.\d{1,2}|[.。]?$|[）)]|\d{1,2}[:：]\d\d|[ 　]\d{1,2}\s?[:：]\s?\d\d))(?!元|米|万|亿)"
    r"|(?<![\d.年/])(?<=[—–~～－、-])(?P<rmonth>1[0-2]|0?[1-9])[.](?P<rday>3[01]|[12]\d|0?[1-9])(?![\d.]|[元米万亿%％倍个公厘平点])"
    r"|(?<=[间止期限][：:])\s?(?P<lmonth>1[0-2]|0?[1-9])[./](?P<lday>3[01]|[12]\d|0?[1-9])(?![\d%])"
    r"|(?P<yearend>20\d{2})\s?年(?:年)?底"
    r"|(?<![\d.、第月－—\-A-Za-z区院座路街巷道楼幢弄])(?P<bare>3[01]|[12]\d|0?[1-9])[日号](?![线楼院店机馆车门])"
    r"|(?P<word>今[天日晚起](?!年)|明[天日晚]|后天|即日|当[天日晚]|年底|月底|(?P<week>本周|这周|下周|下星期|本星期|(?<![每逢至到、\d])(?:周|星期))(?P<weekday>[一二三四五六日天末])(?!个|岁|刊|报|[至到、—-](?:周|星期)?[一二三四五六日]))"
)
_TO = re.compile(r"^[^。；，,]{0,22}?(?:至|到|[—–~～－-]{1,2})\s?$")
WEEKLY = re.compile(
    r"每(?:个)?(?:周|星期|逢周)([一二三四五六日天末](?:[至到、和及]?(?:每?周|星期)?[一二三四五六日天])*)|逢周([一二三四五六日天])"
)
_SINCE = re.compile(
    r"^(?:（[^）]*）|\([^)]*\))?\s?(?:(?:上午|下午|早|晚|凌晨|零时|\d{1,2}[时点:：]\d{0,2}分?)\s?)?(?:起|开始|始|以后|之后|后(?!勤|备))"
)
_UNTIL = re.compile(r"截[至止]|持续到|延续至|延长至|直至|止于|[至到]$|最迟|最晚|不晚于")
_BEFORE = re.compile(
    r"^(?:（[^）]*）|\([^)]*\))?\s?(?:[上下]午|晚上?|中午|凌晨)?\s?(?:\d{1,2}\s?[:：时点∶]\s?\d{0,2}分?)?(?:之?前(?!后|往|来|期)|以前|截止|为止|止|结束|到期)"
)
_NUMBERS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6, "末": 5}


@dataclass(frozen=True, slots=True)
class When:
    """The days of a sentence. `days` are all that are named, past ones included."""

    days: tuple[date, ...]
    first: date | None
    last: date | None
    is_open: bool
    deadline: bool
    weekdays: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """Where in the sentence the days stand."""


def find(text: str, printed: date) -> When:
    """The days named in a sentence of the paper of `printed`."""
    marks: list[tuple[int, int, date]] = []
    since, until, joined = False, False, []
    month, known = 0, 0
    for found in DAY.finditer(text):
        resolved = _resolved(found, printed, month, known, [day for *_, day in marks])
        if resolved is None:
            continue
        month, known = resolved.month, (resolved.year if found["year"] or found["dyear"] else known)
        before, after = text[: found.start()], text[found.end() :]
        if found[0] == "即日" and not re.match(r"起?\s?(?:至|到|[—–~～－-])", after) and DAY.search(after):
            continue  # 即日起报名 beside the day itself
        if found["week"] in ("周", "星期") and (since or marks or WEEKLY.search(text)):
            continue
        if _SINCE.match(after) or found[0] in ("今起", "即日"):
            since = True
        if _BEFORE.match(after) or _UNTIL.search(before[-5:]):
            until = True
        if marks and _TO.match(text[marks[-1][1] : found.start()]):
            joined.append(len(marks))
        marks.append((found.start(), found.end(), resolved))
    weekdays = tuple(sorted({n for found in WEEKLY.finditer(text) for n in _weekdays(found[1] or found[2])}))
    days = tuple(day for *_, day in marks)
    ahead = [day for day in days if day >= printed]
    first, last = _bounds(days, ahead, printed, since=since, until=until, joined=bool(joined))
    is_open = since and not until and not joined and len(set(days)) <= 1 and bool(days)
    if is_open:
        first, last = days[0], None
    return When(
        days,
        first,
        last,
        is_open,
        until and not joined and not since,
        weekdays,
        tuple((start, end) for start, end, _ in marks),
    )


def _bounds(
    days: tuple[date, ...],
    ahead: list[date],
    printed: date,
    *,
    since: bool,
    until: bool,
    joined: bool,
) -> tuple[date | None, date | None]:
    if not days:
        return None, None
    if joined or since:
        return min(days), max(days)
    if not ahead:
        return min(days), max(days)
    if until and len(set(ahead)) == 1:
        return None, ahead[0]
    return min(ahead), max(ahead)


def _weekdays(said: str) -> list[int]:
    numbers = [_NUMBERS[c] for c in said if c in _NUMBERS]
    if len(numbers) == 2 and re.search("[至到]", said) and numbers[0] < numbers[1]:
        return list(range(numbers[0], numbers[1] + 1))
    return [*numbers, 6] if "末" in said else numbers


def _resolved(
    found: re.Match[str], printed: date, month: int, known: int, earlier: list[date]
) -> date | None:
    if found["word"]:
        return _word(found, printed, earlier)
    if found["dyear"]:
        return _date(int(found["dyear"]), int(found["dmonth"]), int(found["dday"]))
    if found["yearend"]:
        return date(int(found["yearend"]), 12, 31)
    if found["tail"]:
        number = int(found["month"])
        year = int(found["year"] or 0) or _year(printed, number, 28)
        last = {"底": 31, "末": 31, "下旬": 31, "中旬": 20, "上旬": 10}[found["tail"]]
        return _date(year, number, min(last, monthrange(year, number)[1]))
    if found["bare"]:
        day = int(found["bare"])
        if month:
            base = earlier[-1]
            return _date(base.year, base.month, day)
        here = _date(printed.year, printed.month, day)
        if here is not None and here < printed - timedelta(days=15):  # 1日 in a paper of the 30th
            return _date(printed.year + printed.month // 12, printed.month % 12 + 1, day)
        return here
    number = int(found["month"] or found["pmonth"] or found["rmonth"] or found["lmonth"])
    day = int(found["day"] or found["pday"] or found["rday"] or found["lday"])
    year = int(found["year"] or 0) or {"今年": printed.year, "明年": printed.year + 1}.get(
        found["said"] or "", 0
    )
    return _date(year or known or _year(printed, number, day), number, day)


def _word(found: re.Match[str], printed: date, earlier: list[date]) -> date | None:
    word = found["word"]
    if found["week"]:
        number = 6 if found["weekday"] == "末" else _NUMBERS[found["weekday"]]
        monday = printed - timedelta(days=printed.weekday())
        if found["week"].startswith("下"):
            return monday + timedelta(days=7 + number)
        day = monday + timedelta(days=number)
        if earlier:  # 11月21日（周六）: the date has said it
            return None
        if found["week"] in ("周", "星期") and day < printed:
            return day + timedelta(days=7)
        return day
    if word[0] == "当":
        return None
    if word == "年底":
        return date(printed.year, 12, 31)
    if word == "月底":
        base = earlier[-1] if earlier else printed
        return date(base.year, base.month, monthrange(base.year, base.month)[1])
    return printed + timedelta(days={"今": 0, "即": 0, "明": 1, "后": 2}[word[0]])


def _year(printed: date, month: int, day: int) -> int:
    """The year that brings the day nearest to the paper."""
    options = [
        (abs((there - printed).days), there.year)
        for year in (printed.year - 1, printed.year, printed.year + 1)
        if (there := _date(year, month, day)) is not None
    ]
    return min(options)[1] if options else printed.year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def expiry(when: When, printed: date) -> date:
    """The last day on which the sentence is of use."""
    if when.is_open and when.first is not None:
        return max(when.first, printed) + timedelta(days=OPEN_DAYS)
    if when.last is not None:
        return min(when.last, printed + timedelta(days=_FAR_DAYS))
    return printed + timedelta(days=OPEN_DAYS)
