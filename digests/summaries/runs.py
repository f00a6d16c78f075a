"""Clauses → runs of whole clauses that can stand alone, with their scores; pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digests.summaries.clauses import CONNECTIVE, PRONOUN, Clause
from digests.summaries.ranking import Matter, Pair, tokens
from digests.summaries.sentences import Nesting

# What a run keeps of its score for each flaw. Set by hand; the figures hardly move when one is changed by a fifth
# (docs/summaries.md), so their order matters and not their decimals.
# It begins in mid-sentence, behind a clause that may hold its subject.
LOST_SUBJECT = 0.65
# It opens with a tie or a pronoun (同时, 他, 这) whose other end is left out.
DANGLING = 0.55
# It stops behind a frame (随着…, …之际) whose news is left out.
HALF_SENTENCE = 0.5
# It holds who said so; it ends with who said so, and what was said is left out.
ATTRIBUTED = 0.75
ONLY_ATTRIBUTION = 0.2
# Its sentence sets a stage (`openings.prepares`); is a subhead.
STAGE = 0.4
HEADING = 0.3
# It is someone's words and nothing else.
QUOTED = 0.4
# It opens with the time alone.
DATED = 0.85
# Its verb only invites, listens or visits; urges without a subject; pledges; tells who sat there; says what holds
# everywhere.
IDLE = 0.6
URGING = 0.7
PLEDGE = 0.8
CEREMONY = 0.85
TRUISM = 0.6
# It is shorter than ENOUGH tokens; it chains clauses that average less than SLOGAN_CLAUSE tokens.
SHORT = 0.5
ENOUGH = 12
SLOGAN = 0.35
SLOGAN_CLAUSE = 7
# It has fewer than NEWS tokens that its title has not.
NOTHING_NEW = 0.75
NEWS = 8
ECHO = 0.5
ECHO_NEWS = 4
# What a pair is worth the second time: enough to stay with the subject, too little to repeat it.
AGAIN = 0.3
# No run of news has more clauses; without a bound a text of commas costs minutes.
MOST_CLAUSES = 12

_NAMES = re.compile(
    r"[市县区旗镇乡村](?![场里])|社区|街道|学校|小学|中学|大学|学院|公司|集团|医院|法院|检察院|公安|[局厅委办队站馆院所厂]|中心|基地|银行"
)
_COUNTS = re.compile(
    r"(?:\d|[一二三四五六七八九十百千万亿两]+)[\d.,]*[余多]?[万亿]?[余多]?"
    r"(?:个|名|位|人|户|亩|元|公里|平方|吨|项|次|场|件|家|岁|所|处|台|套|辆|公斤|斤|度|倍|天|年|小时|座|条|种|批|支|组|米|株|头|只|期|届)"
    r"|\d[\d.]*[%％]|百分之"
)
# Verbs without anyone who does it, as speeches and closing paragraphs chain them.
_URGING = re.compile(
    r"(?:要|必须|应当?|务必|坚持|切实|不断|持续|进一步|着力|努力|全力|积极|奋力|推动|推进|确保|加强|强化|落实|及时|深入|全面|扎实|共同|真正|牢固|以点带面)"
)
_QUOTED = re.compile(r"“[^”]{15,}”|「[^」]{15,}」|\"[^\"]{15,}\"")
_IDLE = re.compile(
    r"并?(?:邀请|介绍|听取|回答)|(?:近日，|日前，)?(?:记者|笔者)?(?:走进|来到|走访|探访)|记者(?:在|看到|了解|跟随)"
)


# How articles end: what will be done, further and earnestly.
_PLEDGE = re.compile(
    r"(?:将|[要会])(?:进一步|认真|持续|继续|不断|以此|深入|切实|全力|加强|坚持|始终|一如既往|努力|积极)"
)
_CEREMONY = re.compile(r"(?:主持|出席|参加|陪同)(?:了)?[^，。]{0,12}$")
# What came of it.
_RESULTS = re.compile(
    r"决定|关停|建成|投资|投入|投用|竣工|完工|完成|达到|领到|发放|实现|新增|累计|同比|开通|启用|补贴|补助|免费|减免|增收|收入|获得|荣获|"
    r"办起|成立|开工|开馆|开行|开业|恢复|造成|死亡|受伤|查处|罚款|上调|下调|降至|升至|增至|超过|突破"
)
# What holds of every county: … is an important part of ….
_TRUISM = re.compile(
    r"是[^，。]{0,30}(?:重要|关键|基础|根本|保障|前提|必然|法宝|检阅|体现|之举|源泉|基石|生命线|头等大事|永恒|试金石)[^，。]{0,10}$"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Whole clauses of one sentence; `quality` is what its borders leave of its score."""

    start: int
    end: int
    sentence: int
    pairs: frozenset[Pair]
    tokens: frozenset[str]
    size: int
    quality: float
    facts: int


@dataclass(frozen=True, slots=True)
class Taste:
    """What a span is wanted for.

    `ease` is the length, in tokens, that a reader is taken to expect beyond what a run has: the higher, the longer the
    runs. `fact` is what a run gains, under a known title, for naming a place or body, for a count, for a result: who,
    how much, what came of it. `strictness` says how much flaws count.
    """

    ease: float
    fact: float
    strictness: float


def whole(nested: Nesting, start: int, end: int) -> bool:
    """Whether quotes and brackets between these places close among themselves."""
    inside = nested.depths[start : end + 1]
    if not inside[0] == inside[-1] == min(inside):
        return False
    return bisect_left(nested.unmatched, start) == bisect_left(nested.unmatched, end)


def runs(
    text: str,
    clauses: Sequence[Clause],
    nested: Nesting,
    *,
    sentence: int,
    staged: bool,
    heading: bool,
    max_chars: int,
) -> Iterator[Run]:
    """The runs of a sentence's clauses that fit, each with its quality."""
    read = [tokens(text[clause.start : clause.end]) for clause in clauses]
    clean = True
    for first, opening in enumerate(clauses):
        if opening.role == "source" and first + 1 < len(clauses):
            continue
        gathered: list[str] = []
        quality = 1.0 if clean else LOST_SUBJECT
        head = text[opening.start : opening.start + 8]
        if CONNECTIVE.match(head) or PRONOUN.match(head):
            quality *= DANGLING
        if opening.role == "time":
            quality *= DATED
        if _IDLE.match(head):
            quality *= IDLE
        if _URGING.match(head):
            quality *= URGING
        if staged:
            quality *= STAGE
        if heading:
            quality *= HEADING
        attributed = False
        for last in range(first, min(first + MOST_CLAUSES, len(clauses))):
            closing = clauses[last]
            if closing.end - opening.start > max_chars:
                break
            gathered += read[last]
            attributed = attributed or closing.role in ("says", "source")
            if not gathered or not whole(nested, opening.start, closing.end):
                continue
            worth = quality
            if len(gathered) < ENOUGH:
                worth *= SHORT
            if closing.role in ("says", "source"):
                worth *= ONLY_ATTRIBUTION
            elif attributed:
                worth *= ATTRIBUTED
            if closing.role in ("frame", "half") and last < len(clauses) - 1:
                worth *= HALF_SENTENCE
            if _QUOTED.fullmatch(text, opening.start, closing.end):
                worth *= QUOTED
            if _TRUISM.search(text, opening.start, closing.end):
                worth *= TRUISM
            if _CEREMONY.search(text, opening.start, closing.end):
                worth *= CEREMONY
            if _PLEDGE.search(text, opening.start, closing.end):
                worth *= PLEDGE
            if last > first and len(gathered) < SLOGAN_CLAUSE * (last - first + 1):
                worth *= SLOGAN
            said = text[opening.start : closing.end]
            facts = bool(_NAMES.search(said)) + bool(_COUNTS.search(said)) + bool(_RESULTS.search(said))
            yield Run(
                opening.start,
                closing.end,
                sentence,
                frozenset(pairwise(gathered)),
                frozenset(gathered),
                len(gathered),
                worth,
                facts,
            )
        clean = clean and opening.role not in ("", "half")


def score(run: Run, matter: Matter, told: frozenset[Pair], heard: frozenset[str], taste: Taste) -> float:
    """What the run adds to what is told, over its length."""
    quality: float = run.quality**taste.strictness
    if matter.title:
        quality *= taste.fact**run.facts
        news = len(run.tokens - matter.title)
        if news < NEWS:
            quality *= NOTHING_NEW if news >= ECHO_NEWS else ECHO
    adds = matter.told(run.pairs - told, run.tokens - heard)
    if told:
        adds += AGAIN * (matter.told(run.pairs, run.tokens) - adds)
    return quality * adds / (run.size + taste.ease)
