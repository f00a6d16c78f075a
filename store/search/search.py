"""`Search`: one function from what a reader types to a page of hits.

    store.search.find("地点:寿阳 党群", limit=5)

Reading the query is query.py's, what has to be in an article plan.py's, the index's work sqlite.py's, the order of the
first hits ranking.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.chinese import words
from store.chinese.folding import fold
from store.connection import Connection
from store.errors import QueryTooSlow
from store.models.search import Facets, Order, Problem, Remark, SearchResult, Suggestion
from store.search import plan, suggestions
from store.search.checks import problems
from store.search.facets import MOST_COUNTED, facets
from store.search.hits import hits
from store.search.index import SearchIndex
from store.search.names import names_of
from store.search.ordering import Ordering, Wanted
from store.search.plan import Column, Plan
from store.search.query import Query, Term, parse
from store.search.resolving import MOST_READ, Resolver
from store.search.sqlite import SqliteIndex
from store.search.tokens import OWN

_MOST_READ_TO_SUGGEST = 50
SECONDS = 2.0
"""Longest time for one search."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A query with its plan."""

    query: Query
    plan: Plan
    titles: Plan
    remarks: tuple[Remark, ...]


class Search:
    """The search over one connection; a thread of its own takes a connection of its own (`reading`)."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.index: SearchIndex = SqliteIndex(db)
        self._seconds = SECONDS
        self._names = names_of(db)

    def use(self, *, engine: str = "sqlite", seconds: float = SECONDS, address: str = "") -> None:
        """Choose the index that answers and how long it may take: "sqlite", or "tantivy" or "opensearch" with the extra of that name.

        `address` is the OpenSearch server's, with the index: http://127.0.0.1:9200/baozhai. Raises ImportError, ValueError.
        """
        self._seconds = seconds
        if engine == "tantivy":
            from store.search.tantivy_index import TantivyIndex  # an extra: not everybody has it

            self.index = TantivyIndex(self._db, Path(self._db.path + ".tantivy"))
        elif engine == "opensearch":
            from store.search.opensearch_index import OpenSearchIndex  # an extra, too

            self.index = OpenSearchIndex(self._db, address, seconds=seconds)
        else:
            self.index = SqliteIndex(self._db)

    def prepare(self) -> None:
        """Do now what the first search would wait for: character tables, jieba's dictionary, all names.

        How the names sound is left for the first search that finds nothing: few ever need it, and it is large.
        """
        fold("預熱")
        words.cut("预热")
        self._names.sounds(self._db, self._top())

    # --- finding

    def find(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "relevant",
        today: date | None = None,
        upto: int | None = None,
    ) -> SearchResult:
        """The articles with all that was typed, a page of them from `offset`.

        `today` is what 近7天 counts from (the newest edition's day when None). Never raises for what was typed.
        """
        top = self._top() if upto is None else upto
        remarks: tuple[Remark, ...] = ()
        try:
            with self._db.limited(self._seconds):
                prepared = self._prepare(query, today, upto=top, most=max(offset + limit, MOST_READ))
                remarks = prepared.remarks
                if not prepared.query.wanted:
                    return SearchResult(query, upto=top, remarks=remarks)
                ordering = Ordering(self._db, self.index, top)
                terms = tuple(term.folded for term in prepared.query.terms)
                found = ordering.find(Wanted(prepared.plan, prepared.titles, terms), order, offset + limit)
                if found.total == 0:
                    remarks = (*remarks, Remark("nothing_found"))
                    return SearchResult(
                        query,
                        upto=top,
                        remarks=remarks,
                        suggestions=self._suggestions(prepared.query, today, top),
                    )
                page = hits(self._db, found.ids[offset : offset + limit], terms, ordering.texts)
                exact = found.exact and not any(remark.code == "checked_newest" for remark in remarks)
                return SearchResult(query, found.total, page, exact, top, remarks)
        except QueryTooSlow:
            return SearchResult(query, exact=False, upto=top, remarks=(*remarks, Remark("taking_too_long")))

    def count(
        self, query: str, since: date | None = None, *, today: date | None = None, upto: int | None = None
    ) -> int:
        """How many articles there are (printed on `since` or later); 0 for a query with nothing to look for."""
        top = self._top() if upto is None else upto
        try:
            with self._db.limited(self._seconds):
                prepared = self._prepare(query, today, upto=top)
                if not prepared.query.wanted:
                    return 0
                wanted = prepared.plan
                if since is not None:
                    days = Resolver(self._db, self.index, upto=top).days((since, date.max))
                    wanted = plan.All((wanted, days))
                return self.index.count(wanted, upto=top)
        except QueryTooSlow:
            return 0

    def matches(self, query: str, article_ids: Sequence[int], *, today: date | None = None) -> set[int]:
        """Which of these articles the query finds: the rules of readers who follow something."""
        if not article_ids:
            return set()
        prepared = self._prepare(query, today, upto=max(article_ids), among=article_ids)
        return self.index.among(prepared.plan, article_ids) if prepared.query.wanted else set()

    def facets(self, query: str, *, today: date | None = None, upto: int | None = None) -> Facets:
        """The hits counted by place, paper and month, each with the query that narrows down to it."""
        top = self._top() if upto is None else upto
        try:
            with self._db.limited(self._seconds):
                prepared = self._prepare(query, today, upto=top)
                if not prepared.query.wanted:
                    return Facets()
                ids = self.index.newest(prepared.plan, limit=MOST_COUNTED, upto=top)
                return facets(self._db, query, ids)
        except QueryTooSlow:
            return Facets()

    # --- keeping the index true

    def reindex(self, changed: Sequence[int], removed: Sequence[int]) -> None:
        """Let the index follow the articles; called inside the transaction that changed them."""
        self.index.remove(removed)
        self.index.put(changed)

    def rebuild(self) -> int:
        """Make the index anew from the articles; how many there are."""
        return self.index.rebuild()

    def verify(self, *, deep: bool = False) -> list[Problem]:
        """What is wrong with the index (nothing: an empty list); `deep` reads every word of it."""
        return list(problems(self._db, deep=deep))

    # --- from the query to ids

    def _top(self) -> int:
        return int(self._db.value("SELECT coalesce(max(article_id), 0) FROM indexed_articles"))

    def _newest_day(self) -> date:
        day = self._db.value("SELECT max(day) FROM editions")
        return date.fromisoformat(day) if day else date.min

    def _prepare(
        self,
        text: str,
        today: date | None,
        *,
        upto: int,
        among: Sequence[int] | None = None,
        most: int = MOST_READ,
    ) -> _Prepared:
        query = parse(text, today=today or self._newest_day())
        resolver = Resolver(self._db, self.index, upto=upto, among=among, most=most)
        wanted = tuple(map(resolver.plan, query.wanted))
        unwanted = tuple(map(resolver.plan, query.unwanted))
        plain = not unwanted and all(
            isinstance(node, Term) and node.field != "person" for node in query.wanted
        )
        titles = tuple(_in_title(part, "heading" if plain else "title") for part in wanted)
        remarks = tuple(dict.fromkeys((*query.remarks, *resolver.remarks)))
        return _Prepared(query, plan.All(wanted, unwanted), plan.All(titles, unwanted), remarks)

    def _suggestions(self, query: Query, today: date | None, upto: int) -> tuple[Suggestion, ...]:
        def count(other: str) -> int:
            prepared = self._prepare(other, today, upto=upto, most=_MOST_READ_TO_SUGGEST)
            return self.index.count(prepared.plan, upto=upto) if prepared.query.wanted else 0

        near = suggestions.near(query, self._names.sounds(self._db, upto), count)
        return (*near, *suggestions.fewer(query, count))


@contextmanager
def reading(path: Path | str) -> Iterator[Search]:
    """A search of a database file on a connection of its own that only reads and never waits for who writes."""
    db = Connection(path, read_only=True)
    try:
        yield Search(db)
    finally:
        db.close()


def _in_title(wanted: Plan, column: Column) -> Plan:
    """The plan with its words in the title; what is no text stays."""
    match wanted:
        case plan.Phrase((first, *_) as tokens, "") if not first.startswith(OWN):
            return plan.Phrase(tuple(tokens), column)
        case plan.Phrase(tokens, "title"):
            return plan.Phrase(tokens, column)
        case plan.Mark(mark, ""):
            return plan.Mark(mark, "title")
        case plan.All(parts, but_not):
            return plan.All(tuple(_in_title(part, column) for part in parts), but_not)
        case plan.Any(parts):
            return plan.Any(tuple(_in_title(part, column) for part in parts))
    return wanted
