"""Stories: each article in one group, and nothing missed for speed."""

from __future__ import annotations

import random
from dataclasses import replace

from digests.day.clusters import Index, group
from digests.day.facts import facts
from digests.day.relations import relation
from tests.digests.newsroom import DAY, article
from tests.digests.stories import read

EVENT = article(
    "柳河县启动河湖长制示范段建设",
    "7月14日，柳河县在城东橡胶坝启动河湖长制示范段建设，沿河12公里将新栽柳树8600棵，设巡河驿站9处，总投资3400万元，年底前完工。",
    article_id=1,
)
COMMENT = article(
    "云岭时评：河湖长制示范段建设要见长效",
    "柳河县启动河湖长制示范段建设，沿河12公里新栽柳树8600棵。栽树容易，管树难，贵在有人天天巡河。",
    article_id=2,
)


def test_comment_stands_in_a_group_under_the_report_however_long_it_is() -> None:
    """Its headline is shown there; it is not swallowed as a copy."""
    entries = [facts(EVENT), facts(COMMENT)]
    index = Index(entries)
    cosines = {entry.article.id: index.cosines(entry) for entry in entries}
    (story,) = group(entries, cosines, index)
    assert (story.ids, story.parts) == ((1,), (2,))


def test_groups_hold_every_article_once() -> None:
    """Whatever the order of their indexing."""
    entries = [facts(replace(one.article, day=DAY)) for one in read()]
    expected = None
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        index = Index(entries)
        ordered = sorted(entries, key=lambda entry: entry.article.id)
        cosines = {entry.article.id: index.cosines(entry) for entry in entries}
        stories = group(ordered, cosines, index)
        assert sorted(one for story in stories for one in (*story.ids, *story.parts)) == [
            entry.article.id for entry in ordered
        ]
        groups = {(frozenset(one.ids), frozenset(one.parts)) for one in stories}
        expected = expected or groups
        assert groups == expected


def test_index_finds_what_comparing_each_with_each_finds() -> None:
    """Nothing of the same story is missed for speed."""
    entries = [facts(one.article) for one in read()]
    index = Index(entries)
    for entry in entries:
        cosines = index.cosines(entry)
        expected = {
            other.article.id
            for other in entries
            if other is not entry
            and relation(entry, other, cosines.get(other.article.id, 0.0)).kind != "none"
        }
        assert {article_id for _, article_id in index.related(entry, cosines)} == expected
