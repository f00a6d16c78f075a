"""The ids of a query's articles in the order they are shown, each way as cheap as the number of hits allows.

    one word, up to MOST_RANKED hits    BM25 by the index, titles weighted
    else, up to MOST_WEIGHED            the same weighing over the texts themselves: for a long phrase or two common
                                        words the index would walk all their tokens twice more
    more                                the newest with the words in the title, then the newest

The first fifty are then put in an editor's order (ranking.py). Every way gives the same list for the same articles,
however much of it is asked for: the second page continues the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.connection import Connection
from store.models.search import Order
from store.search import plan, ranking
from store.search.documents import month_token
from store.search.index import SearchIndex
from store.search.plan import Plan

MOST_RANKED = 1000
"""Hits up to which BM25 orders them all: BM25 over each article with a common word takes 50 ms in 100,000 articles."""
MOST_WEIGHED = 60
MOST_COUNTED = 10_000
"""Hits of words that are counted one by one (a millisecond or two); above, their number is estimated."""
_ALL = 1 << 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to order: the plan, the same with all words in the title, and the words."""

    plan: Plan
    titles: Plan
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The first ids (at least as many as were asked for, when there are), and how many there are."""

    ids: list[int]
    total: int
    exact: bool


class Ordering:
    """Orders the hits of one query; keeps the texts it read for those who show them."""

    def __init__(self, db: Connection, index: SearchIndex, upto: int) -> None:
        self._db, self._index, self._upto = db, index, upto
        self.texts: dict[int, tuple[str, str]] = {}

    def find(self, wanted: Wanted, order: Order, needed: int) -> Found:
        """The first `needed` hits in this order."""
        newest = self._newest(wanted.plan, MOST_WEIGHED + 1)
        total, exact = (len(newest), True) if len(newest) <= MOST_WEIGHED else self._total(wanted.plan)
        if order == "newest":
            few = exact and total <= MOST_RANKED
            ids = self._newest(wanted.plan, _ALL) if few else self._months(wanted.plan, needed)
            return Found(self._by_day(ids), total, exact)
        if total <= MOST_RANKED and _is_one_word(wanted.plan):
            best = self._index.best(wanted.plan, limit=max(ranking.POOL, needed), upto=self._upto)
        elif total <= MOST_WEIGHED:
            best = self._weighed(newest, wanted.terms)
        else:
            best = self._titles_first(wanted, max(ranking.POOL, needed))
        pool = best[: ranking.POOL]
        if wanted.terms and len(pool) > 1:
            pool = ranking.order(pool, self._candidates, wanted.terms, needed=needed)
        return Found(pool + best[ranking.POOL :], total, exact)

    def _total(self, wanted: Plan) -> tuple[int, bool]:
        """(how many hits there are, whether that is exact): many are estimated from how dense the newest are."""
        found, lowest = self._index.count_newest(wanted, limit=MOST_COUNTED + 1, upto=self._upto)
        if found <= MOST_COUNTED:
            return found, True
        return max(found, round(found * self._upto / max(self._upto - lowest + 1, 1))), False

    def _newest(self, wanted: Plan, limit: int) -> list[int]:
        return self._index.newest(wanted, limit=limit, upto=self._upto)

    def _titles_first(self, wanted: Wanted, many: int) -> list[int]:
        titles = self._newest(wanted.titles, ranking.POOL)
        known = set(titles)
        newest = self._newest(wanted.plan, many + len(titles)) if len(titles) < many else []
        return titles + [article_id for article_id in newest if article_id not in known]

    def _weighed(self, ids: list[int], terms: Sequence[str]) -> list[int]:
        self._read(ids)
        texts = [(article_id, *self.texts[article_id]) for article_id in ids if article_id in self.texts]
        if not terms:
            return ids
        length = sum(len(title) + len(body) for _, title, body in texts) / max(len(texts), 1)
        scores = {}
        for article_id, title, body in texts:
            size = 1.2 * (0.25 + 0.75 * (len(title) + len(body)) / max(length, 1))
            often = [10 * title.count(term) + body.count(term) or 1 for term in terms]
            scores[article_id] = sum(2.2 * many / (many + size) for many in often)
        return sorted(scores, key=lambda article_id: (-scores[article_id], -article_id))

    def _candidates(self, ids: Sequence[int]) -> list[ranking.Candidate]:
        self._read(ids)
        return [
            ranking.Candidate(article_id, *self.texts[article_id])
            for article_id in ids
            if article_id in self.texts
        ]

    def _read(self, ids: Sequence[int]) -> None:
        missing = [article_id for article_id in ids if article_id not in self.texts]
        if missing:
            marks = ",".join("?" * len(missing))
            for row in self._db.rows(f"SELECT id, title, body FROM articles WHERE id IN ({marks})", missing):
                self.texts[row[0]] = (row[1], row[2])

    def _months(self, wanted: Plan, needed: int) -> list[int]:
        """The hits of as many months as it takes. Ids grow in order of arrival, and an archive may arrive late."""
        found: list[int] = []
        for row in self._db.rows("SELECT DISTINCT substr(day, 1, 7) FROM editions ORDER BY 1 DESC"):
            month = plan.Phrase((month_token(row[0]),))
            found += self._newest(plan.All((wanted, month)), _ALL)
            if len(found) >= needed:
                break
        return found

    def _by_day(self, ids: list[int]) -> list[int]:
        days: dict[int, str] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            sql = f"SELECT article_id, day FROM indexed_articles WHERE article_id IN ({','.join('?' * len(part))})"
            days.update((row[0], row[1]) for row in self._db.rows(sql, part))
        return sorted(ids, key=lambda article_id: (days.get(article_id, ""), article_id), reverse=True)


def _is_one_word(wanted: Plan) -> bool:
    """Whether the index weighs it cheaply: one phrase of at most two tokens, or a mark."""
    match wanted:
        case plan.All((only,), ()):
            return _is_one_word(only)
        case plan.Phrase(tokens):
            return len(tokens) <= 2
        case plan.Any(parts):
            return len(parts) <= 8 and all(_is_one_word(part) for part in parts)
    return False
