"""What can be used or must be known: sentences with a date to come, hours, prices, phone numbers; pure.

A sentence counts when it offers or announces something (a closing, a free clinic, a course, vacancies) and says when,
where or how. What has happened already, in the past tense of a report, does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from digests.day.days import named
from digests.summaries.clauses import cut
from digests.summaries.quoting import quotes
from digests.summaries.sentences import Sentence, nesting, split
from store.models import Article, Quote, Span

MAX_CHARS = 90
MIN_CHARS = 12
LEAST = 2.0
"""Score from which a sentence is of use."""
MANY = 6
"""Sentences in a digest; at most two of an article."""

_SUBJECTS = (
    r"停水|停电|停气|停暖|停运|停诊|停止供[水电气暖]|暂停|封闭|禁行|禁止通行|禁止.{0,4}通行|交通管制|绕行|改道|限行",
    r"义诊|免费|优惠|半价|补贴|消费券|惠民|开放|体检|接种|坐诊|预约|挂号",
    r"讲座|公益课|培训班|托管班|夏令营|兴趣班|招生|报名|报考|填报|考试",
    r"招聘|招募|招工|招录|岗位",
    r"首班|末班|开通|发车|票价|售票|购票|门票|展览|展出|演出|开赛|开跑|举办",
    r"缴费|申领|申请|办理|认证|参保|领取|受理|年检|截止",
    r"预警|防范|注意|提醒",
)  # fmt: skip
_CLOSING = re.compile(_SUBJECTS[0])
_SUBJECT = re.compile("|".join(_SUBJECTS))
_PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-—－ ]?\d{7,8}|[2-8]\d{6,7}|400[-—－ ]?\d{3,4}[-—－ ]?\d{3,4}|95\d{3}|12\d{3}|1[12]\d)(?!\d|元|人|万|亿|余|多|\.)"
)
_PHONE_WORD = re.compile(r"电话|热线|拨打|咨询|微信|公众号|小程序|APP|网址|官网|邮箱")
_HOURS = re.compile(
    r"\d{1,2}[:：]\d{2}|\d{1,2}[时点]半?(?:\d{1,2}分)?(?:至|到|—|－|-|~|～|前|起)|(?:每天|每日|每晚|每周[一二三四五六日天末]|周[一二三四五六日天]|工作日|周末|闭馆)"
)
_PRICE = re.compile(
    r"\d+(?:\.\d+)?元(?:/|起|每|一|$|[，。；、）)])|每[斤公张人次份期科]{1,2}\d|票价|半价|(?:免费|不收取?).{0,6}(?:门票|入场|费)"
)
_FREE = re.compile(r"免费|不收|不要票")
_PLACE = re.compile(r"地[点址][:：为在]|(?:路|街|巷)\d+号|[一二三四五六七八九十\d]+楼|窗口")
_AHEAD = re.compile(
    r"将(?!军|领|士|来|信)|即日起|[日号天]起|截[至止到]|持续到|届时|敬请|请(?!假|求|来|到了)|欢迎|可(?:以|在|到|通过|凭|拨打|免费|前往|登录)|需(?!求)|须|提前|预计|计划|定于|拟|明[天日起]|后天|下周|今起|今日起|今天起"
)
_DONE = re.compile(
    r"共(?:接诊|为|有|计|发放|收到|服务)|(?:举办|举行|开展|完成|发放|接诊|接待|吸引|参加|达成|提供|办理|受理|建成|解决|培训)了|[演展唱讲走赢获取收送]出?了|了\d|人次|累计|已(?:经)?(?:于|完成|有|办|开展|累计)|以来|去年|曾|活动现场|圆满|落幕|告诉记者|接过|笑着|感慨"
)
_DAY = re.compile(r"\d{1,2}[日号]")


@dataclass(frozen=True, slots=True)
class Useful:
    """A sentence of use and how much: the more of what, when, how and how much it says, the more."""

    quote: Quote
    score: float


@lru_cache(maxsize=8192)
def useful(article: Article) -> tuple[Useful, ...]:
    """The sentences of use in an article, in its order."""
    text = article.text
    nested = nesting(text)
    about = bool(_SUBJECT.search(article.title)) or article.kind == "notice"
    found = []
    for sentence in split(text, nested=nested):
        start, end = _fitted(text, sentence)
        piece = text[start:end]
        score = _score(piece, day=article.day, about=about)
        if (
            score < LEAST
            or not MIN_CHARS <= end - start <= MAX_CHARS
            or nested.depths[start]
            or nested.depths[end]
        ):
            continue
        found += [Useful(quote, score) for quote in quotes(article, [Span(start, end, piece)])]
    return tuple(found)


def is_over(quote: Quote, *, printed: date, day: date) -> bool:
    """Whether all days that a sentence printed on one day names are past on another."""
    when = named(quote.span.text, printed)
    return bool(when) and max(when) < day


def _fitted(text: str, sentence: Sentence) -> tuple[int, int]:
    """The sentence's borders; of one too long, the run of whole clauses that says most of when and how."""
    nested = nesting(text[sentence.start : sentence.end])
    inner = Sentence(0, sentence.end - sentence.start, 0, 0)
    piece = text[sentence.start : sentence.end]
    clauses = [clause for clause in cut(piece, inner, nested) if clause.role not in ("source", "says")]
    if not clauses:
        return sentence.start, sentence.end
    if sentence.end - sentence.start <= MAX_CHARS:
        return sentence.start + clauses[0].start, sentence.end
    best: tuple[float, int, int] | None = None
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            start, end = clauses[first].start, clauses[last].end
            if end - start > MAX_CHARS:
                break
            worth = sum(
                1.0
                for sign in (_SUBJECT, _PHONE, _HOURS, _PRICE, _PLACE, _DAY, _AHEAD)
                if sign.search(piece, start, end)
            )
            key = (worth - (end - start) / 400, start, end)
            if best is None or key[0] > best[0]:
                best = key
    return (
        (sentence.start, sentence.end)
        if best is None
        else (sentence.start + best[1], sentence.start + best[2])
    )


def _score(piece: str, *, day: date, about: bool) -> float:
    offers = bool(_SUBJECT.search(piece))
    if not offers and not about:
        return 0.0
    when = named(piece, day)
    if when and max(when) < day:
        return 0.0
    phone = bool(_PHONE.search(piece) and _PHONE_WORD.search(piece))
    hours, price = bool(_HOURS.search(piece)), bool(_PRICE.search(piece))
    if not (phone or hours or price or when):
        return 0.0
    score = 1.5 if _CLOSING.search(piece) else 1.0
    score += 1.0 * phone + 0.7 * hours + 0.6 * price + 0.8 * bool(when)
    score += (
        0.4 * bool(_FREE.search(piece)) + 0.4 * bool(_PLACE.search(piece)) + 0.5 * bool(_AHEAD.search(piece))
    )
    return score - 1.5 * bool(_DONE.search(piece)) - 1.5 * (piece[0] in '“"「')
