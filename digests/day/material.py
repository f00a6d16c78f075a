"""What a range of articles is, whoever reads it: facts, stories, likeness, earlier articles; pure.

Built once for all readers of a day; `digests/day/arrangement.py` makes one reader's digest of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digests.day.clusters import Group, Index, group
from digests.day.facts import Facts, facts
from digests.day.ordering import importance
from digests.day.practical import useful
from store.errors import InvalidRule
from store.models import Article, Edition
from store.rules import Hit, Matter, matter, parse


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The articles of a digest's range with what they are to each other.

    `stories` has every article but photos that belong to one; `photos` those by their article. `earlier` maps an
    article to the one it follows up; `copies` are those whose text was printed on an earlier day. `begun` are
    the editions (paper, day) that had articles before.
    """

    facts: Mapping[int, Facts]
    owners: Mapping[int, Facts]
    stories: tuple[Group, ...]
    photos: Mapping[int, tuple[int, ...]]
    alike: Mapping[int, Mapping[int, float]]
    earlier: Mapping[int, tuple[Article, ...]]
    copies: frozenset[int]
    begun: frozenset[tuple[str, date]]
    score: Mapping[int, float]
    of_use: frozenset[int]
    editions: tuple[Edition, ...] = ()
    usual: tuple[str, ...] = ()
    _matters: dict[int, Matter] = field(default_factory=dict)
    _hits: dict[str, dict[int, Hit]] = field(default_factory=dict)
    _about: dict[str, frozenset[int]] = field(default_factory=dict)

    def hits(self, rule: str) -> Mapping[int, Hit]:
        """Which articles a rule matches; a text that is no rule matches none."""
        if rule not in self._hits:
            try:
                parsed = parse(rule)
            except InvalidRule:
                self._hits[rule] = {}
            else:
                self._hits[rule] = {
                    article_id: hit
                    for article_id, told in self._told().items()
                    if (hit := parsed.find(told)) is not None
                }
        return self._hits[rule]

    def about(self, place: str) -> frozenset[int]:
        """Which articles are about a place."""
        if place not in self._about:
            self._about[place] = frozenset(
                article_id for article_id, told in self._told().items() if told.is_about(place)
            )
        return self._about[place]

    def _told(self) -> Mapping[int, Matter]:
        if not self._matters:
            self._matters.update(
                (article_id, matter(entry.article))
                for article_id, entry in {**self.owners, **self.facts}.items()
            )
        return self._matters

    def is_sound(self, article_id: int) -> bool:
        """Whether the article may lead."""
        return self.facts[article_id].sound and article_id not in self.copies


def prepare(
    articles: Sequence[Article],
    *,
    before: Sequence[Article] = (),
    owners: Sequence[Article] = (),
    editions: Sequence[Edition] = (),
    usual: Sequence[str] = (),
) -> Material:
    """Compare the articles with each other and with those `before`, which are in no digest of this range.

    `owners` are articles outside the range that photos of the range belong to; `usual` the papers to expect.
    """
    entries = {article.id: facts(article) for article in sorted(articles, key=lambda article: article.id)}
    photos: dict[int, list[int]] = {}
    for article_id, entry in entries.items():
        owner = entry.article.photo_of
        if owner in entries and owner != article_id and entries[owner].article.photo_of is None:
            photos.setdefault(owner, []).append(article_id)
    belonging = {photo for several in photos.values() for photo in several}
    told = {article_id: entry for article_id, entry in entries.items() if article_id not in belonging}
    of_use = frozenset(article_id for article_id, entry in told.items() if useful(entry.article))
    plain = {
        article_id: importance(entry, has_photo=article_id in photos, of_use=article_id in of_use)
        for article_id, entry in told.items()
    }
    index = Index(told.values())
    alike = {article_id: index.cosines(entry) for article_id, entry in told.items()}
    ordered = sorted(
        told.values(),
        # The report leads, not the comment on it.
        key=lambda entry: (
            not entry.sound,
            bool(entry.headline.voice),
            -plain[entry.article.id],
            entry.article.id,
        ),
    )
    stories = group(ordered, alike, index)
    score = dict(plain)
    for story in stories:
        pages = len({(entries[one].article.paper, entries[one].article.page) for one in story.ids})
        for one in story.ids:
            score[one] = importance(entries[one], pages=pages, has_photo=one in photos, of_use=one in of_use)
    earlier, copies = _compare(told, before)
    return Material(
        facts=entries,
        owners={article.id: facts(article) for article in owners},
        stories=tuple(stories),
        photos={owner: tuple(several) for owner, several in photos.items()},
        alike=alike,
        earlier=earlier,
        copies=copies,
        begun=frozenset((article.paper, article.day) for article in before),
        score=score,
        of_use=of_use,
        editions=tuple(editions),
        usual=tuple(usual),
    )


def _compare(
    told: Mapping[int, Facts], before: Sequence[Article]
) -> tuple[dict[int, tuple[Article, ...]], frozenset[int]]:
    """For each article the earlier ones of its story, the newest first, and which articles are copies of earlier ones."""
    old = {article.id: article for article in before if article.kind != "photo"}
    index = Index(facts(article) for article in old.values())
    earlier: dict[int, tuple[Article, ...]] = {}
    copies = set()
    for article_id, entry in told.items():
        near = [
            (alike, old[other])
            for alike, other in index.related(entry, index.cosines(entry))
            if old[other].day <= entry.article.day and alike.kind != "part"
        ]
        if near:
            # The newest first: the reader goes back along the story from there.
            near.sort(key=lambda pair: (pair[1].day, pair[0].score), reverse=True)
            earlier[article_id] = tuple(article for _, article in near)
        if any(alike.kind == "copy" for alike, _ in near):
            copies.add(article_id)
    return earlier, frozenset(copies)
