"""A parsed page with the places, people and days of each of its articles; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from store.chinese.folding import is_traditional, simplify
from store.models.pages import ParsedArticle, ParsedPage, Person
from store.places.dates import dates_in
from store.places.gazetteer import Division, home_division
from store.places.localities import counties_of, localities_in
from store.places.mentions import scan
from store.places.people import people_in
from store.places.resolving import Part, home_among, places_in

MOST_PARAGRAPHS = 3000
"""Places and persons are looked for in so many paragraphs; a page of a million lines is no page (store/pages/parser.py)."""
MOST_NAMES = 300
"""No article names more persons; a broken page of a million characters may seem to."""


def parts_of(article: ParsedArticle) -> list[Part]:
    """The article's text by importance: the kicker names whose news it is, the headline comes next, then the lead."""
    parts = [Part(article.kicker, 8.0), Part(article.title, 6.0), Part(article.subtitle, 4.0)]
    parts += [Part(text, 2.0) for text, _ in article.subheads]
    parts += [
        Part(text, 3.0 if n == 0 else 1.0, lead=n == 0)
        for n, text in enumerate(article.body[:MOST_PARAGRAPHS])
    ]
    return [part for part in parts if part.text]


def _annotated(article: ParsedArticle, home: Division | None, day: date | None) -> ParsedArticle:
    parts = [replace(part, text=simplify(part.text)) for part in parts_of(article)]
    texts = [part.text for part in parts]
    people = _people(article)
    names = [person.name for person in people if person.name][:MOST_NAMES]
    places, localities = places_in(parts, home, names), localities_in(texts, home)
    if not any(place.level == "county" for place in places):
        places += counties_of(localities, home)
    return replace(
        article,
        places=places + localities,
        people=people,
        dates=dates_in(texts, day),
    )


def _people(article: ParsedArticle) -> tuple[Person, ...]:
    """The persons as printed, found in simplified characters."""
    body = article.body[:MOST_PARAGRAPHS]
    if not any(map(is_traditional, body)):
        return people_in(article.byline, body)
    simple = [simplify(text) for text in body]
    printed, shadow = "\n".join(body), "\n".join(simple)

    def original(text: str) -> str:
        at = shadow.find(text) if text else -1
        return printed[at : at + len(text)] if at >= 0 else text

    return tuple(
        Person(original(person.name), original(person.office)) for person in people_in(article.byline, simple)
    )


def annotate(page: ParsedPage, *, paper: str = "", day: date | None = None) -> ParsedPage:
    """Fill places (the most important first), people and dates of each article.

    The paper's home settles what ambiguous names mean; where the paper is unknown or national, the city most of the
    page is about stands in for it. `day` resolves days without a year.
    """
    home = home_division(paper or page.paper)
    if home is None:
        home = home_among(
            [[m for part in parts_of(article) for m in scan(part.text)] for article in page.articles]
        )
    day = day or page.day
    return replace(page, articles=tuple(_annotated(article, home, day) for article in page.articles))
