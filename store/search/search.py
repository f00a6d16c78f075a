"""`Search`: one function from what a reader types to a page of hits.

    store.search.find("地点:寿阳 党群", limit=5)

Reading the query is query.py's, what has to be in an article plan.py's, the index's work sqlite.py's, the order of the
first hits ranking.py's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from store.connection import Connection
from store.errors import QueryTooSlow
from store.models.search import Facets, Notice, Order, Problem, SearchResult, Suggestion
from store.search import documents, plan, suggestions
from store.search.checks import problems
from store.search.facets import MOST_COUNTED, facets
from store.search.folding import fold
from store.search.hits import hits
from store.search.ordering import Ordering, Wanted
from store.search.plan import Plan
from store.search.query import Either, Filter, Node, Query, Term, parse
from store.search.sqlite import SqliteIndex
from store.search.tokens import OWN

MOST_READ = 2000
"""Articles whose text is read when the index alone cannot tell whether the words stand in it exactly."""
SECONDS = 2.0
"""Longest time for one search."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A query with its plan."""

    query: Query
    plan: Plan
    titles: Plan
    notices: tuple[Notice, ...]


class Search:
    """The search over one connection; for a thread of its own open it on a connection of its own (`Store.reading`)."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.index = SqliteIndex(db)
        self._names: tuple[int, list[str]] | None = None

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
        notices: tuple[Notice, ...] = ()
        try:
            with self._db.limited(SECONDS):
                prepared = self._prepare(query, today, top)
                notices = prepared.notices
                if not prepared.query.wanted:
                    return SearchResult(query, upto=top, notices=notices)
                ordering = Ordering(self._db, self.index, top)
                terms = tuple(term.folded for term in prepared.query.terms)
                found = ordering.find(Wanted(prepared.plan, prepared.titles, terms), order, offset + limit)
                if found.total == 0:
                    notices = (*notices, Notice("nothing_found"))
                    return SearchResult(
                        query,
                        upto=top,
                        notices=notices,
                        suggestions=self._suggestions(prepared.query, today, top),
                    )
                page = hits(self._db, found.ids[offset : offset + limit], terms, ordering.texts)
                return SearchResult(query, found.total, page, found.exact, top, notices)
        except QueryTooSlow:
            return SearchResult(query, exact=False, upto=top, notices=(*notices, Notice("taking_too_long")))

    def count(
        self, query: str, since: date | None = None, *, today: date | None = None, upto: int | None = None
    ) -> int:
        """How many articles there are (printed on `since` or later); 0 for a query with nothing to look for."""
        top = self._top() if upto is None else upto
        try:
            with self._db.limited(SECONDS):
                prepared = self._prepare(query, today, top)
                if not prepared.query.wanted:
                    return 0
                wanted = prepared.plan
                if since is not None:
                    wanted = plan.All((wanted, self._days((since, date.max))))
                return self.index.count(wanted, upto=top)
        except QueryTooSlow:
            return 0

    def matches(self, query: str, article_ids: Sequence[int], *, today: date | None = None) -> set[int]:
        """Which of these articles the query finds: the rules of readers who follow something."""
        if not article_ids:
            return set()
        prepared = self._prepare(query, today, max(article_ids))
        return self.index.among(prepared.plan, article_ids) if prepared.query.wanted else set()

    def facets(self, query: str, *, today: date | None = None, upto: int | None = None) -> Facets:
        """The hits counted by place, paper and month, each with the query that narrows down to it."""
        top = self._top() if upto is None else upto
        try:
            with self._db.limited(SECONDS):
                prepared = self._prepare(query, today, top)
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

    def _prepare(self, text: str, today: date | None, upto: int) -> _Prepared:
        query = parse(text, today=today or self._newest_day())
        notices = list(query.notices)
        ready = self._resolver(notices, upto)
        wanted = tuple(ready(node, "") for node in query.wanted)
        unwanted = tuple(ready(node, "") for node in query.unwanted)
        plain = not unwanted and all(
            isinstance(node, Term) and node.field != "person" for node in query.wanted
        )
        titles = tuple(_in_title(part, "heading" if plain else "title") for part in wanted)
        return _Prepared(query, plan.All(wanted, unwanted), plan.All(titles, unwanted), tuple(notices))

    def _resolver(self, notices: list[Notice], upto: int) -> Callable[[Node, str], Plan]:
        def ready(node: Node, field: str) -> Plan:
            if isinstance(node, Either):
                return plan.Any(tuple(ready(choice, field) for choice in node.choices))
            if isinstance(node, Filter):
                return self._filter(node, notices)
            found = self._read(plan.of_term(node, self.index), notices, upto)
            if node.field == "person":
                return plan.Any((plan.Phrase((documents.person_token(node.folded),)), found))
            return found

        return ready

    def _filter(self, node: Filter, notices: list[Notice]) -> Plan:
        if node.days is not None:
            return self._days(node.days)
        if node.field == "page":
            return plan.Phrase((documents.page_token(node.value),))
        if node.field == "kind":
            return plan.Phrase((documents.kind_token(node.value),))
        if node.field == "place":
            return plan.Phrase((documents.place_token(node.value),))
        rows = self._db.rows("SELECT id, name FROM papers ORDER BY id")
        known = [row["id"] for row in rows if node.value in fold(row["name"])]
        if not known:
            names = "、".join(row["name"] for row in rows[:12])
            notices.append(Notice("paper_unknown", (("value", node.value), ("papers", names))))
            return plan.Nothing()
        return plan.Any(tuple(plan.Phrase((documents.paper_token(paper_id),)) for paper_id in known))

    def _days(self, period: tuple[date, date]) -> Plan:
        row = self._db.row("SELECT min(day) AS first, max(day) AS last FROM editions")
        if row is None or row["first"] is None:
            return plan.Nothing()
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        tokens = documents.day_tokens((max(first, period[0]), min(last, period[1])))
        return plan.Any(tuple(plan.Phrase((token,)) for token in tokens))

    def _read(self, wanted: Plan, notices: list[Notice], upto: int) -> Plan:
        """The plan with each Read answered: the ids of those candidates whose text has the words."""
        if not isinstance(wanted, plan.Read):
            return wanted
        ids = self.index.newest(wanted.candidates, limit=MOST_READ + 1, upto=upto)
        if len(ids) > MOST_READ:
            ids.pop()
            notices.append(Notice("checked_newest", (("limit", MOST_READ),)))
        kept = []
        for document in documents.documents(self._db, ids):
            texts = {"title": (document.title,), "more": (document.more,)}
            for text in texts.get(wanted.column, (document.title, document.body, document.more)):
                if wanted.folded in text or wanted.folded in " ".join(text.split()):
                    kept.append(document.article_id)
                    break
        return plan.Ids(frozenset(kept)) if kept else plan.Nothing()

    def _suggestions(self, query: Query, today: date | None, upto: int) -> tuple[Suggestion, ...]:
        def count(other: str) -> int:
            return self.count(other, today=today, upto=upto)

        if self._names is None or self._names[0] != upto:
            self._names = upto, suggestions.names(self._db)
        near = suggestions.near(query, self._names[1], count)
        return (*near, *suggestions.fewer(query, count))


def _in_title(wanted: Plan, column: plan.Column) -> Plan:
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
