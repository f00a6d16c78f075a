"""Corrections in words, English or Chinese: what an operator says of a page, as a record; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from store.chinese import days

ROLES = {
    "title": "headline|title|标题|大标题|主标题",
    "kicker": "kicker|引题|肩题|眉题",
    "subtitle": "second line|subtitle|副题|副标题",
    "subhead": "subhead|小标题",
    "byline": "byline|署名",
    "caption": "caption|图片说明|图说|照片说明",
    "body": "text|body|正文",
    "banner": "banner|栏目|栏题",
    "furniture": "furniture|版面信息|报头",
}
"""The roles a line can be given, and the words for each."""
_WHAT = "|".join(f"(?P<{role}>{words})" for role, words in ROLES.items())
_LINES = re.compile(
    rf"(?:第|lines?\s*)?(?P<first>\d+)(?:\s*(?:-|–|—|to|到|至)\s*(?P<last>\d+))?\s*行?\s*"
    rf"(?:is|are|是)\s*(?:an?|the|个|条|一个)?\s*(?:photo's\s+|picture's\s+)?(?:{_WHAT})\s*",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:articles?\s*)?第?(?P<upper>\d+)篇?\s*(?:and|和|与|,|，)\s*第?(?P<lower>\d+)篇?\s*(?:are|is|是)\s*(?:one(?:\s+article)?|一篇|同一篇)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:(?:this|the)?\s*page|这版|本版|这一版)\s*(?:is|是)\s*(?:the\s+)?(?P<paper>(?!page\b|第)[^\d\s]\S*?)?(?:'s)?\s*(?P<day>\d{4}\D\d{1,2}\D\d{1,2}日?)?\s*(?:的)?\s*(?:page|第)?\s*(?P<number>\d{1,4})\s*版?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines (1-based, inclusive) have a role."""

    what: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class One:
    """Two articles, by their number on the page from 1, are one."""

    upper: int
    lower: int


@dataclass(frozen=True, slots=True)
class Place:
    """The page belongs elsewhere; "" and None: as it is now."""

    paper: str
    day: date | None
    number: int


def understand(words: str) -> Lines | One | Place | None:
    """What the words say; None where they say nothing that is known."""
    words = " ".join(words.split()).strip(" .。")
    found = _LINES.fullmatch(words)
    if found:
        what = next(role for role in ROLES if found[role])
        first = int(found["first"])
        return Lines(what, first, int(found["last"] or first))
    found = _ONE.fullmatch(words)
    if found:
        return One(int(found["upper"]), int(found["lower"]))
    found = _PAGE.fullmatch(words)
    if found:
        day = days.read(found["day"], today=date.max) if found["day"] else None
        return Place(found["paper"] or "", day, int(found["number"]))
    return None
