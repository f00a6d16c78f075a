"""今日要点."""

from __future__ import annotations

from digests.day.clusters import Index
from digests.day.facts import facts
from digests.day.points import points
from store.models.digests import HEADLINE
from tests.digests.newsroom import article
from tests.digests.stories import read


def test_points_are_of_different_stories_and_short() -> None:
    """Five at most, no two about one thing, though articles of one story follow each other."""
    told = read()
    entries = [facts(one.article) for one in told]
    index = Index(entries)
    alike = {entry.article.id: index.cosines(entry) for entry in entries}
    found = points(entries, alike)
    story = {one.article.id: one.story for one in told}
    assert 3 <= len(found) <= 5
    assert len({story[quote.article_id] for quote in found}) == len(found)
    assert all(4 <= len(quote.span.text) <= 60 for quote in found)


def test_few_stories_have_no_points() -> None:
    """The items say it all."""
    assert points([facts(one.article) for one in read()[:2]], {}) == ()


def test_line_that_cannot_stand_alone_gives_way_to_the_headline() -> None:
    """Cut off, without its noun, or of the year before last."""
    bodies = (
        "该镇还建成了冷库三座，并为农户提供了储藏、分拣、装车的便利。",
        "2021年8月，合作社挂牌。",
        "他把奖状贴在了堂屋正中的墙上，逢人便夸。",
    )
    titles = ("云台镇冷库解了果农的愁", "马鞍村的辣椒卖到了省城", "退休教师的义务书屋开张")
    entries = [
        facts(article(title, body, article_id=number))
        for number, (title, body) in enumerate(zip(titles, bodies, strict=True), start=1)
    ]
    found = points(entries, {})
    assert [(quote.paragraph, quote.span.text) for quote in found] == [(HEADLINE, title) for title in titles]


def test_comment_is_no_point() -> None:
    """Somebody's opinion is not what happened."""
    entries = [
        facts(article(f"云岭时评：第{n}件事贵在坚持", "说一千道一万，贵在坚持。", article_id=n))
        for n in (1, 2, 3)
    ]
    assert points(entries, {}) == ()
