"""The one place a reader is told an article is of; pure.

Which places a text names, store/places knows; here it is only decided whether the news is of one of them. A report on
three provinces is of none of them, nor is one on the whole country; a place named once far down is where somebody
studied, or a foreign name that sounds like it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from store.chinese.words import frequency
from store.models import Article
from store.models.pages import Place
from store.places import home_of

FRONT = 80
"""Characters of the body that say whose news it is."""
PROVINCES = 3
_EVERYWHERE = re.compile("全国|我国|各省|各地|多省|多地|世界|全球|国际|海外|各国")
_NATION = re.compile("国家[^，。]{0,6}(?:局|委|部|署)|外交部|驻华|使馆")
_SUFFIX = re.compile("(?:[一-鿿]族)*(?:自治[区州县旗]|特别行政区|地区|[省市县区旗盟])$")
# 西安交通大学, 延安大学, 北京第三医院: an institution bears the name, the news is not there.
_SCHOOL = re.compile("[一-鿿]{0,6}?(?:大学|学院|出版社|医院)")
# Behind its short name these still mean the place: 大同市, 大同人.
_STILL = re.compile("(?:[一-鿿]族)*(?:自治)?[省市县区州旗盟]|地区|[人籍东西南北城]")
_REACH = 2
"""Characters before and behind a place's name that may make it part of a longer word: 长治久安, 大同小异."""


@lru_cache(maxsize=8192)
def place_of(article: Article) -> str:
    """The name of the place the article is of; "" where it is of none, or of too many.

    What stands in the headline comes before what is named in the text, the paper's own city before others.
    """
    if not article.places:
        return ""
    home = _home(article.paper)
    headline = f"{article.kicker} {article.title} {article.subtitle}"
    text = article.text
    # National news names provinces by the dozen: only what the headline names, or what is at home, counts there.
    wide = len({place.code[:2] for place in article.places if place.code}) >= PROVINCES or bool(
        _EVERYWHERE.search(headline) or _EVERYWHERE.search(text[:FRONT]) or _NATION.search(text[:FRONT])
    )
    found: list[tuple[int, int, str]] = []
    for order, place in enumerate(article.places):
        titled = _named(place, headline) and not _only_in_words(place, headline)
        at_home = bool(home) and home in (place.city, place.name)
        if wide and not (titled or at_home):
            continue
        # What the text does not name was told by its towns: 风陵渡镇 is in 芮城县.
        deduced = not place.code or not _named(place, text)
        if titled or at_home or deduced or place.count > 1 or _named(place, text[:FRONT]):
            if not titled and not at_home and (_only_in_names(place, text) or _only_in_words(place, text)):
                continue
            found.append((0 if titled else 1 if at_home else 2, order, place.name))
    if wide and len({name for rank, _, name in found if rank == 0}) >= PROVINCES:
        found = [one for one in found if one[0] == 1]
    return min(found, default=(0, 0, ""))[2]


@lru_cache(maxsize=256)
def _home(paper: str) -> str:
    """The city a paper is at home in; a county's paper in the county's city."""
    place = home_of(paper)
    return (place.city or place.name) if place else ""


def _short(place: Place) -> str:
    short = _SUFFIX.sub("", place.name)
    return short if len(short) > 1 else place.name


def _named(place: Place, text: str) -> bool:
    return _short(place) in text


def _only_in_names(place: Place, text: str) -> bool:
    """Whether the place's name only begins the names of schools and hospitals."""
    short = _short(place)
    starts = [found.end() for found in re.finditer(re.escape(short), text)]
    return bool(starts) and all(_SCHOOL.match(text, at) for at in starts)


def _only_in_words(place: Place, text: str) -> bool:
    """Whether the place's short name is in the text only as part of a longer word or of a foreign name."""
    short = _short(place)
    starts = [found.start() for found in re.finditer(re.escape(short), text)]
    return bool(starts) and all(_is_within(short, text, at) for at in starts)


def _is_within(short: str, text: str, at: int) -> bool:
    end = at + len(short)
    if "·" in (text[at - 1 : at], text[end : end + 1]):
        return True
    for start in range(max(0, at - _REACH), at + 1):
        for stop in range(end, min(len(text), end + _REACH) + 1):
            word = text[start:stop]
            if len(word) > len(short) and frequency(word) and not (start == at and _STILL.match(text, end)):
                return True
    return False
