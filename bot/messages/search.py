"""A page of search results as one message: five hits, numbered buttons, order, and what narrows it down."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.callbacks import encode
from bot.messages.digest import article_url, attributed, printed_in
from bot.messages.split import GAP, cut
from bot.texts import plain, remark, say
from bot.texts.markup import Html, bold, escape, join, link
from store.models.delivery import Button, Part
from store.models.search import Facet, Facets, Hit, Order, SearchResult, Suggestion

HITS_A_PAGE = 5
_TITLE_UNITS = 120
_SNIPPET_UNITS = 240
_QUERY_UNITS = 80
_FACETS_A_ROW = 3
_NOT_A_SEARCH = frozenset({"no_words", "only_unwanted", "not_readable", "taking_too_long"})
"""Remarks that say why there was nothing to find: then there is nothing to promise either."""
_NO_FACETS = Facets()


def compose_results(
    result: SearchResult,
    *,
    language: str,
    bot_username: str,
    session: int,
    offset: int = 0,
    order: Order = "relevant",
    facets: Facets = _NO_FACETS,
    can_follow: bool = True,
) -> Part:
    """The page of results that begins at `offset` (0 for the first), or what to do when there are none."""
    is_search = not any(one.code in _NOT_A_SEARCH for one in result.remarks)
    head = [_head(result, offset, language)] if result.hits or is_search else []
    blocks = [
        _hit(hit, offset + number, language=language, bot_username=bot_username)
        for number, hit in enumerate(result.hits[:HITS_A_PAGE], start=1)
    ]
    remarks = [
        remark(language, one.code, dict(one.facts))
        for one in result.remarks
        if one.code != "nothing_found"  # the head says so
    ]
    rows: list[tuple[Button, ...]] = []
    if result.hits:
        rows.append(
            tuple(
                Button(str(offset + number), encode("article", hit.article_id, 0, "new"))
                for number, hit in enumerate(result.hits[:HITS_A_PAGE], start=1)
            )
        )
        rows.append(_turning(result, session, offset, order, language))
        rows += _narrowing(facets, result.total, session, language)
        if can_follow:
            rows.append((Button(plain(language, "search_follow"), encode("keep", session)),))
    else:
        rows += _ways_out(result.suggestions, session, language)
    if not result.hits and is_search and can_follow:
        rows.append((Button(plain(language, "search_promise"), encode("promise", session)),))
        rows.append((Button(plain(language, "welcome_latest"), encode("day", "latest", "o")),))
    html = GAP.join([*head, *blocks, *[escape(text) for text in remarks if text]])
    return Part(html, tuple(row for row in rows if row))


def shown_query(query: str) -> str:
    """The asker's own words, shortened for a message."""
    first, *rest = cut(" ".join(query.split()), _QUERY_UNITS)
    return f"{first}…" if rest else first


def _head(result: SearchResult, offset: int, language: str) -> Html:
    words = shown_query(result.query)
    if not result.hits:
        return say(language, "search_nothing", words=words)
    first, last = offset + 1, offset + len(result.hits[:HITS_A_PAGE])
    key = "search_found" if result.exact else "search_found_about"
    if result.total <= HITS_A_PAGE:
        key = "search_found_all"
    return say(language, key, words=words, total=result.total, first=first, last=last)


def _hit(hit: Hit, number: int, *, language: str, bot_username: str) -> Html:
    snippet = snippet_html(hit.snippet)
    title = " ".join(hit.title.split())
    if not title:  # a photo: its caption is all there is
        title = "".join(text for text, _ in hit.snippet).strip() or plain(language, "article_untitled")
        snippet = Html("")
    shortened, *rest = cut(title, _TITLE_UNITS)
    url = article_url(bot_username, hit.article_id)
    lines = [Html(f"{number}. {bold(link(f'{shortened}…' if rest else shortened, url))}")]
    if snippet:
        lines.append(snippet)
    place = escape(hit.places[0]) if hit.places else ""
    found = printed_in(hit.paper, hit.day, hit.page, language, year=True, label=hit.label)
    lines.append(attributed(Html(f"{place}{found}")))
    return join("\n", lines)


def snippet_html(snippet: Sequence[tuple[str, bool]]) -> Html:
    """The snippet with the words in bold, whole clauses as they came, cut off only when it is far too long."""
    room, pieces = _SNIPPET_UNITS, []
    for text, is_hit in snippet:
        text = text.replace("\n", " ")
        first, *rest = cut(text, max(room, 2))
        room -= len(first)
        pieces.append(bold(first) if is_hit else escape(first))
        if rest or room <= 0:
            pieces.append(Html("…"))
            break
    return Html("".join(pieces))


def _turning(
    result: SearchResult, session: int, offset: int, order: Order, language: str
) -> tuple[Button, ...]:
    code = "n" if order == "newest" else "r"
    row = []
    if offset > 0:
        row.append(
            Button(
                plain(language, "page_previous"),
                encode("results", session, max(offset - HITS_A_PAGE, 0), code),
            )
        )
    if result.total > offset + HITS_A_PAGE:
        row.append(
            Button(plain(language, "page_next"), encode("results", session, offset + HITS_A_PAGE, code))
        )
    if result.total > 1:
        other, key = ("r", "search_relevant") if order == "newest" else ("n", "search_newest")
        row.append(Button(plain(language, key), encode("results", session, 0, other)))
    return tuple(row)


def _narrowing(facets: Facets, total: int, session: int, language: str) -> list[tuple[Button, ...]]:
    """「只看芮城县 12」: only what really narrows, one row a kind."""

    def row(kind: str, found: Sequence[Facet]) -> tuple[Button, ...]:
        return tuple(
            Button(plain(language, "search_only", name=month(facet.value, language), count=facet.count), data)
            for facet in found
            if 0 < facet.count < total and (data := encode("narrow", session, kind, facet.value))
        )[:_FACETS_A_ROW]

    rows = [row("l", facets.places), row("p", facets.papers), row("m", facets.months)]
    return [found for found in rows if found]


def month(value: str, language: str) -> str:
    """2024-08 → 2024年8月; anything else as it is."""
    year, dash, number = value.partition("-")
    if dash and len(year) == 4 and year.isdigit() and number.isdigit():
        return plain(language, "month", year=year, month=int(number))
    return value


def _ways_out(suggestions: Sequence[Suggestion], session: int, language: str) -> list[tuple[Button, ...]]:
    return [
        (
            Button(
                plain(
                    language,
                    "search_meant" if suggestion.kind == "name" else "search_instead",
                    words=shown_query(suggestion.query),
                    count=suggestion.count,
                ),
                encode("instead", session, number),
            ),
        )
        for number, suggestion in enumerate(suggestions[:4])
        if suggestion.query not in [earlier.query for earlier in suggestions[:number]]
    ]
