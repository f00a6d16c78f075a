"""今日要点."""

from __future__ import annotations

from digests.day.clusters import Index
from digests.day.facts import facts
from digests.day.points import points
from tests.digests.stories import read


def test_points_are_of_different_stories_and_short() -> None:
    """Five at most, no two about one thing, though articles of one story follow each other."""
    told = read()
    entries = [facts(one.article) for one in told]
    index = Index(entries)
    alike = {entry.article.id: index.cosines(entry) for entry in entries}
    found = points([one.article for one in told], alike)
    story = {one.article.id: one.story for one in told}
    assert len(found) == 5
    assert len({story[quote.article_id] for quote in found}) == 5
    assert all(8 <= len(quote.span.text) <= 60 for quote in found)


def test_few_stories_have_no_points() -> None:
    """The items say it all."""
    assert points([one.article for one in read()[:2]], {}) == ()
