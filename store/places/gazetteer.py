"""China's provinces, prefectures and counties with every form of their names; which place a typed name is.

The data (data/divisions.tsv, data/towns.tsv) and their source are described in data/README.md. What a text means by a name
that several places share is left to `store.places.resolving`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from store.models.pages import Place

Level = Literal["province", "city", "county"]
Form = Literal["full", "short", "word", "name"]

# The four municipalities are provinces by code, cities to every reader.
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
# Where nothing else decides, the better-known place of a name: capitals of provinces before other cities.
CAPITALS = frozenset(
    [*range(1301, 6502, 100), 4403]  # each province's first city, and Shenzhen
)
# Other names that papers print: place code -> forms.
OTHER_FORMS = {
    "150000": ("内蒙",), "152500": ("锡盟", "锡林郭勒"), "652800": ("巴州",), "652700": ("博州",),
    "222400": ("延边州",), "310115": ("浦东",), "120116": ("滨海新区",), "220721": ("前郭",), "150522": ("科左后旗",),
    "150521": ("科左中旗",), "152221": ("科右前旗",), "152222": ("科右中旗",), "150221": ("土右旗",), "150121": ("土左旗",),
}  # fmt: skip
# Papers whose names do not say where they are at home.
PAPERS = {
    "新民晚报": "310000", "解放日报": "310000", "文汇报": "310000", "新闻晨报": "310000", "新京报": "110000", "京华时报": "110000",
    "新华日报": "320000", "扬子晚报": "320000", "现代快报": "320000", "大众日报": "370000", "齐鲁晚报": "370000", "钱江晚报": "330000",
    "羊城晚报": "440100", "南方日报": "440000", "南方都市报": "440000", "楚天都市报": "420000", "长江日报": "420100", "三湘都市报": "430000",
    "潇湘晨报": "430000", "大河报": "410000", "华西都市报": "510000", "华商报": "610000", "三秦都市报": "610000", "燕赵都市报": "130000",
    "三晋都市报": "140000", "新安晚报": "340000", "春城晚报": "530000", "半岛都市报": "370200", "金陵晚报": "320100", "今晚报": "120000",
    "每日新报": "120000", "海峡都市报": "350000", "八桂都市报": "450000", "信息日报": "360000",
    "光明日报": "", "经济日报": "", "人民日报": "", "工人日报": "", "农民日报": "", "法治日报": "", "科技日报": "", "参考消息": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county; `city` and `province` are codes ("" where there is none above)."""

    code: str
    name: str
    short: str
    level: Level
    city: str
    province: str

    def place(self, count: int = 1) -> Place:
        """The record that travels with an article."""
        city = gazetteer().by_code.get(self.city)
        return Place(
            name=self.name,
            level=self.level,
            code="" if "x" in self.code else self.code,
            city=city.name if city else "",
            count=count,
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A place under one of its names: `form` says how much the name alone proves."""

    division: Division
    form: Form


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places by code and by name; `starts` lists the names that begin with two given characters, longest first.

    `by_name` holds what a name means in print, `typed` all that it can mean when somebody types it.
    """

    by_code: dict[str, Division]
    by_name: dict[str, tuple[Named, ...]]
    typed: dict[str, tuple[Named, ...]]
    starts: dict[str, tuple[str, ...]]


def _lines(name: str) -> list[str]:
    text = (files("store.places") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _ordinary() -> dict[str, Form]:
    """Short names that are something else too (data/ordinary.txt)."""
    found: dict[str, Form] = {}
    section: Form = "word"
    sections: dict[str, Form] = {"[word]": "word", "[name]": "name", "[known]": "short"}
    for line in _lines("ordinary.txt"):
        if line.startswith("["):
            section = sections[line]
        else:
            for word in line.split():
                found.setdefault(word, section)
    return found


def _division(code: str, name: str, short: str) -> Division:
    province = code[:2] + "0000"
    if code in MUNICIPALITIES:
        return Division(code, name, short, "city", code, code)
    if code.endswith("0000"):
        return Division(code, name, short, "province", "", code)
    if code.endswith("00"):
        return Division(code, name, short, "city", code, province)
    # Counties right under a province (济源, 仙桃, 石河子) have no city above them.
    city = province if province in MUNICIPALITIES else "" if code[2:4] == "90" else code[:4] + "00"
    return Division(code, name, short, "county", city, province)


def _forms(division: Division, ordinary: dict[str, Form]) -> list[tuple[str, Form]]:
    """Every name a division goes by, with what that form of it proves."""
    full, short = division.name, division.short
    forms: list[tuple[str, Form]] = [(full, ordinary.get(full, "full"))]
    if short:
        form: Form = ordinary.get(short, "short")
        if division.level == "province":
            form = "short"
        elif full.endswith("区") and division.level == "county" and short not in ordinary:
            form = "name"
        forms.append((short, form))
        if re.search("自治[州县旗]$", full):
            forms.append((short + full[-1], "full"))
    forms += [(other, "short") for other in OTHER_FORMS.get(division.code, ())]
    return forms


def _untangled(found: dict[str, Named]) -> dict[str, Named]:
    """Without the places a name is not used for: 河北 is the province, 岳阳 the city and not the county around it."""
    kept = {code: n for code, n in found.items() if n.division.level == "province" or n.form == "full"}
    if not any(n.division.level == "province" for n in found.values()):
        kept |= {
            c: n
            for c, n in found.items()
            if n.division.code == n.division.city or n.division.city not in found
        }
    return {code: n for code, n in found.items() if code in kept}


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    ordinary = _ordinary()
    by_code: dict[str, Division] = {}
    names: dict[str, dict[str, Named]] = {}
    former: list[tuple[str, str, str]] = []
    for line in _lines("divisions.tsv"):
        code, name, *rest = line.split("\t")
        short = rest[0] if rest else ""
        if len(rest) > 1:
            former.append((code, name, short))
            continue
        by_code[code] = division = _division(code, name, short)
        for text, form in _forms(division, ordinary):
            names.setdefault(text, {}).setdefault(code, Named(division, form))
    for code, name, short in former:
        for text in {name, short} - {""}:
            form = "full" if text == name else ordinary.get(text, "name")
            names.setdefault(text, {}).setdefault(code, Named(by_code[code], form))
    # Districts and cities that were counties not long ago keep their old names in older papers (垦利县, 即墨市).
    for division in by_code.values():
        if (
            division.level == "county"
            and division.name[-1] in "区市"
            and ordinary.get(division.short) != "word"
        ):
            for text in (division.short + "县", division.short + "市"):
                if len(text) > 2:
                    names.setdefault(text, {division.code: Named(division, "full")})
    typed = {text: tuple(found.values()) for text, found in names.items()}
    for text, found in names.items():
        names[text] = _untangled(found)
    starts: dict[str, list[str]] = {}
    for text in names:
        starts.setdefault(text[:2], []).append(text)
    return Gazetteer(
        by_code=by_code,
        typed=typed,
        by_name={text: tuple(found.values()) for text, found in names.items()},
        starts={two: tuple(sorted(texts, key=len, reverse=True)) for two, texts in starts.items()},
    )


@lru_cache(maxsize=64)
def towns_of(city: str) -> Mapping[str, tuple[str, ...]]:
    """The towns, townships and streets of a city (its code), each with the codes of the counties that have one of the name."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines("towns.tsv"):
        code, names = line.split("\t")
        if city and code.startswith(city[:2] if city in MUNICIPALITIES else city[:4]):
            for name in names.split():
                name = name.replace("*", "街道")
                found[name] = (*found.get(name, ()), code)
    return found


def _rank(division: Division) -> tuple[int, int, str]:
    """Better-known places first: level, then capitals."""
    level = {"province": 0, "city": 1, "county": 2}[division.level]
    known = 0 if division.city in MUNICIPALITIES else 1 if int(division.code[:4]) in CAPITALS else 2
    return (level, known, division.code)


def divisions_named(name: str) -> tuple[Division, ...]:
    """All divisions of this full or short name, best known first."""
    found = gazetteer().typed.get(name.strip(), ())
    return tuple(sorted({named.division for named in found}, key=_rank))


def find(name: str) -> tuple[Place, ...]:
    """The places a typed name can mean (芮城 or 芮城县, 朝阳), best known first; () when there is none.

    A name with its city or province before it (运城盐湖区, 山西省运城市) means the last one only.
    """
    return tuple(division.place() for division in _meant(re.sub(r"\s", "", name)))


def _meant(name: str) -> tuple[Division, ...]:
    found = divisions_named(name)
    if found:
        return found
    for cut in range(len(name) - 2, 1, -1):
        above = {d.code for d in divisions_named(name[:cut])}
        below = tuple(d for d in _meant(name[cut:]) if {d.city, d.province} & above) if above else ()
        if below:
            return below
    return ()


def home_division(paper: str) -> Division | None:
    """Where a paper is at home: 运城日报 -> 运城市, 今日芮城 -> 芮城县, 山西日报 -> 山西省; None for national papers."""
    paper = re.sub(r"[《》\s]", "", paper)
    known = gazetteer()
    if paper in PAPERS:
        return known.by_code.get(PAPERS[paper])
    best: tuple[tuple[int, int, int], Division] | None = None
    for start in range(len(paper) - 1):
        for text in known.starts.get(paper[start : start + 2], ()):
            if not paper.startswith(text, start):
                continue
            for named in known.by_name[text]:
                if named.form == "word" and named.division.level == "county":
                    continue
                level = {"province": 0, "city": 1, "county": 2}[named.division.level]
                key = (start, -len(text), level)
                if best is None or key < best[0]:
                    best = (key, named.division)
    return best[1] if best else None


def home_of(paper: str) -> Place | None:
    """The place a paper is at home in, or None (a national paper, an unknown name)."""
    division = home_division(paper)
    return division.place() if division else None
