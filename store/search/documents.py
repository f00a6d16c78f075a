"""Articles as an index takes them: folded texts and the tokens of paper, page, day, kind, places and people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from store.chinese.folding import fold
from store.chinese.names import short_place
from store.connection import Connection
from store.search import periods
from store.search.tokens import OWN

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of an article. `more` is what is printed around title and body.

    `labels` name page, kind, places and people, blank between them: with paper and day they make the index's own tokens.
    """

    article_id: int
    title: str
    body: str
    more: str
    labels: str
    day: date
    paper_id: int

    @property
    def own(self) -> str:
        """The index's own tokens, blank between them."""
        return own_tokens(self.labels, self.day, self.paper_id)


def own_tokens(labels: str, day: date, paper_id: int) -> str:
    """The tokens of an article that are not text."""
    digits = day.isoformat().replace("-", "")
    dated = [f"{OWN}n{paper_id}", f"{OWN}m{digits[:6]}", f"{OWN}d{digits}"]
    return " ".join([*dated, *(OWN + label for label in labels.split())])


@lru_cache(maxsize=10_000)  # the same few places and people in article after article
def _own(letter: str, value: str) -> str:
    return OWN + letter + re.sub(r"[\W_]", "", fold(value))


def paper_token(paper_id: int) -> str:
    """The token all articles of a paper have."""
    return f"{OWN}n{paper_id}"


def page_token(page: int | str) -> str:
    """The token of a page number."""
    return f"{OWN}g{page}"


def kind_token(kind: str) -> str:
    """The token of a kind of article."""
    return f"{OWN}k{kind}"


def place_token(name: str) -> str:
    """The token of a place, in full (芮城县) or short (芮城)."""
    return _own("p", name)


def person_token(name: str) -> str:
    """The token of someone who wrote or photographed."""
    return _own("w", name)


def day_tokens(period: periods.Period) -> list[str]:
    """The tokens one of which each article of the period has."""
    lengths = {"m": 6, "d": 8}
    return [f"{OWN}{unit}{day:%Y%m%d}"[: 2 + lengths[unit]] for unit, day in periods.pieces(period)]


def month_token(month: str) -> str:
    """The token of a month given as 2024-08."""
    return f"{OWN}m{month.replace('-', '')}"


def documents(db: Connection, ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those articles that are there and not removed, in ascending order of ids."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _CHUNK):
        yield from _read(db, wanted[start : start + _CHUNK])


def _read(db: Connection, ids: list[int]) -> Iterator[Document]:
    marks = ",".join("?" * len(ids))

    def children(sql: str) -> dict[int, list[tuple[str, ...]]]:
        found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for row in db.rows(f"{sql} WHERE article_id IN ({marks}) ORDER BY article_id, position", ids):
            found[row[0]].append(tuple(row)[1:])
        return found

    subheads = children("SELECT article_id, text FROM article_subheads")
    places = children("SELECT article_id, name, city FROM article_places")
    people = children("SELECT article_id, name, role FROM article_people")
    for row in db.rows(
        "SELECT articles.id, articles.kind, articles.kicker, articles.title, articles.subtitle, articles.byline,"
        " articles.body, pages.number, editions.day, editions.paper_id FROM articles"
        " JOIN pages ON pages.id = articles.page_id JOIN editions ON editions.id = pages.edition_id"
        f" WHERE articles.id IN ({marks}) AND articles.removed_at IS NULL ORDER BY articles.id",
        ids,
    ):
        article_id, kind, kicker, title, subtitle, byline, body, page, day_text, paper_id = row
        day = date.fromisoformat(day_text)
        around = [kicker, subtitle, byline, *(text for (text,) in subheads[article_id])]
        own = [page_token(page), kind_token(kind)]
        for names in places[article_id]:
            for name in names:
                own += [place_token(name), place_token(short_place(name))] if name else []
        own += [person_token(name) for name, role in people[article_id] if role != "named"]
        yield Document(
            article_id,
            fold(title),
            fold(body),
            fold("\n".join(text for text in around if text)),
            " ".join(dict.fromkeys(token.removeprefix(OWN) for token in own)),
            day,
            paper_id,
        )
