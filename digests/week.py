"""Which places and words were in the news of some days, by count, beside the weeks before; pure.

Counted is how many articles are of a place, or have a word in headline or beginning: how often, not how important.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digests.day.places import place_of
from store.chinese.characters import HAN
from store.chinese.words import cut, frequency
from store.models import Article

HEAD = 250
"""Characters of the body that say what an article is about."""
LEAST = 2
"""Articles under which a word is no news of a week."""
MOST_COMMON = 30_000
"""Words the dictionary counts more often are grammar, or the language of all news."""
_WORD = re.compile(f"[{HAN}]{{2,}}")
_STOCK = frozenset(["本报讯", "记者", "通讯员", "近日", "日前", "今年", "去年", "昨日", "目前", "当日"])


@dataclass(frozen=True, slots=True)
class Tally:
    """A place or word, in how many articles it was, and in how many of as many days before (None: nothing to compare)."""

    name: str
    count: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Week:
    """What was counted: articles in all, places by count, words by how much more often than usual they came
    (none where there is nothing to compare)."""

    articles: int
    places: tuple[Tally, ...]
    words: tuple[Tally, ...]


def measure(now: Sequence[Article], before: Sequence[Article], *, weeks: int, most: int = 8) -> Week:
    """The days of `now` beside those of `before`, which are `weeks` times as many."""
    now, before = _told(now), _told(before)
    places, places_before = _places(now), _places(before)
    words, words_before = _words(now), _words(before)
    compare = weeks if before else 0

    def tally(name: str, count: int, earlier: Counter[str]) -> Tally:
        return Tally(name, count, earlier[name] / compare if compare else None)

    named = sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))
    surprising = sorted(
        (
            (_surprise(count, words_before[word], len(now), len(before)), word, count)
            for word, count in words.items()
            if before and count >= LEAST and word not in places
        ),
        key=lambda found: (-found[0], found[1]),
    )
    return Week(
        len(now),
        tuple(tally(name, count, places_before) for name, count in named[:most]),
        tuple(tally(word, count, words_before) for score, word, count in surprising[:most] if score > 0),
    )


def _told(articles: Iterable[Article]) -> list[Article]:
    return [one for one in articles if one.kind == "article" and not one.removed]


def _places(articles: Iterable[Article]) -> Counter[str]:
    return Counter(place for one in articles if (place := place_of(one)))


def _words(articles: Iterable[Article]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in articles:
        names = {place.name for place in one.places} | {place.name[:-1] for place in one.places}
        said = set(cut(f"{one.title}，{one.text[:HEAD]}"))
        found.update(
            word
            for word in said
            if _WORD.fullmatch(word)
            and word not in names
            and word not in _STOCK
            and 0 < frequency(word) <= MOST_COMMON
        )
    return found


def _surprise(count: int, earlier: int, articles: int, articles_before: int) -> float:
    """How much a count tells against the weeks before."""
    expected = (earlier + 0.5) / (articles_before + 1) * articles
    return count * math.log(count / expected)
