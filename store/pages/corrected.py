"""What an operator said of a page's lines, applied while it is parsed: roles that are sure, captions, articles that are one.

A correction finds its lines by their text, so it also holds when the page is read anew with more or fewer lines above.
Where they are kept, and when a page is parsed again, is left to store/tables and store/correcting.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.models import Correction, ParsedArticle, Warning_
from store.pages.articles import Body
from store.pages.bylines import is_credit, tail_credit
from store.pages.characters import BLANKS, ends_open, fold
from store.pages.chunks import Chunk, join
from store.pages.photos import Photo
from store.pages.roles import ShortLine

ASIDE = ("banner", "furniture")
HEADINGS = ("title", "kicker", "subtitle", "subhead", "byline")
TOGETHER = "together"
WHY = "an operator said so"
_SURE, _NEVER = 20.0, -20.0


def find_lines(
    corrections: Sequence[Correction], lines: Sequence[str]
) -> tuple[list[Correction], list[Warning_]]:
    """The corrections with the lines they mean on this page, and a warning for each whose lines are gone."""
    folded = [fold(line) for line in lines]
    found: list[Correction] = []
    lost: list[Warning_] = []
    for one in corrections:
        first = _place(folded, one.text, one.first)
        other = _place(folded, one.other_text, one.other) if one.other else 0
        if first and bool(other) == bool(one.other):
            found.append(replace(one, first=first, last=first + one.last - one.first, other=other))
        else:
            lost.append(
                Warning_("correction", f"A correction no longer fits the page: {one.what} {one.text[:24]}")
            )
    return found, lost


def _place(folded: Sequence[str], text: str, line: int) -> int:
    """The 1-based line where this text begins: the nearest to where it was; 0 where it is not."""
    wanted = [fold(part) for part in text.split("\n")]
    places = [
        at + 1 for at in range(len(folded) - len(wanted) + 1) if list(folded[at : at + len(wanted)]) == wanted
    ]
    return min(places, key=lambda at: abs(at - line), default=0)


def breaks(corrections: Sequence[Correction]) -> frozenset[int]:
    """The 0-based lines that begin a piece of their own: a corrected line, and the one below it."""
    return frozenset(
        at
        for one in corrections
        for at in (one.first - 1, one.last if one.what != TOGETHER else one.first - 1)
    )


def roles_of(chunks: Sequence[Chunk], corrections: Sequence[Correction]) -> dict[int, Correction]:
    """Which chunks a correction speaks of; the last one counts."""
    return {
        number: one
        for one in corrections
        if one.what != TOGETHER
        for number, chunk in enumerate(chunks)
        if one.first - 1 <= chunk.first_line <= one.last - 1
    }


def sure_line(what: str) -> ShortLine:
    """The scores of a line whose role is known."""

    def score(role: str) -> float:
        return _SURE if role == what else _NEVER

    return ShortLine(
        score("title"),
        score("kicker"),
        score("subtitle"),
        score("byline"),
        score("banner"),
        score("subhead"),
        score("body"),
        (WHY,),
        sure=what == "title",
    )


def captions(chunks: Sequence[Chunk], roles: dict[int, Correction]) -> list[Photo]:
    """The pictures whose captions were named, each with the credit at its end or on the line below."""
    out: list[Photo] = []
    numbers = sorted(number for number, one in roles.items() if one.what == "caption")
    groups: list[list[int]] = []
    for number in numbers:
        if groups and roles[groups[-1][-1]].id == roles[number].id and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    for group in groups:
        below = group[-1] + 1
        credited = below < len(chunks) and below not in roles and is_credit(chunks[below].text)
        cut = -1 if credited else tail_credit(chunks[group[-1]].text)
        out.append(Photo(tuple(group), below if credited else -1, cut, WHY))
    return out


def join_articles(
    found: list[tuple[int, ParsedArticle]], corrections: Sequence[Correction]
) -> tuple[list[tuple[int, ParsedArticle]], dict[int, int]]:
    """The articles with those made one that an operator said are one, and {first chunk of one joined: the one it joined}.

    The upper one's headline leads; the lower one's becomes a subhead, so that nothing printed is lost.
    """
    moved: dict[int, int] = {}
    for one in corrections:
        if one.what != TOGETHER:
            continue
        upper, lower = (
            next((n for n, (_, a) in enumerate(found) if _holds(a, line)), -1)
            for line in (one.first, one.other)
        )
        if upper < 0 or lower < 0 or upper == lower:
            continue
        upper, lower = min(upper, lower), max(upper, lower)
        start, end = found[upper][0], found[lower][0]
        found[upper] = (start, _joined(found[upper][1], found[lower][1]))
        del found[lower]
        moved = {old: start if new == end else new for old, new in moved.items()} | {end: start}
    return found, moved


def _holds(article: ParsedArticle, line: int) -> bool:
    return any(first <= line <= last for first, last in article.lines)


def _joined(upper: ParsedArticle, lower: ParsedArticle) -> ParsedArticle:
    body = Body(list(upper.body), list(upper.subheads))
    texts = list(lower.body)
    if upper.title and lower.title:
        body.subheads.append((lower.title, len(body.paragraphs)))
    elif body.paragraphs and texts and ends_open(body.paragraphs[-1]):
        body.paragraphs[-1] = join(body.paragraphs[-1], texts.pop(0))
    shift = len(body.paragraphs) - (len(lower.body) - len(texts))
    body.subheads += [(text, max(0, at + shift)) for text, at in lower.subheads]
    body.paragraphs += texts
    head = upper if upper.title else lower
    byline = upper.byline if upper.byline.raw else lower.byline
    return replace(
        head,
        kind="article" if "article" in (upper.kind, lower.kind) else upper.kind,
        body=tuple(body.paragraphs),
        subheads=tuple(body.subheads),
        byline=byline,
        lines=tuple(sorted((*upper.lines, *lower.lines))),
        legibility=min(upper.legibility, lower.legibility),
        complete=lower.complete,
        confidence=1.0,
        photo_of=None,
    )


def bare_headline(chunk: Chunk) -> ParsedArticle:
    """A line an operator called a headline below which nothing is left for a body."""
    line = (chunk.first_line + 1, chunk.last_line + 1)
    return ParsedArticle(
        "article", chunk.text.strip(BLANKS), (), lines=(line,), confidence=1.0, complete=False
    )
