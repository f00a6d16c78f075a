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
_GRAMMAR = frozenset("的了是在和与及有为共达约近超余多计名人位个各全其一这那将由把被已")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts: any value from `least` to `most` would be true to it.

    `context` are the pairs of characters around it, `anchor` the one nearest before it, else behind it.
    """

    unit: str
    least: float
    most: float
    anchor: str
    context: frozenset[str]
    span: Span


@lru_cache(maxsize=2048)
def counts(article: Article) -> tuple[Count, ...]:
    """The numbers of an article that count something."""
    text = article.text
    found = []
    for number in _NUMBER.finditer(text):
        least, most = _range(number)
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
        found.append(Count(_UNITS.get(unit, unit), least, most, anchor, frozenset(before + behind), span))
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
        others = [(other, _same_thing(count, other)) for other in papers[1:]]
        against = [
            (other, told)
            for other, told in others
            if told is not None and (told.most < count.least or told.least > count.most)
        ]
        if against and _same_thing(count, papers[0]) == count:
            sides = [*quotes(papers[0], [count.span])]
            for other, told in against:
                sides += quotes(other, [told.span])
            found.append(tuple(sides))
    return tuple(found[:MANY])


def _same_thing(count: Count, article: Article) -> Count | None:
    """The number of the article that counts the same, if one is clearly nearest."""
    near = sorted(
        (
            (len(count.context & told.context), -n)
            for n, told in enumerate(counts(article))
            if told.unit == count.unit and told.anchor in count.context and count.anchor in told.context
        ),
        reverse=True,
    )
    if not near or not near[0][0] or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return counts(article)[-near[0][1]]
