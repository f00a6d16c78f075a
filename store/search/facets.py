"""Hits counted by place, paper and month, each with the query that narrows down to it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from store.chinese.names import short_place
from store.connection import Connection
from store.models.search import Facet, Facets

MOST_COUNTED = 20_000
"""Hits looked at, the newest: counting is for buttons, and a button needs an order more than a number."""
_SHOWN = 8

_FOUND = "WITH found AS MATERIALIZED (SELECT value AS id FROM json_each(?))"


def facets(db: Connection, query: str, ids: Sequence[int]) -> Facets:
    """The facets of these hits of the query."""
    found = json.dumps(list(ids))
    places = db.rows(
        f"{_FOUND} SELECT name, count(DISTINCT article_id) AS many FROM found JOIN article_places ON article_id = id"
        " GROUP BY name ORDER BY many DESC, name LIMIT ?",
        [found, _SHOWN],
    )
    papers = db.rows(
        f"{_FOUND} SELECT name, count(*) AS many FROM found JOIN indexed_articles ON article_id = found.id"
        " JOIN papers ON papers.id = paper_id GROUP BY papers.id ORDER BY many DESC, papers.id LIMIT ?",
        [found, _SHOWN],
    )
    months = db.rows(
        f"{_FOUND} SELECT substr(day, 1, 7) AS name, count(*) AS many FROM found JOIN indexed_articles ON article_id = id"
        " GROUP BY name ORDER BY name DESC LIMIT ?",
        [found, _SHOWN],
    )
    return Facets(
        tuple(
            Facet(row["name"], row["many"], narrowed(query, "地点", short_place(row["name"])))
            for row in places
        ),
        tuple(Facet(row["name"], row["many"], narrowed(query, "报纸", row["name"])) for row in papers),
        tuple(Facet(row["name"], row["many"], narrowed(query, "日期", row["name"])) for row in months),
    )


def narrowed(query: str, field: str, value: str) -> str:
    """The query with one more condition."""
    value = f'"{value}"' if any(mark.isspace() or mark == "|" for mark in value) else value
    return f"{query.strip()} {field}:{value}".strip()
