"""What the names in an article mean: by the paper's home, the names around them and the article's other places; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.models.pages import Place
from store.places.gazetteer import CAPITALS, MUNICIPALITIES, Division, Named, gazetteer
from store.places.mentions import Mention, scan

# 我市 and 全县 speak of the place the article is about; they add weight to it, and never a place of their own
# where the article names others.
OUR_CITY = re.compile("我市|全市|该市|本市")
OUR_COUNTY = re.compile("我县|全县|该县|本县|我区|全区|该区(?!域)")
# What follows an ordinary word that is a place after all: 平定县委 is caught as a full name, 和顺籍 is not.
OFFICE_AFTER = re.compile("籍|县委|区委|市委|人民医院|一中|二中|三中|中学|公安局|法院|检察院|消防")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article's text and the weight of a place named in it."""

    text: str
    weight: float
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a name: the paper's home, the places the article names beyond doubt."""

    home: Division | None
    cities: frozenset[str]
    provinces: frozenset[str]
    full: frozenset[str]


def certain(mentions: Iterable[Mention]) -> list[Division]:
    """The divisions whose names leave no doubt (和县 and 应县 leave some)."""
    return [
        m.named[0].division
        for m in mentions
        if m.proves >= 2
        and m.text[1:] != "县"
        and (m.proves == 3 or m.opened or m.named[0].division.level != "county")
        and len({n.division.code for n in m.named}) == 1
    ]


def home_among(articles: Sequence[Sequence[Mention]]) -> Division | None:
    """The city most of a page's articles are in, when one leads clearly; None otherwise."""
    votes: Counter[str] = Counter()
    for mentions in articles:
        votes.update({d.city for d in certain(mentions) if d.city})
        votes.update({d.code for d in certain(mentions) if d.level == "county" and d.city})
    cities: Counter[str] = Counter()
    for code, count in votes.items():
        cities[gazetteer().by_code[code].city] += count
    ranked = cities.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return gazetteer().by_code[ranked[0][0]]


def _fits(named: Named, around: Around, above: frozenset[str]) -> float:
    """How well a place fits: right after its city or province, the paper's home, the article's other places."""
    division = named.division
    fit = 0.0
    if above & {division.city, division.province} - {division.code}:
        fit += 8
    if around.home is not None:
        if division.code == around.home.code:
            fit += 7
        elif around.home.level == "county" and division.city == around.home.city and division.city:
            fit += 4
        elif around.home.level == "city" and division.city == around.home.code:
            fit += 5
        elif division.province == around.home.province:
            fit += 2
    if division.city and division.city in around.cities and division.level == "county":
        fit += 3
    if division.province in around.provinces:
        fit += 1.5
    if division.code in around.full:
        fit += 3
    fit += {"province": 1.0, "city": 0.8, "county": 0.0}[division.level]
    if division.city in MUNICIPALITIES:
        fit += 0.6
    elif int(division.code[:4]) in CAPITALS:
        fit += 0.4
    return fit


def _accepted(named: Named, fit: float, mention: Mention, text: str, around: Around) -> bool:
    """Whether the name is used as a place's name here."""
    division = named.division
    if named.form == "full" and len(mention.text) > 2:
        return True
    if named.form == "full":
        # 和县, 应县: two characters meet by chance, so something must speak for the county.
        return fit >= 1.9 or mention.opened
    if around.home is not None and division.code == around.home.code:
        return True
    if named.form == "short":
        # 新和, 资中, 界首 lie across the seams of other words: a word must begin there, or the county be at home here.
        return division.level != "county" or mention.opened or fit >= 4
    if named.form == "name" and division.level == "city":
        return mention.opened
    if named.form == "name":
        return fit >= 4 or (mention.opened and (fit >= 2.9 or bool(OFFICE_AFTER.match(text, mention.end))))
    if OFFICE_AFTER.match(text, mention.end):
        return fit >= 4.9
    return fit >= 8 and mention.closed


def _choose(mention: Mention, text: str, around: Around, above: frozenset[str]) -> Division | None:
    """The place a name means here, or None when it means none."""
    fits = sorted(
        ((_fits(named, around, above), named.division.code, named) for named in mention.named),
        key=lambda f: (-f[0], f[1]),
    )
    for fit, _, named in fits:
        if _accepted(named, fit, mention, text, around):
            return named.division
    return None


def resolve(text: str, mentions: Sequence[Mention], around: Around) -> list[tuple[Mention, Division]]:
    """Each name of the text with the place it means; names that mean no place are left out."""
    found: list[tuple[Mention, Division]] = []
    for mention in mentions:
        above: frozenset[str] = frozenset()
        if found:
            previous, division = found[-1]
            if text[previous.end : mention.start] in ("", "的", "省", "市", "·"):
                above = frozenset({division.code, division.city, division.province} - {""})
                if division.level == "county":
                    above = frozenset()
        chosen = _choose(mention, text, around, above)
        if chosen is not None:
            found.append((mention, chosen))
    return found


def around_of(parts: Sequence[Sequence[Mention]], home: Division | None) -> Around:
    """The certain places of an article, for those that are not."""
    sure = [d for mentions in parts for d in certain(mentions)]
    return Around(
        home=home,
        cities=frozenset(d.city for d in sure if d.city),
        provinces=frozenset(d.province for d in sure),
        full=frozenset(d.code for d in sure),
    )


def _holds(one: Division, other: Division) -> bool:
    return one.code != other.code and one.code in (other.city, other.province)


def _counties_meant(
    text: str, found: Sequence[tuple[Mention, Division]], earlier: Division | None
) -> Iterator[Division]:
    """The counties that 该县 and 全区 speak of in a text: each time the last one named before."""
    counties = [(mention.start, division) for mention, division in found if division.level == "county"]
    at = 0
    for match in OUR_COUNTY.finditer(text):
        while at < len(counties) and counties[at][0] < match.start():
            earlier = counties[at][1]
            at += 1
        if earlier is not None:
            yield earlier


def places_in(parts: Sequence[Part], home: Division | None, names: Sequence[str] = ()) -> tuple[Place, ...]:
    """The counties, cities and provinces an article names, the most important first.

    `names` are its persons: no place is looked for inside them (程永寿 is not from 永寿县).
    """
    scanned = [scan(part.text, names) for part in parts]
    around = around_of(scanned, home)
    weight: dict[str, float] = {}
    count: Counter[str] = Counter()
    earlier: Division | None = None
    cities_meant = 0
    county_home = home if home is not None and home.level == "county" else None
    for part, mentions in zip(parts, scanned, strict=True):
        found = resolve(part.text, mentions, around)
        for at, (mention, division) in enumerate(found):
            new = part.weight if not count[division.code] or not part.lead else part.weight / 2
            if (
                at + 1 < len(found)
                and found[at + 1][0].start == mention.end
                and _holds(division, found[at + 1][1])
            ):
                # 山西省运城市芮城县 speaks of the last.
                new *= 0.4
            weight[division.code] = weight.get(division.code, 0.0) + new
            count[division.code] += 1
        for meant in _counties_meant(part.text, found, earlier or county_home):
            weight[meant.code] = weight.get(meant.code, 0.0) + part.weight
            count[meant.code] += 1
        cities_meant += len(OUR_CITY.findall(part.text))
        counties = [d for _, d in found if d.level == "county"]
        earlier = counties[-1] if counties else earlier
    if home is not None and home.level == "city" and cities_meant and (count[home.code] or not count):
        weight[home.code] = weight.get(home.code, 0.0) + cities_meant
        count[home.code] += cities_meant
    by_code = gazetteer().by_code
    # A province is seldom what an article is about; it stands behind the places in it.
    order = sorted(
        weight, key=lambda code: -weight[code] * (0.3 if by_code[code].level == "province" else 1.0)
    )
    return tuple(by_code[code].place(count[code]) for code in order)
