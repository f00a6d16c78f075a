"""Counties near the papers that are read, and the places that were meant by a name typed nearly right."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from store.places.gazetteer import Division, gazetteer, home_division
from store.search.names import Sounds

_MOST = 3


def counties_near(papers: Iterable[str], frequent: Iterable[str] = (), *, most: int = 8) -> list[str]:
    """The counties a reader of these papers probably lives in: those in the news first, then the rest of the city."""
    papers = list(papers)
    homes = _homes(papers)
    own = [
        division.name
        for division in gazetteer().by_code.values()
        if division.level == "county" and division.city in {home.city or home.code for home in homes}
    ]
    named = [name for name in frequent if name in own] if own else list(frequent)
    return list(dict.fromkeys([*named, *own]))[:most]


def nearly(text: str, papers: Iterable[str] = ()) -> list[str]:
    """Full names of places that sound like the text or differ from it in one character, those near the papers first."""
    text = "".join(text.split())
    if not 2 <= len(text) <= 8:
        return []
    provinces = {home.province or home.code for home in _homes(papers)}
    cities = {home.city or home.code for home in _homes(papers)}
    found: dict[str, tuple[int, str]] = {}
    for division in gazetteer().by_code.values():
        distance = 0 if division.city in cities else 1 if division.province in provinces else 2
        for name in {division.name, division.short} - {""}:
            alike = len(name) == len(text) and sum(a != b for a, b in zip(name, text, strict=True)) == 1
            if alike and (len(text) > 2 or distance == 0 or name[-1] in "县市"):
                found[division.name] = min(found.get(division.name, (9, "")), (distance, division.code))
    best = sorted(found, key=lambda name: found[name])
    if best and found[best[0]][0] == 0:
        best = [name for name in best if found[name][0] == 0]
    # Sounds cost a second for a whole country: only where the papers are, and only when nothing looks alike.
    by_sound = _sounds(tuple(sorted(provinces))).nearest(text) if provinces and not best else []
    known = gazetteer().typed
    best += [named.division.name for name in by_sound for named in known.get(name, ())[:1]]
    return list(dict.fromkeys(best))[:_MOST]


@lru_cache(maxsize=8)
def _sounds(provinces: tuple[str, ...]) -> Sounds:
    names = [
        name
        for division in gazetteer().by_code.values()
        if division.province in provinces
        for name in (division.name, division.short)
        if name
    ]
    return Sounds(names)


def _homes(papers: Iterable[str]) -> list[Division]:
    found = (home_division(paper) for paper in papers)
    return [home for home in found if home is not None]
