"""Whether one paragraph goes on with the one before it: cut sentences, openings of reports, words that refer back."""

from __future__ import annotations

import re

from store.pages.bylines import LEAD, tail_names
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


def is_lead(text: str) -> bool:
    """Whether a report opens here (本报讯, 新华社…电)."""
    return bool(LEAD.match(text[:160]))


def leaves_open(text: str) -> bool:
    """Whether a paragraph stops in mid-sentence."""
    return ends_open(text)


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
    if _GOES_ON.match(text):
        score += W.goes_on_cut if opened else W.goes_on
    elif _FOLLOWS.match(text):
        score += W.follows
    elif _FRESH.match(text):
        score += W.fresh
    if not opened:
        if _END_MARK.search(above[-60:]) or tail_names(above) >= 0:
            score += W.end_mark
        if wide_gap:
            score += W.gap
    return score
