"""Whether one paragraph goes on with the one before it: cut sentences, openings of reports, words that refer back."""

from __future__ import annotations

import re
from functools import lru_cache

from store.chinese import words
from store.pages.bylines import opens_report, tail_names
from store.pages.characters import HAN, ends_open
from store.pages.weights import WEIGHTS as W

_END_MARK = re.compile(
    r"[（(](?:完|[上中下终一二三四五]|本报.{0,24}[电讯]|新华社.{0,24}[电讯]|据.{2,16}[电讯报]?|作者.{2,30}|原载.{2,24}|续完|未完待续)[）)]$"
)
_OWN_REPORT = re.compile(r"^本(?:报|网|台)[^，。]{0,12}?讯[ 　]*[（(]?")
"""A paper's own report opens so once; agency dispatches are sometimes strung together in one article."""
_FRESH = re.compile(
    r"^(?:近日|日前|连日来|近年来|今年以来|去年|今年|\d{1,2}月\d{1,2}日|\d{4}年|昨[日天]|今[日天]|近段时间|近期|最近|本报|为[了进切深贯])"
)
_GOES_ON = re.compile(
    r"^(?:[，。、；！？,;!?：:”’」』）)》的了着过们]|并[且]?[^不非肩]|以及|而[且]?|及其|和[^平谐睦])"
)
_FOLLOWS = re.compile(
    rf"^(?:据[了悉介]|此外|同时|与此同时|另外|目前|下一步|随后|其中|会议[指要强还]|会上|活动中|[他她它](?:们|说|指|还|在|的)"
    rf"|这[些一个种是]|该[县市区校院局村镇]|[{HAN}]{{2,4}}(?:说|表示|指出|强调|介绍|认为|还说|告诉))"
)


_REST = re.compile(
    rf"^(?!据悉|日前|近日|近来|近年|近期|最近|从前|以前|后来|早先|清晨|早上|傍晚|夜里|每年|每天|平时|起初|忽然|果然|当然|然后|接着|如果|如今|目前|对此|因此|因而|其中|同时|最后|随后|当天|当日|当时|当晚|现在|此外|另外|今年|去年|其实|于是|然而|但是|不过|所以|可是|首先|其次|例如|比如|今天|昨天|[{HAN}]说)[{HAN}]{{1,2}}[，、；。,;]"
)
_HAN = re.compile(rf"[{HAN}]")
COMMON = 10
"""A word must be this frequent in the dictionary's corpus to count as one that runs over a cut."""


def is_lead(text: str) -> bool:
    """Whether a report opens here (本报讯, 新华社…电)."""
    return opens_report(text)


def leaves_open(text: str) -> bool:
    """Whether a paragraph stops in mid-sentence."""
    return ends_open(text)


@lru_cache(maxsize=4096)
def joins_word(above: str, text: str) -> bool | None:
    """Whether a dictionary word runs from one text's end into the other's beginning; None where neither can.

    So it is in half of all cuts inside a sentence, and in one of forty pairs that do not belong together (measured).
    """
    left, right = above[-2:], text[:2]
    if not (left and right and _HAN.match(left[-1]) and _HAN.match(right[0])):
        return None
    tries = [left[-1] + right[0]]
    if len(left) == 2 and _HAN.match(left[0]):
        tries.append(left + right[0])
    if len(right) == 2 and _HAN.match(right[1]):
        tries.append(left[-1] + right)
    return any(words.frequency(word) > COMMON for word in tries)


def goes_on(text: str) -> bool:
    """Whether a text begins with a mark or particle that only stands inside a sentence."""
    return bool(_GOES_ON.match(text))


def starts_inside(text: str) -> bool:
    """Whether a text begins in mid-clause: a mark, a particle, or a word's rest before a comma."""
    return bool(_GOES_ON.match(text)) or bool(_REST.match(text))


def unclosed(text: str) -> bool:
    """Whether a quotation or bracket opened in the text is still open at its end."""
    tail = text[-400:]
    return any(tail.rfind(left) > tail.rfind(right) for left, right in ("“”", "（）", "《》"))


def measure_continuity(above: str, text: str, *, wide_gap: bool, short: bool) -> float:
    """Log-odds that `text` goes on with `above`, from their wording alone; `short`: what a short line adds to that."""
    score = 0.0 if short else W.stay
    opened = ends_open(above)
    lead = is_lead(text)
    if lead:
        score += W.lead_stay + (W.lead_own if _OWN_REPORT.match(text) else 0.0)
    elif opened:
        score += W.body_cut if short else W.cut
    if opened and not short and unclosed(above):
        score += W.unclosed
    if opened and not lead:
        joined = joins_word(above[-2:], text[:2])
        if joined is not None:
            score += (W.joined_line if short else W.joined) if joined else W.unjoined
    if starts_inside(text):
        score += W.goes_on_cut if opened else W.goes_on
    elif _FOLLOWS.match(text):
        score += W.follows
    elif _FRESH.match(text):
        score += W.fresh
    if not opened:
        if (above[-1:] in "）)" and _END_MARK.search(above[-60:])) or tail_names(above) >= 0:
            score += W.end_mark
        if wide_gap:
            score += W.gap
    return score
