"""Article → what the digest compares and weighs: its terms, shingles, places, days, soundness; pure.

Computed once an article, whatever the settings of the readers. Which articles are one story is decided in
`digests/day/clusters.py`, which matter most in `digests/day/ordering.py`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zlib import crc32

from digests.day.days import named
from digests.day.headlines import Headline, headline
from digests.day.sections import is_notice
from store.chinese.characters import HAN, pairs
from store.chinese.words import frequency
from store.models import Article

HEAD = 250
"""Characters of the body that tell which story it is: news says so at the start, and the rest is background."""
EVENT_HEAD = 120
LEAD = 100
"""Characters that are compared as the lead."""
TITLE_WEIGHT = 1.5
NUMBER_WEIGHT = 1.5
COMMON_NUMBER_WEIGHT = 0.45
"""Of numbers with two digits and of years: many stories share them."""
UNKNOWN_WEIGHT = 0.5
"""Of a pair of characters that is no word of the dictionary: part of a name, or the end of one word and the next."""
LEAST_WORTH = 0.35
"""Words more common than this tell nothing of the story; without them the labelled pairs come out the same, faster."""
SHINGLE = 6
SHINGLED = 1500
"""Characters of the body that are compared word for word."""
SOUND_LEGIBILITY = 0.6
SOUND_CONFIDENCE = 0.25

_CORPUS = 60_101_967
"""The sum of jieba's word counts (dict.txt of jieba 0.42.1)."""
_RUN = re.compile(rf"[{HAN}]+|\d+(?:\.\d+)?|[a-zA-Z]+")
# 【在希望的田野上】: a column's name joins articles that have nothing else in common.
_LABEL = re.compile("【[^】]*】")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GRAMMAR = frozenset("的了是在和与及对为也有不将等就都从到这那他她我你们个之以于而上下中年月日时本讯报记者")


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known of one article.

    `terms` has unit length: the sum of products of two articles' terms is their cosine. `shingles` are hashes of the
    body's runs of SHINGLE characters. `days` are the single days named in headline and lead.
    `sound` is False for what may not lead: illegible, cut off, unsure, without headline, photos, notices, corrections.
    `told` is headline and body as one text; `title_pairs` and `lead_pairs` are pairs of characters with their worth.
    """

    article: Article
    terms: Mapping[str, float]
    shingles: frozenset[int]
    counties: frozenset[str]
    cities: frozenset[str]
    days: frozenset[date]
    length: int
    sound: bool
    headline: Headline
    told: str
    title_pairs: Mapping[str, float]
    lead_pairs: Mapping[str, float]


@lru_cache(maxsize=2048)
def facts(article: Article) -> Facts:
    """The facts of an article."""
    text = article.text
    head = headline(article.title, article.kicker)
    return Facts(
        article=article,
        terms=_terms(_LABEL.sub("", article.title), text[:HEAD]),
        shingles=_shingles(text),
        counties=frozenset(place.name for place in article.places if place.level == "county"),
        cities=frozenset(place.city for place in article.places if place.city),
        days=frozenset(named(article.title + text[:EVENT_HEAD], article.day)),
        length=len(text),
        sound=(
            article.kind == "article"
            and not is_notice(article)
            and bool(article.title)
            and bool(text)
            and article.complete
            and article.legibility >= SOUND_LEGIBILITY
            and article.confidence >= SOUND_CONFIDENCE
        ),
        headline=head,
        told=f"{head.text}\n{text}",
        title_pairs=_weighed(head.text),
        lead_pairs=_weighed(text[:LEAD]),
    )


def _terms(title: str, head: str) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for text, weight in ((title, TITLE_WEIGHT), (head, 1.0)):
        for term in _pairs(text):
            counts[term] += weight  # type: ignore[assignment]  # Counter adds floats as well
    weighed = {
        term: (1 + math.log(max(count, 1))) * worth
        for term, count in counts.items()
        if (worth := _worth(term))
    }
    norm = math.sqrt(sum(value * value for value in weighed.values()))
    return {term: value / norm for term, value in weighed.items()}


def _weighed(text: str) -> dict[str, float]:
    """Each pair of characters once with its worth; what is worth nothing is left out."""
    return {term: worth for term in dict.fromkeys(_pairs(text)) if (worth := _worth(term))}


def _pairs(text: str) -> Iterator[str]:
    """Pairs of Han characters, and numbers and Latin words of two characters or more."""
    for found in _RUN.finditer(text):
        run = found.group()
        if run.isascii():
            if len(run) > 1:
                yield run.lower()
        else:
            yield from pairs(run)


@lru_cache(maxsize=65536)
def _worth(term: str) -> float:
    """How much a term tells of which story it is: rare words most, grammar nothing.

    From the dictionary's counts and not from the day's articles, so that two articles are one story or not whatever
    else was printed.
    """
    if term[0].isdigit():
        common = len(term) <= 2 or _YEAR.fullmatch(term)
        return COMMON_NUMBER_WEIGHT if common else NUMBER_WEIGHT
    if not _GRAMMAR.isdisjoint(term):
        return 0.0
    count = frequency(term)
    if not count:
        return UNKNOWN_WEIGHT
    worth = min(1.0, (math.log(_CORPUS / (count + 1)) - 7) / 7)
    return worth if worth >= LEAST_WORTH else 0.0


def _shingles(text: str) -> frozenset[int]:
    compact = "".join(_RUN.findall(text[:SHINGLED]))
    data = compact.encode("utf-16-le")
    # crc32 and not hash(): Python's string hashes differ from process to process.
    return frozenset([crc32(data[at : at + 2 * SHINGLE]) for at in range(0, len(data) - 2 * SHINGLE + 1, 2)])
