"""Towns, streets, villages and neighbourhoods as an article writes them; pure.

Towns of the home city are known by name; the others, and all villages, are told by what stands before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.models.pages import Place
from store.places.gazetteer import Division, gazetteer, towns_of
from store.places.mentions import scan

_ANY = re.compile("[镇乡村]|社区|街道|苏木")
_TOWN = re.compile(
    r"(?:(?!村|社区|举办|开展)[一-鿿]){1,6}?(?:镇|乡|街道|苏木)(?![一-鿿]?(?:级|域|区居民|干部|党委和|政府和|各))"
)
_VILLAGE = re.compile(
    r"[一-鿿]{1,6}?(?:(?<!农)(?<!乡)村(?!民|委|庄|口|级|里|子|落|镇|域|干|史|容|风|头的|集体|党|内|两委|“)|社区(?!工作|干部|居民|党|服务|网格|文化|治理|卫生))"
)
# A village's or a town's name begins after one of these.
_OPENS = re.compile(
    r"[在到赴往自从于、，。；：！？“”（）()《》\s]$|来自$|走进$|位于$|前往$|回到$|走访$|深入$|来$|^$"
)
# Words that end in 村, 乡 or 镇 and name no place.
_COMMON = re.compile(
    "^(?:全|本|该|我|各|每|某|这|那|此|一|两|二|三|四|五|六|七|八|九|十|几|多|新|老|旧|大|小|同|邻|进|入|驻|下|返|回|出|离|帮|包|联|农|乡|山|渔|城|集|古|小城|城|美丽|示范|试点|贫困|重点|特色|传统|空心|文明|"
    "行政|自然|社会主义新农|新农|智慧|和谐|平安|街道|所在|所属|辖区|周边|城乡|村镇|乡镇|扶贫|移民|安置|易地|基层|中心|老旧|红色|绿色|富裕|先进|模范|其他|多个|整个|居住|开放|封闭|生活|完整|幸福|未来|零碳|党建引领|党群|爱心|网红|淘宝|电商|旅游|民俗|度假|奥运|亚运|冬奥|地球|世界|国际|产业|强|名|重|故|家|思|还|老家|异|他|水|梦|故|同|侨|边疆|西部|东部|千|百|万|数|若干|许多|有的)?(?:镇|乡|街道|村|社区|苏木)$"
)  # fmt: skip
_VERBS = re.compile(
    "^(?:到|在|从|由|往|县|市|区|过去|当|该|去年|震后|的|了|和|与|及|对|为|把|将|被|让|向|由|是|有|使|给|着|等|以|并|也|都|推动|建设|打造|开展|组织|助力|促进|服务|走进|深入|实现|加强|推进|带领|帮助|支持|创建|村|振兴|作为|成为|整|个|名)|(?:的|了|是|有|个)[一-鿿]{0,3}$"
)


def _name_ok(name: str) -> bool:
    return (
        len(name) >= 3
        and not _COMMON.match(name)
        and not _VERBS.match(name)
        and not re.search(
            "[的了是个们]|所有|覆盖|全部|县城|今年|如今|全村|建设|振兴|服务|经济|示范|模范|集体|举办|推进|打造|开展",
            name,
        )
    )


def localities_in(texts: Sequence[str], home: Division | None) -> tuple[Place, ...]:
    """The towns and villages named, most often named first."""
    towns = towns_of(home.city) if home is not None and home.city else {}
    city = home.place().city if home is not None else ""
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        if not _ANY.search(text):
            continue
        jumps = {m.start: m.end for m in scan(text)}
        ends = set(jumps.values())
        position = 0
        while position < len(text):
            while position in jumps:
                position = jumps[position]
            if position >= len(text):
                break
            opened = (
                position == 0
                or position in ends
                or bool(_OPENS.search(text[max(0, position - 2) : position]))
            )
            if not opened:
                position += 1
                continue
            town = _TOWN.match(text, position)
            if town and (town[0] in towns or (position in ends and len(town[0]) <= 5 and _name_ok(town[0]))):
                found[town[0], "town"] += 1
                ends.add(town.end())
                position = town.end()
                continue
            village = _VILLAGE.match(text, position)
            if village and _name_ok(village[0]):
                found[village[0], "village"] += 1
                position = village.end()
                continue
            position += 1
    return tuple(Place(name, level, "", city, count) for (name, level), count in found.most_common())


def counties_of(localities: Sequence[Place], home: Division | None) -> tuple[Place, ...]:
    """The counties of the home city that towns tell: 风陵渡镇 is in 芮城县, 城关镇 may be anywhere."""
    if home is None or not home.city:
        return ()
    towns = towns_of(home.city)
    codes = {
        towns[p.name][0]: None for p in localities if p.level == "town" and len(towns.get(p.name, ())) == 1
    }
    known = gazetteer().by_code
    return tuple(known[code].place() for code in codes if code in known)
