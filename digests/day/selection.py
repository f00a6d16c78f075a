"""Which articles a reader wants, under which heading and why; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from digests.day.facts import Facts
from digests.day.places import place_of
from digests.day.sections import BY_WEIGHT
from store.models import Profile, Reason
from store.rules import Hit


class Hits(Protocol):
    """Tells what rules and places match (digests/day/material.py keeps it for all readers)."""

    def hits(self, rule: str) -> Mapping[int, Hit]:
        """The matches of a rule by article id."""

    def about(self, place: str) -> frozenset[int]:
        """The articles that are about a place."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article a reader wants: the first follow that matches it, and which of the reader's places it is about."""

    facts: Facts
    follow: str
    place: str


def normal(profile: Profile) -> Profile:
    """The profile with everything in one order: what is equal by `key` must not differ by order."""
    return Profile(
        papers=tuple(sorted(set(profile.papers))),
        places=tuple(sorted(set(profile.places))),
        follows=tuple(sorted(set(profile.follows))),
        mutes=tuple(sorted(set(profile.mutes))),
        length=profile.length,
        order=profile.order,
        only_matching=profile.only_matching,
    )


def wanted(
    entries: Collection[Facts], profile: Profile, hits: Hits, owners: Mapping[int, Facts]
) -> dict[int, Choice]:
    """The articles the profile wants, by id. A mute is stronger than a follow.

    A photo is wanted with the article it belongs to (`owners`), unless it is muted itself.
    """
    found: dict[int, Choice] = {}
    muted: set[int] = set()
    for rule in profile.mutes:
        muted.update(hits.hits(rule))
    followed: dict[int, str] = {}
    for rule in profile.follows:
        for article_id in hits.hits(rule):
            followed.setdefault(article_id, rule)
    places: dict[int, str] = {}
    for name in profile.places:
        for article_id in hits.about(name):
            places.setdefault(article_id, name)
    for entry in entries:
        article = entry.article
        owner = owners.get(article.photo_of, entry) if article.photo_of else entry
        if profile.papers and article.paper not in profile.papers:
            continue
        if article.id in muted or owner.article.id in muted:
            continue
        follow = followed.get(article.id) or followed.get(owner.article.id, "")
        place = places.get(article.id) or places.get(owner.article.id, "")
        if profile.only_matching and not follow and not place:
            continue
        found[article.id] = Choice(entry, follow, place)
    return found


def section(choice: Choice, profile: Profile) -> str:
    """The heading an item stands under: "" for what is followed, a place, a paper, or BY_WEIGHT."""
    if choice.follow:
        return ""
    if profile.order != "paper" and choice.place:
        return choice.place
    if profile.order == "place" and (name := place_of(choice.facts.article)):
        return name
    return BY_WEIGHT if profile.order == "importance" else choice.facts.article.paper


def reason(choice: Choice, profile: Profile, *, papers: int, of_use: bool) -> Reason:
    """Why the item is there: the most personal reason first."""
    article = choice.facts.article
    if choice.follow:
        return Reason("follow", choice.follow)
    if choice.place:
        return Reason("place", choice.place)
    if papers > 1:
        return Reason("many", str(papers))
    if article.page == 1 and choice.facts.sound:
        return Reason("front")
    if article.kind == "notice" or of_use:
        return Reason("notice")
    if profile.papers:
        return Reason("paper", article.paper)
    return Reason("day")
