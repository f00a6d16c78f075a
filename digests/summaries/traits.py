"""What an editor sees in a sentence, and at each place where it might be cut: named traits between 0 and 1; pure.

What a trait is worth is in `digests/summaries/weights.py`; which sentences are taken is decided in
`digests/summaries/editor.py`. Traits name kinds of words (`digests/summaries/lexicon.py`), place, numbers and shape,
never a subject, so that they hold for articles of any kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digests.summaries.clauses import CONNECTIVE, Clause, cut
from digests.summaries.lexicon import marks
from digests.summaries.openings import heads, prepares
from digests.summaries.ranking import COMMON, tokens, weigh
from digests.summaries.sentences import Nesting, Sentence

# A number and what it counts.
COUNT = re.compile(
    r"(?:\d[\d.,·]*|[一二三四五六七八九十百千万亿两]+)[余多几]?[百千万亿]*[余多]?"
    r"(?:[个名位人户亩元里米吨项次场件家所处台套辆斤克度倍座条种批支组株头只期届盏棵册本盆篇盒份栋层间对张块袋艘架列节门口眼双副枚部款例起强万亿]"
    r"|美元|公里|平方|立方|公斤|小时|千瓦|毫米|厘米)|\d[\d.·]*[%％]|百分之"
)
_DAY = re.compile(r"\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|\d{1,2}日")
_NEAR = re.compile(
    r"日前|近日|最近|今天|今日|昨[天日晚]|今晚|截至|目前|如今|现在|今年|去年|春节|元旦|节日|本月|上月|近来|连日|新春|新年|[上本]周|新近|不久前|年[初底]|岁末|已"
)
_AGO = re.compile(
    r"[\d一二三四五六七八九十几多]+年[前代]|过去|以前|从前|当年|昔日|曾经|原来|本来|[\d〇一二三四五六七八九]{4}年"
)
POINTING = re.compile(
    r"[他她](?!乡|国|人)|它|其(?![他它余中次实])|该(?![如怎不])|此(?![外后前])|这(?!里)|那(?!曲)|上述|双方|[后前]者"
)
_SELF = re.compile(r"我(?![市县省区国校军院党州])|俺|咱|笔者|记者")
_OPEN = frozenset('“"「『‘')
_CLOSED = frozenset('”"」』’')
_VERB = re.compile(
    r"要|并|又|再|就|还|也|都|却|则|更|才|便|把|将|使|让|令|被|为|对|向|以|从|在|按|经|据|通过|采[取用]|组织|开展|探索|树立|坚持|注[重意]|[深强]化|加强|"
    r"充分|鼓励|引导|规[定范]|切实|催生|投[资入]|建立|完善|健全|围绕|针对|依托|结合|利用|定期|同时|明确|制定|[实推]行|实施|严格|积极|大力|不断|"
    r"进一步|努力|首先|优化|打造|推[动进]|培[养训]|[设创]|突出|聚焦|引进|先后|共|累计|已|只|正|曾|没|不|有|是"
)
_WHO = re.compile(
    r"[市县区省镇乡村局厅委院校厂司团会站所队社部处]|集团|中心|政府|农民|职工|群众|居民|学生|干部|专家|记者|书记|老人|教师|医生|民警|有关"
)
# How offices speak of their work without saying what was done.
_FORMULA = re.compile(
    r"把[^，。]{2,24}(?:作为|列为|摆在|放在|融入|同)|以[^，。]{2,24}为(?:依托|契机|抓手|主线|重点|目标|导向|基础|载体|基本|中心|龙头|核心|引领|本|主体)|"
    r"从[^，。]{2,16}(?:入手|着手|出发|抓起)|取得(?:了)?(?:[^，。]{0,4}(?:显著|丰硕|可喜|积极|明显|突出|重大|实质)|出色)|充分(?:发挥|利用|调动)|"
    r"多种(?:形式|方式|渠道)|(?:办|动)(?:实事|真情)|走出(?:了)?一条|形成(?:了)?[^，。]{2,20}(?:格局|局面|机制|体系|氛围)|受到(?:了)?[^，。]{2,20}(?:欢迎|好评|称赞|赞誉)|"
    r"得到(?:了)?[^，。]{2,20}(?:好评|认可|肯定|支持|提高|提升)|(?:呈现|展现|出现)(?:出|了)?[^，。]{0,8}(?:景象|气象|局面|态势|场面)|越来越"
)
# One among many, by age, kinship or as a villager.
_CASE = re.compile(
    r"\d{1,2}岁|[二三四五六七八九]十[一二三四五六七八九]?岁|村民(?![委们])[一-鿿]{2,3}|居民(?![区委们])[一-鿿]{2,3}|[大老][娘爷妈叔姐汉]|女士|先生|小伙|姑娘|老伴|"
    r"[他她我俺]家|一家人|夫妇|妻子|丈夫|儿子|女儿|一[位名户](?!.{0,6}[副记者])|有一次|一次，|一天，"
)
# A verb with what it brought about: 建成了…, 卖出…, 成为….
_DONE = re.compile(r"[了出到达成为][^了]{2,}$")
_FRAMED = re.compile(
    r"[为在经从以自当对就将把既由因除]|通过|随着|针对|围绕|按照|根据|面对|如果|只[要有]|虽然|尽管|不[仅但]"
)

SHORT, LONG = 18, 90
HEADING_CHARS = 14


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence with its clauses (behind the dateline) and its traits."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    start: int
    traits: dict[str, float]
    leaning: bool
    words: tuple[tuple[int, str], ...]


def see(plain: str, sentences: Sequence[Sentence], nested: Nesting, title: str) -> list[Seen]:
    """Every sentence of an article with its traits."""
    told = tokens(title)
    known = frozenset(told) - COMMON
    cuts = [cut(plain, sentence, nested) for sentence in sentences]
    starts = [
        clauses[0].start if clauses else sentence.start
        for sentence, clauses in zip(sentences, cuts, strict=True)
    ]
    bodies = [plain[start : sentence.end] for start, sentence in zip(starts, sentences, strict=True)]
    read = [tokens(body) for body in bodies]
    matter = weigh(read, title=told)
    centres = [matter.told(frozenset(pairwise(words)), ()) / (len(words) + 25) for words in read]
    shares = [len(known.intersection(words)) / max(4, len(known)) for words in read]
    counts = [min(len(COUNT.findall(body)), 4) / 4 for body in bodies]
    most, nearest, highest = max(counts, default=0) or 1, max(centres, default=0) or 1, max(shares, default=0)
    seen: list[Seen] = []
    plainly = 0
    paragraph = -1
    for index, (sentence, clauses, body) in enumerate(zip(sentences, cuts, bodies, strict=True)):
        words = tuple((starts[index] + at, name) for at, name in marks(body))
        found = Counter(name for _, name in words)
        size = len(body)
        traits = {
            name: min(found[name], 3) / 3
            for name in (
                "event",
                "result",
                "sum",
                "scene",
                "praise",
                "method",
                "vow",
                "opinion",
                "body",
                "background",
            )
        }
        count = counts[index]
        pointing = POINTING.search(body)
        before = body[: pointing.start()] if pointing else ""
        dangling = pointing is not None and (len(before) < 4 or not _WHO.search(before))
        quoted = body[:1] in _OPEN
        heading = heads(plain, sentence) or (size < HEADING_CHARS and index > 0)
        staged = any(
            map(
                prepares,
                {body, *(plain[c.start : sentence.end] for c in clauses[1:2] if clauses[0].role == "time")},
            )
        )
        bare = not count and not found["event"] and not found["result"]
        asks = "？" in body
        last = plain[sentences[index - 1].end - 1] if index else ""
        tied = any(at == starts[index] and name == "tie" for at, name in words)
        ornament = (
            staged
            or quoted
            or traits["scene"] > 0.6
            or heading
            or asks
            or (bare and (found["praise"] > 0 or found["opinion"] > 0))
            or body[:1] in "（("
        )
        first_words = plain[clauses[0].start : clauses[0].end] if clauses else ""
        traits |= {
            "first": float(index == 0),
            "first plain": float(not ornament and plainly == 0),
            "first and plain": float(index == 0 and not ornament),
            "last": float(index >= len(sentences) - 2 and len(sentences) > 3),
            "of many": min(len(sentences), 30) / 30,
            "opens paragraph": float(sentence.paragraph != paragraph),
            "dateline": float(starts[index] > sentence.start),
            "centre": centres[index] / nearest,
            "title": shares[index],
            "nearest title": shares[index] / highest if highest else 0.5,
            "numbers": count,
            "most numbers": count / most,
            "number and result": traits["result"] if count else 0.0,
            "event and body": traits["event"] * traits["body"],
            "neither": float(bare),
            "day": float(bool(_DAY.search(body[:30]))),
            "near": float(bool(_NEAR.search(body))),
            "ago": float(bool(_AGO.search(body))),
            "quoted": float(quoted),
            "in quotes": sum(1 for depth in nested.depths[starts[index] : sentence.end] if depth)
            / max(size, 1),
            "behind quote": float(last in _CLOSED and bool(last)),
            "asks": float(asks),
            "heading": float(heading),
            "bracketed": float(body[:1] in "（("),
            "staged": float(staged),
            "formula": min(len(_FORMULA.findall(body)), 2) / 2,
            "case": float(bool(_CASE.search(body))),
            "no subject": float(_subjectless(plain, clauses)),
            "short": float(size < SHORT),
            "long": float(size > LONG),
            "tie": float(tied),
            "points back": float(pointing is not None),
            "dangling": float(dangling),
            "verb first": float(bool(_VERB.match(body))),
            "nobody": float(not _WHO.search(first_words)),
            "self": float(bool(_SELF.search(body))),
            "behind semicolon": float(last == "；"),
        }
        if not ornament:
            plainly += 1
        paragraph = sentence.paragraph
        leaning = _leans(body, pointing, known) or last == "；"
        seen.append(Seen(sentence, clauses, starts[index], traits, leaning, words))
    return seen


def _subjectless(plain: str, clauses: Sequence[Clause]) -> bool:
    """Whether, behind time and circumstance, the sentence begins with its verb."""
    core = next(
        (clause for clause in clauses if clause.role not in ("time", "frame", "link", "source")), None
    )
    if core is None:
        return True
    words = plain[core.start : core.end]
    return bool(_VERB.match(words)) or any(
        at == 0 and name in ("event", "result", "method", "vow") for at, name in marks(words[:6])
    )


# 他, 她, 其 need someone before them; 该 and 上述 the thing they point at.
_SOMEONE = re.compile(
    r"[市县区省镇乡村局厅委院校厂司团会站所队社部处长]|集团|中心|政府|[农市村居]民|职工|群众|学生|孩子|干部|专家|记者|书记|主任|老人|教师|医生|民警|先生|女士|"
    r"企业|工人|战士|党员|选手|队员|演员|作家|教授|经理|大[娘爷妈叔姐]|[师奶爷]|[一-鿿]{2,3}(?:说|介绍|表示|告诉|认为)"
)


def _leans(body: str, pointing: re.Match[str] | None, known: frozenset[str]) -> bool:
    """Whether the sentence has 他, 其, 该, 此, 上述 and their noun stands neither before them nor, for 该, in the title."""
    if not pointing:
        return False
    word, before = pointing.group(), body[: pointing.start()]
    if word == "该":
        thing = body[pointing.end() : pointing.end() + 1]
        return thing not in before and thing not in known
    if word in "他她它其":
        return not _SOMEONE.search(before)
    if word in ("此", "上述", "双方", "后者", "前者"):
        return len(before) < 4
    return len(before) == 0


def endings(
    plain: str, sight: Seen, clauses: Sequence[Clause], index: int, start: int, end: int
) -> dict[str, float]:
    """The traits of stopping behind a clause, where the text from `start` to `end` could be shown."""
    closing, after = clauses[index], clauses[index + 1]
    shown, rest = plain[start : closing.end], plain[closing.end : end]
    clause = plain[closing.start : closing.end]
    following = plain[after.start : after.end]
    told_at = [(at, name) for at, name in sight.words if name in ("event", "result") and start <= at < end]
    last = Counter(name for at, name in told_at if closing.start <= at < closing.end)
    whole = Counter(name for at, name in told_at if at < closing.end)
    left = Counter(name for at, name in told_at if at >= closing.end)
    counted = COUNT.search(clause)
    counts, counts_left = bool(COUNT.search(shown)), bool(COUNT.search(rest))
    framed, done = bool(_FRAMED.match(clause)), bool(_DONE.search(clause))
    told, told_left = whole["result"] + whole["event"] > 0, left["result"] + left["event"] > 0
    return {
        "role": float(closing.role != ""),
        "bare": float(not counted and not last["event"] and not last["result"]),
        "first": float(closing.start <= start),
        "number": float(bool(counted)),
        "number left": float(counts_left),
        "all numbers left": float(counts_left and not counts),
        "all told left": float(told_left and not told),
        "framed only": float(framed and not done),
        "formula": float(bool(_FORMULA.search(shown)) and not counts),
        "short": float(len(shown) < SHORT),
        "done": float(done),
        "share": len(shown) / max(1, len(shown) + len(rest)),
        "left": min(len(rest), 80) / 80,
        "tiny": float(len(clause) < 7),
        "shown": min(len(shown), 80) / 80,
        "result": min(whole["result"], 2) / 2,
        "result left": min(left["result"], 2) / 2,
        "event": min(whole["event"], 2) / 2,
        "new subject": float(bool(_WHO.search(following[:6]))),
        "who": float(bool(_WHO.search(shown))),
        "tied on": float(bool(CONNECTIVE.match(following))),
    }
