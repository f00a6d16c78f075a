"""Store and a day, or a range of arrivals → a Digest, saved; the only file of `digests` that touches the store.

Equal settings over equal articles give one digest. When an article it covers was corrected, a digest is built anew
under the same id; otherwise the saved one is returned.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock

from digests.day.arrangement import WEEKLY, arrange
from digests.day.material import Material, prepare
from digests.errors import NoArticles
from store.database import Store
from store.models import Article, Digest, Profile
from store.models.digests import DigestKind

VERSION = "5"
"""Rises when the same articles would give another digest, so that saved ones are built anew."""
LOOK_BACK_DAYS = 4
"""How many days before a story may be followed up."""
USUAL_DAYS = 14
USUAL_SHARE = 0.5
"""A paper is missed on a day if it was read on this share of the days of the fortnight before that had any."""
_BEFORE_PRINT = date(1600, 1, 1)
"""No newspaper is older (the first, in Strasbourg, is of 1605); what looks back from the year 1 would fall off the calendar."""
_KEPT = 8

# Digests are built in several threads; a Store belongs to one, the material of a day to all.
_materials: OrderedDict[str, Material] = OrderedDict()
_lock = Lock()


def build_day(
    store: Store, day: date, *, profile: Profile | None = None, papers: Sequence[str] = (), now: datetime
) -> Digest:
    """The digest of the editions of a day, on demand; `papers` narrows the profile's.

    Raises NoArticles if nothing of this day is stored; a profile that wants none of it gives an empty digest.
    """
    if day <= _BEFORE_PRINT:
        raise NoArticles(day, *store.editions.days_around(day))
    profile = profile or Profile()
    if papers:
        profile = replace(profile, papers=tuple(papers))
    return _build(store, "day", profile, day=day, first=day, last=day, now=now)


def build_delivery(
    store: Store, *, profile: Profile, after: int, upto: int, day: date, now: datetime
) -> Digest:
    """The digest of the articles that arrived in after < id <= upto, each that the profile wants exactly once."""
    return _build(store, "delivery", profile, day=day, after=after, upto=upto, now=now)


def build_weekly(store: Store, profile: Profile, week_end_day: date, now: datetime) -> Digest:
    """The best of the seven days that end with `week_end_day`; empty if nothing was printed."""
    first = week_end_day - timedelta(days=6)
    return _build(store, "weekly", profile, day=week_end_day, first=first, last=week_end_day, now=now)


def _build(
    store: Store,
    kind: DigestKind,
    profile: Profile,
    *,
    day: date,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
    after: int = 0,
    upto: int = 0,
) -> Digest:
    span = _Range(day, first, last, after, upto)
    stamp = _stamp(store, span)
    key = profile.key
    saved = store.digests.find(kind, day=day, profile_key=key, after=after, upto=upto, input_hash=stamp)
    if saved is not None:
        return saved
    material = _material(store, span, stamp)
    if kind == "day" and not any(_reads(profile, entry.article.paper) for entry in material.facts.values()):
        raise NoArticles(day, *store.editions.days_around(day))
    newest = _newest_day(material, day)
    # For the weekly review the oldest day of the week is no later than the last.
    since = first if kind == "weekly" and first else newest
    arranged = arrange(material, profile, day=since, today=day, best=WEEKLY if kind == "weekly" else 0)
    printed = {(one.paper, one.day) for item in arranged.items for one in item.articles}
    digest = Digest(
        id=0,
        kind=kind,
        day=day,
        profile_key=key,
        after=after,
        upto=upto,
        built_at=now,
        editions=tuple(
            edition
            for edition in material.editions
            # A paper without an article here was in an earlier digest, or is not wanted: it is not claimed.
            if kind != "weekly" and edition.day == newest and (edition.paper, edition.day) in printed
        ),
        missing=() if kind == "weekly" else _missing(material, profile, newest),
        points=arranged.points,
        items=arranged.items,
        practical=arranged.practical,
    )
    return store.digests.put(digest, input_hash=stamp)


@dataclass(frozen=True, slots=True)
class _Range:
    """The articles of a digest: by day of print (first, last) or by arrival (after, upto)."""

    day: date
    first: date | None
    last: date | None
    after: int
    upto: int

    @property
    def before(self) -> tuple[date, date, int | None]:
        """(first day, last day, newest id) of the articles that a story of the range may follow up."""
        if self.first is not None:
            return self.first - timedelta(days=LOOK_BACK_DAYS), self.first - timedelta(days=1), None
        return self.day - timedelta(days=LOOK_BACK_DAYS), self.day, self.after


def _articles(store: Store, span: _Range) -> list[Article]:
    if span.first is not None and span.last is not None:
        return store.articles.printed(span.first, span.last)
    return store.articles.between(span.after, span.upto)


def _stamp(store: Store, span: _Range) -> str:
    first, last, upto = span.before
    parts = [
        VERSION,
        repr(span),
        store.articles.stamp(first=span.first, last=span.last, after=span.after, upto=span.upto)
        if span.first is None
        else store.articles.stamp(first=span.first, last=span.last),
        store.articles.stamp(first=first, last=last, upto=upto),
        store.editions.stamp(span.day, days=USUAL_DAYS),
        repr(_usual(store, span.day)),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _material(store: Store, span: _Range, stamp: str) -> Material:
    with _lock:
        if stamp in _materials:
            _materials.move_to_end(stamp)
            return _materials[stamp]
    articles = _articles(store, span)
    ids = {article.id for article in articles}
    first, last, upto = span.before
    owners = {article.photo_of for article in articles if article.photo_of and article.photo_of not in ids}
    days = sorted({article.day for article in articles} | {span.day}, reverse=True)
    material = prepare(
        articles,
        before=store.articles.printed(first, last, upto=upto),
        owners=store.articles.many(sorted(owners)),
        editions=[edition for day in days for edition in store.editions.on(day)],
        usual=_usual(store, span.day),
    )
    with _lock:
        _materials[stamp] = material
        while len(_materials) > _KEPT:
            _materials.popitem(last=False)
    return material


def _usual(store: Store, day: date) -> list[str]:
    """The papers to expect on a day, from how often each was read in the fortnight before."""
    seen = store.editions.seen_before(day, days=USUAL_DAYS)
    days = max(seen.values(), default=0)
    # 停刊: a paper whose own site has none of the day is not missing.
    none = {row.paper for row in store.sources.days(first=day, last=day) if row.state == "no-edition"}
    return [paper for paper, times in seen.items() if times >= USUAL_SHARE * days and paper not in none]


def _newest_day(material: Material, day: date) -> date:
    """The day that is today's for a digest: where pages come in a day after print, yesterday's are no late ones."""
    days = {entry.article.day for entry in material.facts.values()}
    return max((printed for printed in days if printed <= day), default=day)


def _missing(material: Material, profile: Profile, day: date) -> tuple[str, ...]:
    there = {edition.paper for edition in material.editions if edition.day == day}
    return tuple(paper for paper in material.usual if paper not in there and _reads(profile, paper))


def _reads(profile: Profile, paper: str) -> bool:
    return not profile.papers or paper in profile.papers
