"""Rules to follow and mute by: plain words over an article; pure.

    党建 -培训          党建 in it, 培训 not
    托管班|暑假 芮城县   one of the two, and 芮城县      ("OR" between blanks is "|")

A word matches where it stands in the headline or text; a place's, paper's or person's name also matches the article
that is about the place, from the paper, by or about the person. Who follows what is kept in store/tables/follows.py.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from store.chinese.names import short_place
from store.chinese.words import cut
from store.errors import InvalidRule
from store.models import Article

MAX_CHARACTERS = 100
MAX_WORDS = 12
_MINUS = "-－−—–"
_BARS = re.compile(r"\s*[|｜]\s*|\s+(?:OR|or|或者)\s+")
_QUOTED = re.compile(r"[\"“”＂]([^\"“”＂]*)[\"“”＂]")
_LATIN = re.compile(r"[0-9a-z]")

HitKind = Literal["place", "paper", "person", "word"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a rule matched: the word of the rule, and what it was in the article."""

    kind: HitKind
    word: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One of each group must be in the article, none of `without`."""

    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The rule as one writes it; equal for equal rules."""
        words = ["|".join(_quoted(word) for word in group) for group in self.groups]
        return " ".join([*words, *("-" + _quoted(word) for word in self.without)])

    def match(self, article: Article) -> Hit | None:
        """The first group's hit if the rule matches the article, else None."""
        return self.find(matter(article))

    def find(self, matter: Matter) -> Hit | None:
        """The same over what `matter` made of an article, for many rules over one article."""
        hits = []
        for group in self.groups:
            hit = next((hit for word in group if (hit := matter.find(word))), None)
            if hit is None:
                return None
            hits.append(hit)
        if any(matter.find(word) for word in self.without):
            return None
        return hits[0]


@lru_cache(maxsize=4096)
def parse(text: str) -> Rule:
    """The rule a reader wrote; words are kept as written but for width and doubled ones. Raises InvalidRule."""
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > MAX_CHARACTERS:
        raise InvalidRule("long")
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(" ".join(found[1].split()))
        return f"\0{len(kept) - 1}\0" if kept[-1] else ""

    text = _BARS.sub("|", _QUOTED.sub(hide, text))
    groups: dict[tuple[str, ...], None] = {}
    without: dict[str, None] = {}
    for piece in text.split():
        negative = piece[0] in _MINUS
        words = [
            re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], word).strip(_MINUS + '|"“” ')
            for word in piece.lstrip(_MINUS).split("|")
        ]
        words = sorted({word for word in words if _key(word)})
        if not words:
            continue
        if negative:
            without.update(dict.fromkeys(words))
        else:
            groups[tuple(words)] = None
    if not groups:
        raise InvalidRule("only_not" if without else "empty")
    if sum(map(len, groups)) + len(without) > MAX_WORDS:
        raise InvalidRule("many")
    return Rule(tuple(sorted(groups)), tuple(sorted(without)))


def match(text: str, article: Article) -> Hit | None:
    """The hit of the rule written as `text`, or None; a text that is no rule matches nothing."""
    try:
        return parse(text).match(article)
    except InvalidRule:
        return None


def in_place(place: str, article: Article) -> bool:
    """Whether the article is about this place, or about one inside this prefecture."""
    return matter(article).is_about(place)


@dataclass(frozen=True, slots=True)
class Matter:
    """What there is to match of an article, in comparable form."""

    text: str
    spaced: str
    places: frozenset[str]
    people: frozenset[str]
    paper: str

    def find(self, word: str) -> Hit | None:
        """What the word is in the article, or None."""
        key = _key(word)
        if not key:
            return None
        if short_place(key) in self.places:
            return Hit("place", word)
        if key == self.paper:
            return Hit("paper", word)
        if key in self.people:
            return Hit("person", word)
        if _LATIN.match(key) or _LATIN.match(key[-1]):
            return Hit("word", word) if _bounded(_plain(word)).search(self.spaced) else None
        if key not in self.text:
            return None
        if len(key) == 2 and not self._stands(key):
            return None
        return Hit("word", word)

    def is_about(self, place: str) -> bool:
        """Whether the article is about this place, or one inside this prefecture."""
        return short_place(_key(place)) in self.places

    def _stands(self, key: str) -> bool:
        """Whether two characters are a word somewhere, not the end of one and the beginning of the next (工人|大会)."""
        at = self.text.find(key)
        while at >= 0:
            if _is_joined(self.text[max(at - 4, 0) : at], key, self.text[at + 2 : at + 6]):
                return True
            at = self.text.find(key, at + 1)
        return False


@lru_cache(maxsize=2048)
def matter(article: Article) -> Matter:
    """What rules look at in an article."""
    byline = article.byline
    raw = "\n".join([article.kicker, article.title, article.subtitle, *article.body, byline.raw])
    spaced = _plain(raw)
    places = {place.name for place in article.places} | {place.city for place in article.places}
    people = (*byline.reporters, *byline.correspondents, *byline.photographers)
    return Matter(
        text="".join(spaced.split()),
        spaced=spaced,
        places=frozenset(short_place(_key(place)) for place in places if place),
        people=frozenset(_key(name) for name in (*people, *(person.name for person in article.people))),
        paper=_key(article.paper),
    )


@lru_cache(maxsize=65536)
def _is_joined(before: str, key: str, after: str) -> bool:
    at = 0
    start, end = len(before), len(before) + len(key)
    for word in cut(before + key + after):
        if at == start or at + len(word) == end or (at < start and at + len(word) > end):
            return True
        at += len(word)
    return False


@lru_cache(maxsize=4096)
def _bounded(plain: str) -> re.Pattern[str]:
    """Latin words and numbers match whole: AI is not in MAIL, 120 not in 1200."""
    inner = r"\s*".join(re.escape(part) for part in plain.split())
    first = r"(?<![0-9a-z])" if _LATIN.match(plain) else ""
    last = r"(?![0-9a-z])" if _LATIN.match(plain[-1]) else ""
    return re.compile(first + inner + last)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    return "".join(_plain(text).split())


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or word[:1] in _MINUS or word in ("OR", "or", "或者") else word
