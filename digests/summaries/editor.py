"""Sentences → the one or two an editor would print, whole or cut where the news is told; pure.

Each sentence has three odds, from its traits: that it tells the news, that it spoils an item, that it hangs on a
neighbour; each place where it might be cut has the odds of being a fair stop. What is taken is what most likely makes a
good item: something told, nothing spoiled, nothing hanging. What no item may have is refused whatever the odds:

- a span that begins with 的, 得益于, 其中 or 还, or behind the clause that says who speaks or on what condition;
- a line that ends where the reader waits for what was said, seen or known;
- 他, 其, 该, 此, 上述 without their noun, unless the sentence before is taken too;
- someone's words alone; a rule cut from its condition; a subhead or by-line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from digests.summaries.ranking import tokens
from digests.summaries.runs import whole
from digests.summaries.sentences import Nesting, Sentence, nesting, split, widen
from digests.summaries.traits import Seen, endings, see
from digests.summaries.weights import CONSTANT, ENDING_CONSTANT, ENDINGS, TRAITS

# What a spoiled item costs beside a good one; what each told number, name and word of the title adds; what it adds to
# tell all of the headline.
SPOILED = 0.4
TOLD = 0.2
HEADED = 0.2
# A line that has the whole headline in it is worth e times as much: what the paper printed on top is the news.
LINE_HEADED = 1.0
# A headline has at least so many pairs of characters: one word of a short one is not a third of the news.
HEADLINE_PAIRS = 3
# A line whose odds are below this is worse than the printed headline.
LINE_LEAST = 0.15
# A second sentence must be worth more than this, less than nothing for the facts in it, and be at least so long.
WORTHWHILE = -0.05
LEAST_CHARS = 10
# With so many sentences the best item is made; with more, as many as are sound.
FEW = 2
# A cut sentence is a little worse than a whole one; a circumstance left off (春节前夕，) costs a little too.
CUT = 0.97
LEFT_OFF = 0.9
# What is left out behind a cut is read so far.
LOOK_AHEAD = 200
# Pairs are looked for among so many first sentences.
FIRST_CHOICES = 10
# A sentence whose odds of spoiling are above this is no second sentence, nor is one without a number, event or result.
MOST_SPOILED = 0.3
# A line stands alone: of a sentence that may hang or spoil less is thought.
LINE_SPOILED, LINE_HUNG = 0.3, 0.3

_NEVER_FIRST = re.compile(r"的|得益于|其中|还(?![款原乡])")
# Who said so is nobody: it may go, what was said stays.
_HEARSAY = re.compile(
    r"(?:据悉|据了解|据介绍|据统计|据不完全统计|据初步(?:统计|查实)|据有关(?:部门|方面)(?:统计|介绍)|(?:\d{1,2}月\d{1,2}日，)?(?:近日，|日前，)?"
    r"记者[^，：。]{0,24}(?:获悉|了解到)|另悉)[，：]"
)
_CONDITION = re.compile(
    r"只要|只有|如果|要是|倘若|假如|若[^干]|一旦|除非|除[^了夕名]|除了|虽然?|尽管|即使|即便|无论|不论|不管|不仅|不但|不光|与其|凡"
)
_ANSWER = re.compile(r"就|便|则|才|但|却|也|还|而|都|均|并且|均可|外|可|一律|不")
# Behind these the reader waits for what was said, seen or known: no line ends here.
_WAITING = re.compile(
    r"(?:说|表示|介绍|认为|告诉[^，]{0,6}|透露|指出|强调|反映|称|宣布|要求|提醒|据悉|获悉|了解到|得知|看到|发现|披露|显示|表明|提出|觉得|听说)$"
)
_WAITING_ROLES = frozenset(("says", "source", "time", "half", "link"))
_SPEECH = re.compile(r"说|表示|介绍|指出|强调|认为|告诉|透露|坦言|称|反映|宣布|提醒|要求|写道|道")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence or its beginning, with its odds.

    `headed` has a bit for each pair of the headline's characters in it; `bare` is a sentence without number, event or result.
    """

    sentence: int
    start: int
    end: int
    tells: float
    spoils: float
    hangs: float
    fair: float
    worth: float
    leaning: bool
    headed: int
    bare: bool = False


def edit(
    plain: str,
    sentences: Sequence[Sentence],
    nested: Nesting,
    *,
    title: str,
    max_sents: int,
    max_chars: int,
) -> list[tuple[int, int]]:
    """The places of the chosen spans in order; none where every sentence is refused."""
    return [
        (choice.start, choice.end) for choice in choose(plain, sentences, nested, title, max_sents, max_chars)
    ]


def choose(
    plain: str, sentences: Sequence[Sentence], nested: Nesting, title: str, max_sents: int, max_chars: int
) -> list[Choice]:
    """The same with their odds."""
    seen = see(plain, sentences, nested, title)
    headline = _headline(title)
    choices = [choice for sight in seen for choice in _choices(plain, sight, nested, max_chars, headline)]
    alone = [choice for choice in choices if not choice.leaning]
    if not alone or max_sents < 1:
        return []
    pairs = max(len(headline), HEADLINE_PAIRS)
    if max_sents == 1:
        return [max(alone, key=lambda choice: _line(choice) * exp(LINE_HEADED * _headed([choice]) / pairs))]

    def worth(items: Sequence[Choice]) -> float:
        return _value(items) + HEADED * _headed(items) / pairs

    ranked = sorted(alone, key=lambda choice: -worth((choice,)))
    best, value = [ranked[0]], worth(ranked[:1])
    for more in range(2, max_sents + 1):
        firsts: list[list[Choice]] = [[choice] for choice in ranked[:FIRST_CHOICES]] if more == 2 else [best]
        longer = [
            sorted([*first, choice], key=lambda one: one.start)
            for first in firsts
            for choice in choices
            if _adds(first, choice)
            and choice.end - choice.start >= LEAST_CHARS
            and all(choice.sentence != one.sentence for one in first)
            and sum(one.end - one.start for one in first) + choice.end - choice.start <= max_chars
        ]
        sound = [items for items in longer if _sound(items)]
        chosen = max(sound, key=worth, default=best)
        # Who asks for more than two sentences is told more than the two that make the best item.
        if chosen is best or (max_sents <= FEW and worth(chosen) <= value + WORTHWHILE):
            break
        best, value = chosen, worth(chosen)
    return best


def line(text: str, title: str, max_chars: int) -> tuple[int, int] | None:
    """The place of the one span that may stand for a text alone; None where the printed headline says it better."""
    plain = widen(text)
    nested = nesting(plain)
    best = choose(plain, split(plain, nested=nested), nested, title, 1, max_chars)
    return (best[0].start, best[0].end) if best and _line(best[0]) >= LINE_LEAST else None


def _headline(title: str) -> dict[str, int]:
    """Each pair of neighbouring characters of a headline with a bit of its own."""
    words = "".join(title.split())
    return {pair: 1 << bit for bit, pair in enumerate(dict.fromkeys(map("".join, pairwise(words))))}


def _headed(items: Sequence[Choice]) -> int:
    """How many of the headline's pairs the items have together."""
    told = 0
    for item in items:
        told |= item.headed
    return told.bit_count()


def _adds(first: Sequence[Choice], choice: Choice) -> bool:
    """Whether the weaker of two sentences, or a further one, may stand beside what is told already."""
    further = choice
    if len(first) == 1:
        further = min(first[0], choice, key=lambda one: one.tells * one.fair - SPOILED * one.spoils)
    return further.spoils < MOST_SPOILED and not further.bare


def _sound(items: Sequence[Choice]) -> bool:
    """Whether each sentence that leans on the one before stands behind it, shown to its end or not."""
    places = {item.sentence for item in items}
    return all(not item.leaning or item.sentence - 1 in places for item in items)


def _line(choice: Choice) -> float:
    stands = float((1 - choice.spoils) ** LINE_SPOILED * (1 - choice.hangs) ** LINE_HUNG)
    return choice.tells * choice.fair * stands


def _value(items: Sequence[Choice]) -> float:
    """How likely the item is good, less how likely it is poor, and what it tells."""
    clean: float = 1.0
    unspoiled: float = 1.0
    nothing: float = 1.0
    worth = 0.0
    previous = -2
    for item in items:
        hangs = item.hangs * (0.1 if item.sentence == previous + 1 else 1.0)
        clean *= (1 - item.spoils) * (1 - hangs) * item.fair
        unspoiled *= 1 - item.spoils
        nothing *= 1 - min(0.97, item.tells / max(1e-6, (1 - item.spoils) * (1 - item.hangs)))
        worth += item.worth
        previous = item.sentence
    value: float = clean * (1 - nothing) - SPOILED * (1 - unspoiled * (1 - nothing**1.5)) + TOLD * worth
    return value


def _choices(
    plain: str, sight: Seen, nested: Nesting, max_chars: int, headline: Mapping[str, int]
) -> Iterator[Choice]:
    """The sentence whole, behind its circumstance, and as far as each of its clauses; nothing where it is refused."""
    clauses, last = sight.clauses, sight.sentence.end
    while last > sight.start and plain[last - 1] in "。；！？，：":
        last -= 1
    start = sight.start
    hearsay = _HEARSAY.match(plain, start, last)
    if (
        hearsay
        and last - hearsay.end() > LEAST_CHARS
        and nested.depths[hearsay.end()] == nested.depths[start]
    ):
        start = hearsay.end()
    if refused(plain, start, last, sight, nested) or not tokens(plain[start : min(last, start + max_chars)]):
        return
    tells, spoils, hangs = _odds(sight.traits)
    worth = sight.traits["numbers"] + 0.5 * sight.traits["title"] + 0.5 * sight.traits["body"]
    bare = sight.traits["neither"] > 0
    ahead = [clause for clause in clauses if clause.start >= start]
    # The bits of the headline's pairs, each with where it stands first.
    said = [(plain.find(pair, start, last), bit) for pair, bit in headline.items()]
    begins = [(start, 1.0)]
    for index, clause in enumerate(ahead[:-1]):
        if clause.role not in ("time", "frame", "link") or clause.end - clause.start > 30:
            break
        if _CONDITION.search(plain, clause.start, clause.end):
            break
        after = ahead[index + 1].start
        if nested.depths[after] != nested.depths[start]:
            break
        begins.append((after, LEFT_OFF ** (index + 1)))
    for begin, share in begins:
        if begin != start and _NEVER_FIRST.match(plain, begin):
            continue
        if last - begin <= max_chars and whole(nested, begin, last):
            headed = sum(bit for at, bit in said if at >= begin)
            yield Choice(
                sight.sentence.index,
                begin,
                last,
                tells,
                spoils,
                hangs,
                share,
                worth,
                sight.leaning,
                headed,
                bare,
            )
        shown = [clause for clause in ahead if clause.start >= begin]
        for index, clause in enumerate(shown[:-1]):
            if clause.end - begin > max_chars:
                break
            if clause.role in _WAITING_ROLES or _WAITING.search(plain, clause.start, clause.end):
                continue
            if not whole(nested, begin, clause.end) or parts(plain, begin, clause.end, last):
                continue
            traits = endings(
                plain, sight, shown, index, begin, min(sight.sentence.end, clause.end + LOOK_AHEAD)
            )
            fair = _chance(ENDING_CONSTANT + _sum(ENDINGS, traits)) * share * CUT
            headed = sum(bit for at, bit in said if begin <= at < clause.end - 1)
            yield Choice(
                sight.sentence.index,
                begin,
                clause.end,
                tells,
                spoils,
                hangs,
                fair,
                worth,
                sight.leaning,
                headed,
                bare,
            )


def refused(plain: str, start: int, end: int, sight: Seen, nested: Nesting) -> bool:
    """Whether a sentence may stand in no item: a wrong beginning, words without speaker, a label or by-line."""
    if end <= start or _NEVER_FIRST.match(plain, start) or sight.traits["bracketed"]:
        return True
    if plain[sight.sentence.end - 1] in "：:" or plain[start] in "●○■◆★":
        return True
    inside = sum(1 for depth in nested.depths[start:end] if depth)
    if sight.traits["quoted"] and inside > 0.5 * (end - start):
        outside = "".join(
            mark for mark, depth in zip(plain[start:end], nested.depths[start:end], strict=False) if not depth
        )
        return not _SPEECH.search(outside)
    return False


def parts(plain: str, start: int, cut: int, end: int) -> bool:
    """Whether stopping here parts a condition from what follows from it: 只要…|就…, 虽然…|但…, 除…|外."""
    conditions = list(_CONDITION.finditer(plain, start, cut))
    if not conditions:
        return False
    answered = _ANSWER.search(plain, conditions[-1].end(), cut)
    return answered is None or _ANSWER.match(plain, cut + 1, end) is not None


def _odds(traits: Mapping[str, float]) -> tuple[float, float, float]:
    tells, spoils, hangs = CONSTANT
    for name, value in traits.items():
        if value:
            one, two, three = TRAITS[name]
            tells += one * value
            spoils += two * value
            hangs += three * value
    return _chance(tells), _chance(spoils), _chance(hangs)


def _sum(weights: Mapping[str, float], traits: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in traits.items() if value)


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
