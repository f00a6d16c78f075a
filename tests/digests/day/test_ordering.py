"""Importance, and an order that keeps variety."""

from __future__ import annotations

from digests.day.facts import facts
from digests.day.ordering import Candidate, Quota, choose, importance
from tests.digests.newsroom import article

WIDE = Quota(total=9, paper=9, page=9)


def candidate(article_id: int, score: float, *, rank: int = 0, paper: str = "甲", page: int = 1) -> Candidate:
    """A candidate on a page."""
    return Candidate(article_id, rank, score, paper, (paper, page))


def test_each_sign_of_importance_counts() -> None:
    """Front page, top of the page, length, headline, photo, use, several papers; notices and bad scans less."""
    plain = article("标题", "正文" * 50, page=4, position=2)
    score = importance(facts(plain))
    better = [
        importance(facts(article("标题", "正文" * 50, page=1, position=2))),
        importance(facts(article("标题", "正文" * 50, page=4, position=0))),
        importance(facts(article("标题", "正文" * 150, page=4, position=2))),
        importance(facts(article("标题", "正文" * 50, page=4, position=2, kicker="芮城"))),
        importance(facts(plain), has_photo=True),
        importance(facts(plain), of_use=True),
        importance(facts(plain), pages=2),
    ]
    assert all(other > score for other in better)
    worse = [
        importance(facts(article("", "正文" * 50, page=4, position=2))),
        importance(facts(article("标题", "正文" * 50, page=4, position=2, kind="notice"))),
        importance(facts(article("标题", "正文" * 50, page=4, position=2, legibility=0.5))),
    ]
    assert all(other < score for other in worse)


def test_very_long_is_no_more_than_long() -> None:
    """A feature does not win by length alone."""
    long, longer = (importance(facts(article("标题", "正文" * n))) for n in (500, 5000))
    assert long == longer


def test_what_is_like_something_chosen_waits() -> None:
    """Two of a kind are parted by another thing."""
    ordered = choose([candidate(1, 3.0), candidate(2, 2.9), candidate(3, 2.5)], {1: {2: 0.6}}, WIDE)
    assert ordered == [1, 3, 2]


def test_rank_is_stronger_than_score() -> None:
    """What a reader follows comes first."""
    assert choose([candidate(1, 3.0, rank=2), candidate(2, 0.1, rank=0)], {}, WIDE) == [2, 1]


def test_quota_of_page_and_paper_yields_to_others_and_then_to_room() -> None:
    """Nothing is kept out of a place that nobody else wants."""
    several = [candidate(n, 9.0 - n) for n in range(1, 5)] + [candidate(9, 0.5, paper="乙")]
    assert choose(several, {}, Quota(total=4, paper=9, page=2)) == [1, 2, 9, 3]
    assert choose(several, {}, Quota(total=4, paper=1, page=9)) == [1, 9, 2, 3]


def test_equal_scores_are_ordered_by_id() -> None:
    """So that the order is one, whatever the input's."""
    several = [candidate(n, 1.0) for n in (3, 1, 2)]
    assert choose(several, {}, WIDE) == [1, 2, 3]
