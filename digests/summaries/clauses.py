"""Sentences → clauses, and what each clause is there for; pure.

A clause ends at ，；： or at a stop, never inside quotes or brackets. Its `start` lies behind a dateline
(本报讯（记者 …）) and behind blanks; its `end` before the mark. Which clauses make a summary is left to
`digests/summaries/ranking.py` and `digests/summaries/summarizer.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digests.summaries.sentences import CLOSING, ENDS, Nesting, Sentence
from store.chinese.characters import HAN
from store.chinese.names import MEDIA, PAPERS

MARKS = "，,；;：:"
_CUTS = re.compile(
    "[" + re.escape(MARKS + "".join(sorted(ENDS))) + "]+[" + re.escape("".join(sorted(CLOSING))) + "]*"
)

# 本报讯（记者 张三）, 新华社太原5月3日电（记者…）, 本报记者 李四 王五 报道, （记者 张三）
DATELINE = re.compile(
    rf"(?:据?(?:{MEDIA}|[{HAN}]{{2,4}}(?:{PAPERS}|新闻网))"
    r"[^，。；：（(]{0,14}?(?:讯|电|消息)[\s　]*(?:[（(][^）)]{0,60}[）)])?"
    r"|[（(](?:本报|特约|实习)?(?:记者|通讯员)[^）)]{0,60}[）)])[\s　:：]*"
)
# The time alone: 7月24日上午， 近日， 今天（12月1日）
_DAY = r"(?:\d{1,4}年)?(?:\d{1,2}月份?)?(?:\d{1,2}(?:日|号)?(?:至|到|—|－|-)\d{1,2}[日号]|\d{1,2}[日号])?"
_HOUR = r"(?:凌晨|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|晚间|晚|夜间|一大早|\d{1,2}[时点：:]\d{0,2}分?许?|\d{1,2}点半?)"
_NEAR = (
    r"(?:当地时间|北京时间|今天|今日|昨天|昨日|明天|明日|当天|当日|同日|近日|日前|近期|近来|最近|连日来|目前|如今|近年来|"
    r"今年以来|今年|去年|当前|眼下|现在|此前|随后|前不久|不久前|截至目前|近几年|这几天|当晚|节日期间|假日期间|春节期间)"
)
TIME = re.compile(rf"(?:{_NEAR}|{_DAY})?(?:（[^）]{{1,12}}）|\([^)]{{1,12}}\))?{_DAY}{_HOUR}{{0,2}}")
_SAYS = (
    r"(?:表示|指出|强调|介绍说?|称|说|说道|认为|透露|宣布|告诉记者|获悉|了解到|提到|写道|发表声明|发布消息|发布公告|"
    r"坦言|感慨|回忆|看到|发现|补充|重申|显示|感叹|讲道|笑着说|问道|谈到|"
    r"(?<![新的、项份出个条各好])(?:要求|呼吁|公布|通报|报道|建议|解释|回应|声明|警告))"
)
SAYING = re.compile(rf"{_SAYS}(?:道|说|称)?$")
SOURCE = re.compile(
    r"(?:据|记者(?:[^，]{0,16})?从|从[^，]{2,30}(?:获悉|了解到)|来自[^，]{2,30}(?:消息|数据)|根据[^，]{0,30}(?:消息|通报|预报|统计|数据))"
)
# What ties a clause to the one before; the lookaheads keep 就业, 便民, 和顺县 and their like.
CONNECTIVE = re.compile(
    r"(?:与此同时|同时|此外|另外|而且|并且|但是?|然而|不过|因此|所以|于是|从而|其中|其次|再次|最后|接下来|下一步|"
    r"值得一提的是|不仅如此|除此之外|例如|比如|当然|总之|可见|由此|此次|对此|为此|届时|随后|之后|"
    r"也(?!门)|还(?![款原乡])|又|则|却|更(?![新换名])|都(?![江市城])|就(?![业医诊餐读地])|便(?![民利捷于])|才(?![能艺华])|"
    r"并(?![购网轨])|而(?!立)|且|以及|或(?!许)|及(?![时格])|和(?![平谐顺田美])|与|使得?(?![用馆命])|令|以(?:便|此|免|期|确保)|"
    r"[一二三四五]是|一方面|另一方面|首先|第[一二三四五六]，)"
)
PRONOUN = re.compile(
    r"(?:[他她它](?![乡国])|其(?![他它余])|这|那(?!曲)|此|该(?![县市])|我们|我(?![们市县区省国院校军方驻党州盟旗镇乡村])|[你咱您]|"
    r"自己|大家|双方|后者|前者)"
)
# A frame leaves the reader waiting for what happened in it: 随着…, 面对…, …之际, 以…为主题.
FRAME = re.compile(
    r"(?:虽然|尽管|因为|由于|为了?(?!.*(?:提供|贡献|奠定|注入|增添))|如果|若|随着|面对|围绕|针对|按照|根据|除了|当|经过|通过|"
    r"自[^，]*(?:起|以来)|从[^，]{2,}(?:看|起)$|在|作为|只要|无论|不管)"
    r"|.*(?:时|后|前|之际|的同时|以来|期间|以后|之后|之前|下|中|上|之年|为[^，]{0,8}(?:主题|目标|契机|抓手|重点|题))$"
    r"|.{0,12}[日月年]起$",
    re.DOTALL,
)
# So does half a sentence, but the subject of what follows stands in it: 县水利局为保障春灌, 这条路不仅….
HALF = re.compile(
    r".{1,16}为(?:了|切实|进一步|更好|全面|有效|深入|加强|加大|落实|推动|推进|确保|提升|提高|解决|维护|保障|方便|满足|丰富)"
    r"(?!.*(?:提供|贡献|奠定|注入|增添))"
    r"|.{0,20}(?:虽然?|尽管|不仅|不但|不光)(?!.*(?:而且|还|也|但))|.*之所以"
)

# What stands before a colon is a label up to this length, and says nothing without what follows.
LABEL_CHARS = 6
# A clause of its own that only ties is no longer than 值得一提的是.
LINK_CHARS = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause's place; `depth` is that of its deeper border, `role` what it does besides saying something.

    `role` is "says" (…表示), "source" (据…介绍, 记者从…获悉), "time" (7月24日上午), "frame" (随着…),
    "half" (县水利局为保障春灌), "link" (此外, 与此同时) or "".
    """

    start: int
    end: int
    depth: int
    role: str


def role_of(text: str) -> str:
    """What a clause without its mark is there for."""
    if TIME.fullmatch(text):
        return "time"
    if SOURCE.match(text):
        return "source"
    if SAYING.search(text):
        return "says"
    if len(text) <= LINK_CHARS and CONNECTIVE.match(text):
        return "link"
    if HALF.match(text):
        return "half"
    if FRAME.match(text):
        return "frame"
    return ""


def cut(text: str, sentence: Sentence, nested: Nesting, *, deep: bool = False) -> tuple[Clause, ...]:
    """The clauses of a sentence in order; with `deep` also those inside quotes."""
    start = sentence.start
    dateline = DATELINE.match(text, start, sentence.end)
    if dateline and dateline.end() < sentence.end:
        start = dateline.end()
    found: list[Clause] = []

    def close(end: int, after: int) -> None:
        nonlocal start
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            depth = max(nested.depths[start], nested.depths[end])
            found.append(Clause(start, end, depth, role_of(text[start:end])))
        start = after

    for mark in _CUTS.finditer(text, start, sentence.end):
        first, after = mark.span()
        if (
            mark.group()[0] in ":：,."
            and text[first - 1 : first].isdigit()
            and text[after : after + 1].isdigit()
        ):
            continue  # 8:30, 1,200
        if mark.group() in ("：", ":") and first - start <= LABEL_CHARS and not role_of(text[start:first]):
            continue  # 报名时间：11月20日
        while after > first + 1 and nested.depths[after] and text[after - 1] in CLOSING:
            after -= 1
        if nested.depths[after] and not deep:
            continue
        # A stop before a closing quote belongs to the quote: “好。” keeps it.
        end = after if text[after - 1] in CLOSING else first
        close(end, after)
    close(sentence.end, sentence.end)
    return tuple(found)
