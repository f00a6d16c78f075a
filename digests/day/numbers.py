"""Numbers on which papers disagree about one story, side by side and never resolved; pure.

Two numbers are of one thing when they count the same and stand among the same words; they disagree when no number
could be both, roundings (余, 多, 近, 约, 1.2万) allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digests.summaries.quoting import quotes
from store.chinese.characters import HAN, pairs
from store.models import Article, Quote, Span

MANY = 3
BEFORE = 10
AFTER = 4
QUOTED = 24
_NUMBER = re.compile(
    r"(?P<before>近|约|超|逾|超过|不到|大约)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[万亿千百]{0,2})"
    r"(?P<after>余|多|左右)?(?P<unit>人次|平方米|平方公里|立方米|公里|千米|毫米|公斤|公顷|万元|亿元|车次|辆次|名|人|位|户|家|元|亩|吨|斤|米|辆|台|套|件|所|座|间|岁|处|起|场|项|%)"
)
_UNITS = {"名": "人", "位": "人", "千米": "公里", "辆次": "辆", "车次": "辆"}
_SCALES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}
_MARKS = re.compile(r"[，。；：！？、,;:!?\n（）()“”]")
_HAN = re.compile(f"[{HAN}]+")
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_SCOPE_BEFORE = 60
_YEAR = re.compile(r"去年|上年|前年|往年|明年|同期|20\d\d年(?!\d{1,2}月)")
_AIM = re.compile("计划|目标|预计|力争|拟|规划|将(?!军)|争取|到20\\d\\d年|设计")
_PART = re.compile("其中|一期|二期|三期|首批|第二批|同比|增长|增加了|平均|日均|每[天日月年户人亩]|人均|累计")
_SPAN = re.compile(
    "首日|当[天日晚]|[一二两三四五六七八九十\\d]+天|首周|上半年|下半年|[一二三四]季度|前[一二三四五六七八九十\\d]+个?月|全年|周末"
)
_GRAMMAR = frozenset("的了是在和与及有为共达约近超余多计名人位个各全其一这那将由把被已")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts: any value from `least` to `most` would be true to it.

    `context` are the pairs of characters around it, `anchor` the one nearest before it, else behind it; `near`
    what stands right beside it. `limits` are year, aim and part (must be equal), `period` the days it is of, named last before it (must not differ).
    """

    unit: str
    least: float
    most: float
    anchor: str
    context: frozenset[str]
    near: frozenset[str]
    limits: frozenset[str]
    period: frozenset[str]
    span: Span


@lru_cache(maxsize=2048)
def counts(article: Article) -> tuple[Count, ...]:
    """The numbers of an article that count something."""
    text = article.text
    found = []
    for number in _NUMBER.finditer(text):
        least, most = _range(number)
        if text[number.end() : number.end() + 1] == "半":  # 4米半
            least, most = least + 0.5, most + 0.5
        clause = max(
            (mark.end() for mark in _MARKS.finditer(text, max(number.start() - 60, 0), number.start())),
            default=0,
        )
        start = max(clause, number.start() - BEFORE)
        stop = _MARKS.search(text, number.end())
        end = min(stop.start() if stop else len(text), number.end() + AFTER)
        before, behind = _pairs(text[start : number.start()]), _pairs(text[number.end() : end])
        anchor = before[-1] if before else behind[0] if behind else ""
        shown = clause if number.end() - clause <= QUOTED else start
        unit = number["unit"]
        span = Span(shown, number.end(), text[shown : number.end()])
        since = max(
            (
                mark.end()
                for mark in _SENTENCE.finditer(text, max(number.start() - _SCOPE_BEFORE, 0), number.start())
            ),
            default=max(number.start() - _SCOPE_BEFORE, 0),
        )
        said = text[since : number.start()]
        found.append(
            Count(
                unit=_UNITS.get(unit, unit),
                least=least,
                most=most,
                anchor=anchor,
                context=frozenset(before + behind),
                near=_beside(text[start : number.start()], text[number.end() : end]),
                limits=frozenset(told for kind in (_YEAR, _PART) for told in kind.findall(said))
                | ({"aim"} if _AIM.search(text[clause : number.start()]) else frozenset())
                | ({"from"} if text[: number.start()].endswith(("由", "从")) else frozenset()),
                period=frozenset(_SPAN.findall(said)[-1:]),
                span=span,
            )
        )
    return tuple(found)


def _range(number: re.Match[str]) -> tuple[float, float]:
    digits = number["digits"].replace(",", "")
    scale = 1.0
    for sign in number["scale"]:
        scale *= _SCALES[sign]
    value = float(digits) * scale
    places = len(digits.partition(".")[2])
    # The last digit given that is not a trailing zero: 1200 is rounded to hundreds if it is rounded.
    step = scale * 10**-places if places else scale * 10 ** (len(digits) - len(digits.rstrip("0") or "0"))
    if number["after"] in ("余", "多") or number["before"] in ("超", "逾", "超过"):
        return value, value + step
    if number["before"] in ("近", "不到"):
        return value - step, value
    if number["before"] or number["after"] or scale > 1:
        return value - step / 2, value + step / 2
    return value, value


def _beside(before: str, behind: str) -> frozenset[str]:
    """The last character before a number and the first word behind it: what it is a measure of."""
    told = [character for run in _HAN.findall(before) for character in run if character not in _GRAMMAR]
    after = "".join(_HAN.findall(behind))[:2]
    return frozenset([*told[-1:], *([after] if len(after) == 2 else [])])


def _pairs(text: str) -> list[str]:
    return [pair for run in _HAN.findall(text) for pair in pairs(run) if _GRAMMAR.isdisjoint(pair)]


def differing(articles: Sequence[Article]) -> tuple[tuple[Quote, ...], ...]:
    """For each thing on which papers disagree, a quote of each of the papers, in the order of the articles."""
    first_of_paper: dict[str, Article] = {}
    for article in articles:
        first_of_paper.setdefault(article.paper, article)
    papers = list(first_of_paper.values())
    if len(papers) < 2:
        return ()
    found: list[tuple[Quote, ...]] = []
    for count in counts(papers[0]):
        others = [(other, same_thing(count, other)) for other in papers[1:]]
        against = [
            (other, told)
            for other, told in others
            if told is not None
            and (told.most < count.least or told.least > count.most)
            and not _is_told(count, other)
        ]
        if against and same_thing(count, papers[0]) == count:
            sides = [*quotes(papers[0], [count.span])]
            for other, told in against:
                sides += quotes(other, [told.span])
            found.append(tuple(sides))
    return tuple(found[:MANY])


def _is_told(count: Count, article: Article) -> bool:
    """Whether the article has the number too, for another clause's words."""
    return any(
        other.unit == count.unit and other.least <= count.most and other.most >= count.least
        for other in counts(article)
    )


def same_thing(count: Count, article: Article) -> Count | None:
    """The number of the article that counts the same, if one is clearly nearest.

    The words beside them must meet, or it is the only number of its unit and stands near one character of the other.
    """
    told = counts(article)
    same_unit = [other for other in told if other.unit == count.unit]
    near = []
    for n, other in enumerate(told):
        if other.unit != count.unit or other.limits != count.limits:
            continue
        if count.period and other.period and not count.period & other.period:
            continue
        beside = other.anchor in count.context and count.anchor in other.context
        alone = len(same_unit) == 1 and bool(count.near & other.near)
        if beside or alone:
            near.append((len(count.context & other.context) + alone, -n))
    near.sort(reverse=True)
    if not near or not near[0][0] or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return told[-near[0][1]]
