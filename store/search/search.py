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
from store.models.search import Facets, Hit, Notice, Order, Problem, SearchResult, Suggestion
from store.search import documents, plan, ranking, suggestions
from store.search.checks import problems
from store.search.facets import MOST_COUNTED, facets
from store.search.folding import fold
from store.search.plan import Plan
from store.search.query import Either, Filter, Node, Query, Term, parse
from store.search.snippets import marked, snippet
from store.search.sqlite import SqliteIndex
from store.search.tokens import OWN

MOST_RANKED = 1000
"""Hits up to which BM25 orders them all; above, title hits and then the newest come first: nobody reads further, and
BM25 would have to weigh every article with the word (74 ms instead of 3 in 100,000 articles, docs/scale.md)."""
MOST_READ = 2000
"""Articles whose text is read when the index alone cannot tell whether the words stand in it exactly."""
_ALL = 1 << 40
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
                ids, total, exact = self._ranked(prepared, order, offset + limit, top)
                hits = self._hits(ids[offset : offset + limit], prepared.query)
                if total == 0:
                    notices = (*notices, Notice("nothing_found"))
                    return SearchResult(
                        query,
                        upto=top,
                        notices=notices,
                        suggestions=self._suggestions(prepared.query, today, top),
                    )
                return SearchResult(query, total, hits, exact, top, notices)
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

    def _ranked(
        self, prepared: _Prepared, order: Order, needed: int, upto: int
    ) -> tuple[list[int], int, bool]:
        """(the first `needed` ids or more, how many hits there are, whether that number is exact)."""
        most = max(MOST_RANKED, needed)
        found, lowest = self.index.newest_count(prepared.plan, limit=most + 1, upto=upto)
        few = found <= most
        total = found if few else _estimate(found, lowest, upto)
        if order == "newest":
            return self._by_day(prepared, few, needed, upto), total, few
        if found <= MOST_RANKED:
            best = self.index.best(prepared.plan, limit=max(ranking.POOL, needed), upto=upto)
        else:
            best = self.index.newest(prepared.titles, limit=ranking.POOL, upto=upto)
            if len(best) < max(ranking.POOL, needed):
                newest = self.index.newest(
                    prepared.plan, limit=max(ranking.POOL, needed) + len(best), upto=upto
                )
                known = set(best)
                best += [article_id for article_id in newest if article_id not in known]
        terms = [term.folded for term in prepared.query.terms]
        pool = best[: ranking.POOL]
        if terms and len(pool) > 1:
            pool = ranking.order(pool, self._candidates, terms, enough=min(needed, ranking.POOL))
        return pool + best[ranking.POOL :], total, few

    def _by_day(self, prepared: _Prepared, few: bool, needed: int, upto: int) -> list[int]:
        """Newest day first. Ids grow in order of arrival, and an archive may arrive late: so month by month."""
        found: list[int] = []
        if few:
            found = self.index.newest(prepared.plan, limit=_ALL, upto=upto)
        else:
            months = self._db.rows(
                "SELECT DISTINCT substr(day, 1, 7) AS month FROM editions ORDER BY month DESC"
            )
            for row in months:
                month = plan.Phrase((documents.month_token(row["month"]),))
                found += self.index.newest(plan.All((prepared.plan, month)), limit=_ALL, upto=upto)
                if len(found) >= needed:
                    break
        days: dict[int, str] = {}
        for start in range(0, len(found), 500):
            part = found[start : start + 500]
            sql = f"SELECT article_id, day FROM indexed_articles WHERE article_id IN ({','.join('?' * len(part))})"
            days.update((row["article_id"], row["day"]) for row in self._db.rows(sql, part))
        return sorted(found, key=lambda article_id: (days.get(article_id, ""), article_id), reverse=True)

    def _suggestions(self, query: Query, today: date | None, upto: int) -> tuple[Suggestion, ...]:
        def count(other: str) -> int:
            return self.count(other, today=today, upto=upto)

        if self._names is None or self._names[0] != upto:
            self._names = upto, suggestions.names(self._db)
        near = suggestions.near(query, self._names[1], count)
        return (*near, *suggestions.fewer(query, count))

    # --- from ids to hits

    def _candidates(self, ids: Sequence[int]) -> list[ranking.Candidate]:
        marks = ",".join("?" * len(ids))
        rows = self._db.rows(f"SELECT id, title, body FROM articles WHERE id IN ({marks})", ids)
        places = self._places(ids)
        found = {row[0]: ranking.Candidate(row[0], row[1], row[2], places.get(row[0], ())) for row in rows}
        return [found[article_id] for article_id in ids if article_id in found]

    def _places(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        marks = ",".join("?" * len(ids))
        found: dict[int, tuple[str, ...]] = {}
        for article_id, name in self._db.rows(
            f"SELECT article_id, name FROM article_places WHERE article_id IN ({marks}) ORDER BY article_id, position",
            ids,
        ):
            found[article_id] = (*found.get(article_id, ()), name)
        return found

    def _hits(self, ids: Sequence[int], query: Query) -> tuple[Hit, ...]:
        terms = [term.folded for term in query.terms]
        found: dict[int, Hit] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ",".join("?" * len(part))
            places = self._places(part)
            for article_id, title, body, paper, day, page in self._db.rows(
                "SELECT articles.id, title, body, papers.name, editions.day, pages.number FROM articles"
                " JOIN pages ON pages.id = articles.page_id JOIN editions ON editions.id = pages.edition_id"
                f" JOIN papers ON papers.id = editions.paper_id WHERE articles.id IN ({marks})",
                part,
            ):
                found[article_id] = Hit(
                    article_id,
                    title,
                    paper,
                    date.fromisoformat(day),
                    page,
                    places.get(article_id, ()),
                    snippet(body, terms),
                    marked(title, terms),
                )
        return tuple(found[article_id] for article_id in ids if article_id in found)


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


def _estimate(found: int, lowest: int, upto: int) -> int:
    """How many hits there are if those found, the newest down to the id `lowest`, are as dense as the rest."""
    return max(found, round(found * upto / max(upto - lowest + 1, 1)))
