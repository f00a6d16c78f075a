"""A query → a plan in the terms of this store: papers by name, days as tokens, and texts read where tokens do not tell."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from store.chinese.folding import fold
from store.connection import Connection
from store.models.search import Remark
from store.search import documents, plan
from store.search.index import SearchIndex
from store.search.plan import Column, Plan
from store.search.query import Either, Filter, Node

MOST_READ = 400
"""Articles whose text is read for one query when the index alone cannot tell whether a word stands in them."""
_PAPERS_NAMED = 12


class Resolver:
    """Makes plans of the nodes of one query. What there is to say gathers in `remarks`.

    `upto` is the highest article id that counts; `among` names the articles asked about (None: all); `most` is how
    many texts may be read for one word.
    """

    def __init__(
        self,
        db: Connection,
        index: SearchIndex,
        *,
        upto: int,
        among: Sequence[int] | None = None,
        most: int = MOST_READ,
    ) -> None:
        self._db, self._index = db, index
        self._upto, self._among, self._most = upto, among, most
        self.remarks: list[Remark] = []

    def plan(self, node: Node) -> Plan:
        """The plan of a node, no Read left in it."""
        if isinstance(node, Either):
            return plan.Any(tuple(map(self.plan, node.choices)))
        if isinstance(node, Filter):
            return self._filter(node)
        found = self._answered(plan.of_term(node, self._index))
        if node.field == "person":
            return plan.Any((plan.Phrase((documents.person_token(node.folded),)), found))
        return found

    def days(self, period: tuple[date, date]) -> Plan:
        """The articles printed in the period."""
        row = self._db.row("SELECT min(day) AS first, max(day) AS last FROM editions")
        if row is None or row["first"] is None:
            return plan.Nothing()
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        # Not further than there are papers, but in whole months: one token for a month, thirty for its days.
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        tokens = documents.day_tokens((max(first.replace(day=1), period[0]), min(last, period[1])))
        return plan.Any(tuple(plan.Phrase((token,)) for token in tokens))

    def _filter(self, node: Filter) -> Plan:
        if node.days is not None:
            return self.days(node.days)
        if node.field == "page":
            return plan.Phrase((documents.page_token(node.value),))
        if node.field == "kind":
            return plan.Phrase((documents.kind_token(node.value),))
        if node.field == "place":
            return plan.Phrase((documents.place_token(node.value),))
        rows = self._db.rows("SELECT id, name FROM papers ORDER BY id")
        known = [row["id"] for row in rows if node.value in fold(row["name"])]
        if not known:
            names = "、".join(row["name"] for row in rows[:_PAPERS_NAMED])
            self.remarks.append(Remark("paper_unknown", (("value", node.value), ("papers", names))))
            return plan.Nothing()
        return plan.Any(tuple(plan.Phrase((documents.paper_token(paper_id),)) for paper_id in known))

    def _answered(self, wanted: Plan) -> Plan:
        """The plan, or for a Read the ids of those candidates whose text has the words."""
        if not isinstance(wanted, plan.Read):
            return wanted
        if self._among is not None:
            ids = sorted(self._index.among(wanted.candidates, self._among))
        else:
            ids = self._index.newest(wanted.candidates, limit=self._most + 1, upto=self._upto)
        if len(ids) > self._most and self._among is None:
            ids.pop()
            self.remarks.append(Remark("checked_newest", (("limit", self._most),)))
        self._most -= len(ids)
        kept = frozenset(
            ids[at] for at, texts in enumerate(self._texts(ids, wanted.column)) if _has(texts, wanted.folded)
        )
        return plan.Ids(kept) if kept else plan.Nothing()

    def _texts(self, ids: Sequence[int], column: Column) -> list[tuple[str, ...]]:
        names = {"title": ("title",), "more": ("more",)}.get(column, ("title", "body", "more"))
        found: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            rows = self._db.rows(
                f"SELECT id, {', '.join(names)} FROM articles JOIN indexed_articles ON article_id = id"
                f" WHERE id IN ({','.join('?' * len(part))})",
                part,
            )
            found.update((row[0], tuple(row)[1:]) for row in rows)
        return [found.get(article_id, ()) for article_id in ids]


def _has(texts: Sequence[str], folded: str) -> bool:
    if any(folded in text for text in texts):
        return True
    return any(folded in text or folded in " ".join(text.split()) for text in map(fold, texts))
