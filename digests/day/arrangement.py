"""Material and one reader's profile → the items, points and practical sentences of a digest; pure.

What the articles are to each other comes from `digests/day/material.py`; here they are only chosen, grouped and ordered,
so that a thousand profiles over one day stay cheap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from digests.day import points, practical
from digests.day.material import Material
from digests.day.numbers import differing
from digests.day.ordering import Candidate, Quota, choose
from digests.day.selection import Choice, normal, reason, section, wanted
from digests.summaries.quoting import recent, summary
from store.models import Article, Item, Profile, Quote
from store.models.subscribers import Length
from store.rules import match

ORDERED = 12
"""So many items at the top are ordered for variety, whatever their length."""
PAGE_QUOTA = 3
WEEKLY = 12


@dataclass(frozen=True, slots=True)
class Room:
    """How many items have a summary, and how long it may be."""

    items: int
    sentences: int
    characters: int


ROOMS: Mapping[Length, Room] = {
    "titles": Room(0, 0, 0),
    "summaries": Room(12, 2, 120),
    "detailed": Room(24, 4, 240),
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a digest says below its header."""

    items: tuple[Item, ...]
    points: tuple[Quote, ...]
    practical: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """The wanted articles of one story: the leading one, others of the event, comments and side reports on it."""

    lead: Choice
    also: tuple[Choice, ...]
    group: tuple[Choice, ...]
    photos: tuple[Article, ...]
    section: str
    late: bool
    sound: bool
    score: float

    @property
    def id(self) -> int:
        return self.lead.facts.article.id

    @property
    def rank(self) -> int:
        """Followed, then the reader's places, then the rest; late after today's, what may not lead last."""
        personal = 0 if self.lead.follow else 1 if self.lead.place else 2
        return personal + 3 * self.late + 6 * (not self.sound)


def arrange(
    material: Material, profile: Profile, *, day: date, today: date | None = None, best: int = 0
) -> Arrangement:
    """The digest of a profile; with `best` only so many items (the weekly review).

    Late is what was printed before `day`, and a page of an edition before `today` of which other pages were there
    before. What was announced for a day before `today` is over.
    """
    late = _late(material, day, today or day)
    profile = normal(profile)
    choices = wanted(material.facts.values(), profile, material, {**material.owners, **material.facts})
    stories = list(_stories(material, choices, profile, late))
    room = ROOMS[profile.length]
    picked = _pick(stories, material, max(best, room.items, ORDERED))
    if best:
        stories = [story for story in stories if story.id in picked]
    summed = _summed(stories, picked, best or room.items)
    items = tuple(
        _item(story, material, profile, room if story.id in summed else None)
        for story in _in_order(stories, picked, material, profile)
    )
    by_id = {story.id: story for story in stories}
    telling = [by_id[article_id] for article_id in picked if article_id in by_id and by_id[article_id].sound]
    fresh = [story for story in telling if not story.late] or telling
    # What stands under the reader's own headings need not be said twice.
    others = [story for story in fresh if not (story.lead.follow or story.lead.place)]
    fresh = others if len(others) >= points.LEAST else fresh
    return Arrangement(
        items=items,
        points=points.points([story.lead.facts for story in fresh], material.alike),
        practical=() if best else _practical(stories, today or day),
    )


def _late(material: Material, day: date, today: date) -> frozenset[int]:
    return frozenset(
        article_id
        for article_id, entry in material.facts.items()
        if (article := entry.article).day < day
        or (article.day < today and (article.paper, article.day) in material.begun)
    )


def _stories(
    material: Material, choices: Mapping[int, Choice], profile: Profile, late: Set[int]
) -> Iterator[_Story]:
    taken: set[int] = set()
    for group in material.stories:
        members = [choices[one] for one in group.ids if one in choices]
        parts = [choices[one] for one in group.parts if one in choices]
        members.sort(key=lambda choice: _leading(choice, material, late))
        parts.sort(key=lambda choice: _leading(choice, material, late))
        # What is followed is not hidden under what is not; and what is here without its event stands for itself.
        alone = [choice for choice in parts if not members or _is_nearer(choice, members[0])]
        for several, beside in (
            [members, [one for one in parts if one not in alone]],
            *([[one], []] for one in alone),
        ):
            if not several:
                continue
            photos = [
                photo
                for choice in (*several, *beside)
                for photo in material.photos.get(choice.facts.article.id, ())
                if photo in choices
            ]
            taken.update(photos)
            # A photo of the same story is shown as one, whichever article the page puts it to.
            if several[0].facts.article.kind != "photo":
                both = (*several, *beside)
                photos += [choice.facts.article.id for choice in both if choice.facts.article.kind == "photo"]
                several = [choice for choice in several if choice.facts.article.kind != "photo"]
                beside = [choice for choice in beside if choice.facts.article.kind != "photo"]
            yield _story(material, several, beside, photos, profile, late)
    # A photo that is wanted without its article stands alone.
    for photos_of_one in material.photos.values():
        for photo in photos_of_one:
            if photo in choices and photo not in taken:
                yield _story(material, [choices[photo]], [], [], profile, late)


def _leading(choice: Choice, material: Material, late: Set[int]) -> tuple[bool, bool, bool, bool, float, int]:
    article = choice.facts.article
    return (
        not choice.follow,
        not material.is_sound(article.id),
        article.id in late,
        not choice.place,
        -material.score.get(article.id, 0.0),
        article.id,
    )


def _is_nearer(one: Choice, other: Choice) -> bool:
    """Whether the one is more to the reader than the other."""
    return (bool(one.follow), bool(one.place)) > (bool(other.follow), bool(other.place))


def _story(
    material: Material,
    members: Sequence[Choice],
    parts: Sequence[Choice],
    photos: Sequence[int],
    profile: Profile,
    late: Set[int],
) -> _Story:
    lead = members[0]
    article = lead.facts.article
    return _Story(
        lead=lead,
        also=tuple(members[1:]),
        group=tuple(parts),
        photos=tuple(material.facts[photo].article for photo in photos),
        section=section(lead, profile),
        late=article.id in late,
        sound=material.is_sound(article.id),
        score=material.score.get(article.id, 0.0),
    )


def _pick(stories: Sequence[_Story], material: Material, total: int) -> dict[int, int]:
    """{article id: place in the order} of the stories on top."""
    candidates = [
        Candidate(
            story.id,
            story.rank,
            story.score,
            story.lead.facts.article.paper,
            (story.lead.facts.article.paper, story.lead.facts.article.page),
        )
        for story in stories
    ]
    papers = len({candidate.paper for candidate in candidates})
    quota = Quota(total, total if papers < 2 else -(-2 * total // 3), PAGE_QUOTA)
    return {article_id: place for place, article_id in enumerate(choose(candidates, material.alike, quota))}


def _summed(stories: Sequence[_Story], picked: Mapping[int, int], total: int) -> set[int]:
    """Which of the picked have a summary: today's, and late ones in what is left, half of the room at most."""
    order = sorted((story for story in stories if story.id in picked), key=lambda story: picked[story.id])
    today = [story.id for story in order if not story.late][:total]
    late = [story.id for story in order if story.late]
    room = total if not today else min(total - len(today), total // 2)
    return {*today, *late[:room]}


def _in_order(
    stories: Sequence[_Story], picked: Mapping[int, int], material: Material, profile: Profile
) -> list[_Story]:
    """Section after section: followed, the reader's places, the others; then what is late, likewise."""
    papers = {edition.paper: n for n, edition in reversed(list(enumerate(material.editions)))}

    def within(story: _Story) -> tuple[float, ...]:
        article = story.lead.facts.article
        if profile.order == "paper" and not story.lead.follow:
            return (not story.sound, article.page, article.position, article.id)
        return (
            not story.sound,
            picked.get(story.id, len(picked)),
            -story.score,
            article.id,
        )

    sections: dict[tuple[bool, str], list[_Story]] = {}
    for story in stories:
        sections.setdefault((story.late and not story.lead.follow, story.section), []).append(story)
    for several in sections.values():
        several.sort(key=within)

    def across(key: tuple[bool, str]) -> tuple[float | bool | str, ...]:
        late, name = key
        several = sections[key]
        own = any(story.lead.place == name for story in several)
        if profile.order == "paper":
            return (late, name != "", papers.get(name, len(papers)), name)
        first = min(picked.get(story.id, len(picked)) for story in several)
        return (late, name != "", not own, first, -max(story.score for story in several), name)

    return [story for key in sorted(sections, key=across) for story in sections[key]]


def _item(story: _Story, material: Material, profile: Profile, room: Room | None) -> Item:
    article = story.lead.facts.article
    quoted: tuple[Quote, ...] = ()
    if room and room.items:
        quoted = recent(summary(article, room.sentences, room.characters), article.day)
    also = tuple(choice.facts.article for choice in story.also)
    papers = {article.paper, *(other.paper for other in also)}
    earlier = material.earlier.get(article.id, ())
    previous = next((one for one in earlier if not any(match(rule, one) for rule in profile.mutes)), None)
    return Item(
        article=article,
        section=story.section,
        tier="summary" if quoted else "headline",
        reason=reason(story.lead, profile, papers=len(papers), of_use=article.id in material.of_use),
        quotes=quoted,
        also=also,
        group=tuple(choice.facts.article for choice in story.group),
        photos=story.photos,
        previous=previous,
        late=story.late,
        differing=differing((article, *also)) if also else (),
    )


def _practical(stories: Sequence[_Story], day: date) -> tuple[Quote, ...]:
    """The most useful sentences, at most two of a story; those of the reader are taken first; by date."""
    found = []
    for story in stories:
        several = [
            useful
            for choice in (story.lead, *story.also, *story.group)
            for useful in practical.useful(choice.facts.article)
            if not practical.is_over(useful, day=day)
        ]
        # Another paper's telling of the same notice adds nothing.
        source = next(iter(several), None)
        mine = [useful for useful in several if source and useful.quote.article_id == source.quote.article_id]
        mine.sort(key=lambda useful: -useful.score)
        found += [(story.lead.follow == "", story.lead.place == "", useful) for useful in mine[:2]]
    found.sort(key=lambda told: (told[0], told[1], -told[2].score, told[2].quote.article_id))
    chosen = found[: practical.MANY]
    chosen.sort(
        key=lambda told: (
            told[2].found.nearest(day),
            told[2].quote.article_id,
            told[2].quote.paragraph,
            told[2].quote.span.start,
        )
    )
    return tuple(useful.quote for *_, useful in chosen)
