"""What Datasette says of the public file: titles, what a column means, and questions ready to ask."""

from __future__ import annotations

import json
from typing import Any

QUESTIONS = {
    "counties": (
        "Which counties were in the papers, and how often?",
        "SELECT name, count(DISTINCT article_id) AS articles FROM places WHERE level = 'county'"
        " GROUP BY name ORDER BY articles DESC",
    ),
    "reporters": (
        "Who wrote most?",
        "SELECT people.name, papers_of.paper, count(*) AS articles FROM people"
        " JOIN articles AS papers_of ON papers_of.id = people.article_id WHERE people.role = 'reporter'"
        " GROUP BY people.name, papers_of.paper ORDER BY articles DESC",
    ),
    "days": (
        "How much of each paper is there, day by day?",
        "SELECT day, paper, count(DISTINCT page) AS pages, count(*) AS articles FROM articles"
        " GROUP BY day, paper ORDER BY day DESC, paper",
    ),
    "front_pages": (
        "What stood on the front pages?",
        "SELECT day, paper, title FROM articles WHERE page = 1 AND kind = 'article' ORDER BY day DESC, paper, id",
    ),
    "search": (
        "Which articles say this? (two characters or more)",
        "SELECT articles.day, articles.paper, articles.page, articles.title FROM articles"
        " JOIN articles_fts ON articles_fts.rowid = articles.id WHERE articles_fts MATCH escape_fts(:words)"
        " ORDER BY articles.day DESC",
    ),
}
"""Name → (title, SQL), each asked by a test."""

_TABLES: dict[str, dict[str, Any]] = {
    "papers": {"description": "The papers that were read."},
    "editions": {
        "description": "A paper on a day.",
        "columns": {"day": "Day printed on the paper, YYYY-MM-DD"},
    },
    "pages": {
        "description": "A page (版) of an edition.",
        "columns": {"legibility": "Share of the text that could be read as words, 0 to 1"},
    },
    "articles": {
        "description": "The articles as printed, one row each.",
        "sort_desc": "day",
        "facets": ["paper", "kind"],
        "columns": {
            "kind": "article, photo or notice",
            "kicker": "The line above the headline",
            "byline": "Who wrote or photographed it, as printed",
            "body": "The text, a paragraph a line",
        },
    },
    "people": {
        "description": "People in articles.",
        "columns": {"role": "reporter, correspondent, photographer, or named in the text"},
    },
    "places": {
        "description": "Places an article is about.",
        "columns": {"level": "province, city, county …", "mentions": "How often the text names it"},
    },
    "events": {
        "description": "Dated notices: what is on, where, when.",
        "sort": "first_day",
        "columns": {
            "sentence": "The sentence as printed",
            "spot": "Where exactly",
            "hours": "Hours as printed",
        },
    },
    "dates": {
        "description": "Days named in articles.",
        "columns": {"printed": "As printed", "first_day": "First day meant", "last_day": "Last day meant"},
    },
}


def metadata(name: str) -> str:
    """metadata.yaml for the database `name`; JSON, which YAML includes, so that no library writes it."""
    record = {
        "title": "报摘 Baozhai",
        "description": "Articles of Chinese local dailies, split from their printed pages. The texts belong to the papers.",
        "databases": {
            name: {
                "tables": _TABLES,
                "queries": {key: {"title": title, "sql": sql} for key, (title, sql) in QUESTIONS.items()},
            }
        },
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
