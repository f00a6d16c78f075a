"""Ids → what a reader sees of an article: headline, paper, day, page, places and a snippet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from store.connection import Connection
from store.models.search import Hit
from store.search.snippets import Pieces, marked, snippet, spans

_AT_ONCE = 500


def hits(
    db: Connection, ids: Sequence[int], terms: Sequence[str], texts: Mapping[int, tuple[str, str]]
) -> tuple[Hit, ...]:
    """The hits in the order of the ids; `texts` are titles and bodies read already."""
    found: dict[int, Hit] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        known = dict(texts)
        missing = [article_id for article_id in part if article_id not in known]
        if missing:
            rows = db.rows(
                f"SELECT id, title, body FROM articles WHERE id IN ({','.join('?' * len(missing))})", missing
            )
            known.update((row[0], (row[1], row[2])) for row in rows)
        places: dict[int, list[str]] = {}
        for article_id, name in db.rows(
            f"SELECT article_id, name FROM article_places WHERE article_id IN ({marks}) ORDER BY article_id, position",
            part,
        ):
            places.setdefault(article_id, []).append(name)
        for article_id, paper, day, page, label, *around in db.rows(
            "SELECT articles.id, papers.name, editions.day, pages.number, pages.label, kicker, subtitle, byline FROM articles"
            " JOIN pages ON pages.id = articles.page_id JOIN editions ON editions.id = pages.edition_id"
            f" JOIN papers ON papers.id = editions.paper_id WHERE articles.id IN ({marks})",
            part,
        ):
            title, body = known[article_id]
            found[article_id] = Hit(
                article_id,
                title,
                paper,
                date.fromisoformat(day),
                page,
                tuple(places.get(article_id, ())),
                _snippet(body, title, around, terms),
                marked(title, terms),
                label,
            )
    return tuple(found[article_id] for article_id in ids if article_id in found)


def _snippet(body: str, title: str, around: Sequence[str], terms: Sequence[str]) -> Pieces:
    """Where the words are: in the body, else (when not even the title has them) in what is printed around it."""
    found = snippet(body, terms)
    if not terms or any(is_hit for _, is_hit in found) or spans(title, terms):
        return found
    return next((marked(text, terms) for text in around if spans(text, terms)), found)
