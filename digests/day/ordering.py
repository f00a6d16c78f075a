"""How much an article matters, and an order of several that keeps variety; pure.

Weights are set by hand (docs/digest.md): what an editor put on top counts most.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digests.day.facts import Facts

FRONT_PAGE = 1.0
EARLY_PAGE = 0.3
"""For page 2, half of it for page 3, and so on."""
FIRST_ON_PAGE = 0.6
LOWER_ON_PAGE = 0.7
"""What is left of FIRST_ON_PAGE with each article above."""
LENGTH = 0.6
LONG = 900
"""Characters beyond which an article is not the more important for being longer."""
HEADLINE = 0.3
KICKER = 0.1
PHOTO = 0.2
RUN_AGAIN = 0.4
"""For each doubling of the number of pages that ran the story."""
OF_USE = 0.4
NOTICE = -0.5
PHOTO_ALONE = -0.8
OFFICES = (
    (1.4, re.compile("习近平|总书记|国家主席|党中央|中共中央|国务院|中央军委|全国人大|全国政协|李强|赵乐际|王沪宁|蔡奇|丁薛祥|李希")),
    (0.8, re.compile("省委|省长|省政府|省人大|省政协|自治区|[一-鿿]省")),
    (0.5, re.compile("市委|市长|市政府|市人大|市政协|全市")),
)  # fmt: skip
"""What a headline gains that names an office: the highest one counts."""
VOICE = -0.8
"""For a comment, a reaction or a round-up: the report leads."""
VARIETY = 1.2
"""What an article loses if one like it (cosine 1) is already chosen."""


def importance(facts: Facts, *, pages: int = 1, has_photo: bool = False, of_use: bool = False) -> float:
    """How much an article matters. `pages` is how many printed the story."""
    article = facts.article
    score = FRONT_PAGE if article.page == 1 else EARLY_PAGE / max(article.page - 1, 1)
    score += FIRST_ON_PAGE * LOWER_ON_PAGE ** max(article.position, 0)
    score += LENGTH * min(math.log1p(facts.length) / math.log1p(LONG), 1.0)
    score += HEADLINE * bool(article.title) + KICKER * bool(article.kicker)
    score += PHOTO * has_photo + OF_USE * of_use
    score += RUN_AGAIN * math.log2(max(pages, 1))
    score += next((worth for worth, office in OFFICES if office.search(article.title)), 0.0)
    score += VOICE * bool(facts.headline.voice)
    score += {"notice": NOTICE, "photo": PHOTO_ALONE}.get(article.kind, 0.0)
    return score * (0.5 + 0.5 * article.legibility)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be chosen: `rank` orders before `score` does (smaller first)."""

    article_id: int
    rank: int
    score: float
    paper: str
    page: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may be chosen in all, of one paper (while others have some), and of one page."""

    total: int
    paper: int
    page: int


def choose(
    candidates: Sequence[Candidate], alike: Mapping[int, Mapping[int, float]], quota: Quota
) -> list[int]:
    """The ids of the best candidates, each for what it adds (maximal marginal relevance), within the quota.

    What the quota of a paper or page keeps out comes in after all others if there is room left.
    """
    chosen: list[int] = []
    waiting = sorted(
        candidates, key=lambda candidate: (candidate.rank, -candidate.score, candidate.article_id)
    )
    loss = dict.fromkeys((candidate.article_id for candidate in waiting), 0.0)
    papers: Counter[str] = Counter()
    pages: Counter[tuple[str, int]] = Counter()

    def fits(candidate: Candidate) -> bool:
        return papers[candidate.paper] < quota.paper and pages[candidate.page] < quota.page

    for within_quota in (True, False):
        while len(chosen) < quota.total:
            best: Candidate | None = None
            worth = (0.0, 0)
            for candidate in waiting:
                # In order of rank and score: what follows cannot be worth more, however different it is.
                if best is not None and (candidate.rank != best.rank or candidate.score < worth[0]):
                    break
                if within_quota and not fits(candidate):
                    continue
                value = (candidate.score - loss[candidate.article_id], -candidate.article_id)
                if best is None or value > worth:
                    best, worth = candidate, value
            if best is None:
                break
            waiting.remove(best)
            chosen.append(best.article_id)
            papers[best.paper] += 1
            pages[best.page] += 1
            for other, likeness in alike.get(best.article_id, {}).items():
                if other in loss:
                    loss[other] = max(loss[other], VARIETY * likeness)
    return chosen
