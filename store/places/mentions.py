"""Where names of places stand in a text: candidates only, longest first; what they mean is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.chinese.names import PAPERS
from store.places.gazetteer import Named, gazetteer, towns_of

# Phrases that hold a place's name and speak of something else.
PHRASES = re.compile(
    "长治久安|世界大同|天下大同|大同小异|大同世界|大同社会|孙中山|中山装|中山陵|中山舰|中山大学|阿里巴巴|阿里云|大理石|大理寺|北京时间|吉隆坡"
    "|上海合作组织|河南坠子|东方红|东方甄选|白银时代|普洱茶|日照时[间数]|新民主|民权|从(?=江[苏西])|南海诸岛|南海问题|黄山松"
    "|来宾席|集安组织|贵南高铁|新平台|从中牟|(?<=市)民和|会泽百家|黑山(?=总|外|共)|天山南北|[士格]兰州|[里利华内]达州|苏梅州|最大同|新兴城市|六合同|(?:罗|夫|尔|洛|内|夫斯)[德克]州|海安全|省市县|和县[直级域委]|及县[直级域]|由县级|古县城|新县[城域]|代县长|成县域|新城区建设|老城区改造"
)
# Before these a name is part of a road's name or of a medium's.
ROAD = re.compile(r"[东西南北中一二三四]?(?:路(?![桥线])|大街|大道|街(?!道)|巷|胡同|立交桥)")
MEDIUM = re.compile(
    rf"(?:{PAPERS}|党建(?:[”》]|[等、，]|网|平台|公众号)|发布(?=[”》]|公众号|客户端)|广播电视|电视台|融媒|新闻网|新闻客户端)"
)
# 县 of two characters is told from 和+县, 新+县城 by what comes next.
NOT_A_COUNTY = re.compile("[域级城直情]|长[、，。及和期]|委[、，]")
BEFORE_TWO = re.compile("[省市区县州委乡镇各全本我该贫困大小强每跨邻]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at text[start:end], and the places that go by it.

    `opened`: what stands before it (nothing, a mark, a preposition, another place) shows that a word begins here.
    `closed`: a mark or the text's end follows.
    """

    start: int
    end: int
    text: str
    named: tuple[Named, ...]
    opened: bool = True
    closed: bool = False

    @property
    def proves(self) -> int:
        """How much the form of the name proves: 3 a full name, 2 a short one, 1 one that has other uses, 0 an ordinary word."""
        return max({"full": 3, "short": 2, "name": 1, "word": 0}[n.form] for n in self.named)


# A word begins after a mark, a preposition, another place's name or what joins two of them.
OPENS = re.compile("(?:^|[^一-鿿]|[在到赴往自从于由至]|来自|走进|位于|前往|回到|走访|近日|今年|日前|一个是)$")
JOINS = re.compile("[、，和与及]|以及")
# Before these a county's short name is that of a mountain, a river or a town, or the beginning of another word.
NATURE = re.compile("[山江河湖沟岛峡洋市县区州镇乡村]|街道|半岛|海峡|盆地|雪山|高原|[总外首]统|总理|外长")

# 通化镇 is a town of another county, but 运城乡村 are the villages of the city.
TOWN = re.compile("镇(?![政江海])|乡(?!村|镇|间|亲|愁|土)|村(?![镇庄民委里级])|街道|社区")


def _at(text: str, start: int, blocked: frozenset[int]) -> Mention | None:
    known = gazetteer()
    for name in known.starts.get(text[start : start + 2], ()):
        if text.startswith(name, start) and not any(i in blocked for i in range(start, start + len(name))):
            end = start + len(name)
            if ROAD.match(text, end) or MEDIUM.match(text, end):
                continue
            if (
                len(name) == 2
                and name[-1] in "县市"
                and (NOT_A_COUNTY.match(text, end) or BEFORE_TWO.search(text[max(0, start - 1) : start]))
            ):
                continue
            if name[-1] in "县区" and len(name) > 2 and text[end : end + 1] in ("域", "级"):
                # 夏县域 cannot be; 盐湖区域 is the region of the lake.
                continue
            named = known.by_name[name]
            if NATURE.match(text, end):
                named = tuple(n for n in named if n.form == "full" or n.division.level != "county")
            if TOWN.match(text, end):
                named = tuple(n for n in named if n.form == "full")
            if not named:
                continue
            return Mention(start, end, name, named, closed=not "一" <= text[end : end + 1] <= "鿿")
    return None


def _wide(mention: Mention) -> bool:
    """Whether the name is a province's or a city's: 和安徽 holds 安徽, not 和安."""
    return any(n.division.level != "county" for n in mention.named)


def _blocked(text: str, names: Sequence[str]) -> frozenset[int]:
    """Where no place may begin: inside phrases that only sound like one, inside persons' names."""
    spans = [match.span() for match in PHRASES.finditer(text)]
    for name in names:
        if name in text:
            spans += [match.span() for match in re.finditer(re.escape(name), text)]
    return frozenset(i for start, end in spans for i in range(start, end))


_TOWN_NAME = re.compile("[一-鿿]{1,3}?(?:镇|乡|街道)")


def _behind_its_town(text: str, mention: Mention) -> int:
    """Where to read on: behind 岳阳镇 in 古县岳阳镇江水平村, which holds neither 岳阳 nor 镇江."""
    town = _TOWN_NAME.match(text, mention.end)
    if town and mention.proves == 3:
        counties = {named.division.code: named.division.city for named in mention.named}
        if any(code in towns_of(city).get(town[0], ()) for code, city in counties.items()):
            return town.end()
    return mention.end


def scan(text: str, names: Sequence[str] = ()) -> list[Mention]:
    """All names of places in the text, left to right, none overlapping and none inside the persons' `names`."""
    starts = gazetteer().starts
    blocked = _blocked(text, names)
    found: list[Mention] = []
    position, last = 0, len(text) - 1
    while position < last:
        if text[position : position + 2] not in starts:
            position += 1
            continue
        mention = _at(text, position, blocked)
        if mention is None:
            position += 1
            continue
        if (
            mention.proves < 3
            and mention.end - mention.start == 2
            and text[position + 1 : position + 3] in starts
        ):
            # 从江苏 holds 从江 and 江苏: the stronger of two that overlap wins, the first when they are equal.
            rival = _at(text, position + 1, blocked)
            if rival is not None and (rival.proves, _wide(rival)) > (mention.proves, _wide(mention)):
                position += 1
                continue
        if found and (mention.start == found[-1].end or JOINS.fullmatch(text, found[-1].end, mention.start)):
            found.append(mention)
        else:
            opened = bool(OPENS.search(text[max(0, mention.start - 3) : mention.start]))
            found.append(replace(mention, opened=opened))
        position = _behind_its_town(text, mention)
    return found
