"""A digest's items under their headings, the same for every rendering; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from store.models import Article, Digest, Item

SectionKind = Literal["follow", "place", "paper", "news", "rest", "late", "notices"]
BY_WEIGHT = "news"
"""`Item.section` of what is ordered by weight over all papers."""
_CORRECTION = re.compile("更正|勘误|致歉|遗失声明|声明作废|招租|拍卖公告|启事$")
_LAST: dict[SectionKind, int] = {"late": 1, "notices": 2}


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading; `name` is the place or paper where there is one."""

    kind: SectionKind
    name: str
    items: tuple[Item, ...]


def is_notice(article: Article) -> bool:
    """Whether it is a notice or a correction, which stand behind all news."""
    return article.kind == "notice" or bool(_CORRECTION.search(article.title))


def sections(digest: Digest) -> tuple[Section, ...]:
    """What is followed, the reader's places, the news by weight, the rest by paper, what is late, notices."""
    papers = {item.article.paper for item in digest.items}
    found: dict[tuple[SectionKind, str], list[Item]] = {}
    for item in digest.items:
        found.setdefault(_key(item, papers), []).append(item)
    ordered = sorted(found, key=lambda key: _LAST.get(key[0], 0))
    return tuple(Section(kind, name, tuple(found[kind, name])) for kind, name in ordered)


def _key(item: Item, papers: set[str]) -> tuple[SectionKind, str]:
    if not item.section:
        return "follow", ""
    if item.section != BY_WEIGHT:
        return ("paper" if item.section in papers else "place"), item.section
    if is_notice(item.article):
        return "notices", ""
    if item.late:
        return "late", ""
    if item.tier == "summary":
        return "news", ""
    return "rest", item.article.paper
