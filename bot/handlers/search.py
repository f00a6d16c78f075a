"""/search and free text: a list of five that edits itself, narrowed and ordered by buttons."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers import follow
from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.messages.search import HITS_A_PAGE, compose_results, shown_query
from bot.texts import plain, say
from store.chinese.words import cut
from store.database import Store
from store.models.delivery import Button, Part
from store.models.search import Facets, Order
from store.search.query import parse
from store.search.suggestions import as_rule

LONGEST_TEXT = 200
"""Longer free text is a paste, not a question."""
EXAMPLES = 3


def answer(store: Store, request: Request) -> Reply:
    """/search WORDS; without words it explains itself with words of the latest news."""
    if not request.words.strip():
        return _explained(store, request)
    if len(request.words) > LONGEST_TEXT:
        return tell(say(request.language, "text_too_long", most=LONGEST_TEXT))
    return Reply(parts=(_first_page(store, request, request.words),))


def pressed_results(store: Store, request: Request) -> Reply:
    """Turn the page or the order. Facts: session, offset, order."""
    session = store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)
    if session is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    order: Order = "newest" if request.press.fact(2) == "n" else "relevant"
    return Reply(
        edit=_page(store, request, session.query, session.id, session.upto, request.press.number(1), order)
    )


def pressed_narrow(store: Store, request: Request) -> Reply:
    """「只看芮城县」. Facts: session, kind, value."""
    session = store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)
    if session is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    facets = store.search.facets(session.query, today=request.today, upto=session.upto)
    found = {"l": facets.places, "p": facets.papers, "m": facets.months}.get(request.press.fact(1), ())
    query = next((facet.query for facet in found if facet.value == request.press.fact(2)), None)
    if query is None:
        return Reply(toast=plain(request.language, "button_old"))
    return Reply(edit=_first_page(store, request, query))


def pressed_instead(store: Store, request: Request) -> Reply:
    """Another query that was suggested. Facts: session, which."""
    session = store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)
    if session is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    result = store.search.find(
        session.query, limit=HITS_A_PAGE, today=request.today, upto=session.upto or None
    )
    number = request.press.number(1)
    if number >= len(result.suggestions):
        return Reply(toast=plain(request.language, "button_old"))
    return Reply(edit=_first_page(store, request, result.suggestions[number].query))


def pressed_try(store: Store, request: Request) -> Reply:
    """An example of the explanation. Fact: the words."""
    return Reply(parts=(_first_page(store, request, request.press.fact(0)),))


def pressed_keep(store: Store, request: Request) -> Reply:
    """「关注这个搜索」: the preview of a rule with the search's words. Fact: session."""
    session = store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)
    if session is None:
        return Reply(toast=plain(request.language, "search_expired"), alert=True)
    rule = as_rule(parse(session.query, today=request.today))
    return Reply(parts=(follow.proposed(store, request, rule, "follow"),))


def pressed_promise(store: Store, request: Request) -> Reply:
    """「有了告诉我」. Fact: session."""
    language = request.language
    session = store.searches.session(request.press.number(0), chat_id=request.chat_id, now=request.now)
    if session is None:
        return Reply(toast=plain(language, "search_expired"), alert=True)
    reader = store.subscribers.seen(request.chat_id, language, request.now, timetable=request.timetable)
    store.promises.make(reader.id, session.query, after=session.upto, now=request.now)
    return Reply(
        edit=Part(
            say(language, request.key("promised"), words=shown_query(session.query)),
            ((Button(plain(language, "following_open"), encode("following")),),),
        )
    )


def _first_page(store: Store, request: Request, query: str) -> Part:
    upto = store.articles.newest_id()
    session = store.searches.start(request.chat_id, query, upto=upto, now=request.now)
    return _page(store, request, query, session, upto, 0, "relevant", count=True)


def _page(
    store: Store,
    request: Request,
    query: str,
    session: int,
    upto: int,
    offset: int,
    order: Order,
    *,
    count: bool = False,
) -> Part:
    result = store.search.find(
        query, limit=HITS_A_PAGE, offset=offset, order=order, today=request.today, upto=upto
    )
    if offset and not result.hits:  # withdrawn articles have shortened the list meanwhile
        return _page(store, request, query, session, upto, 0, order)
    if count:
        store.searches.count(" ".join(query.split()), found=result.total, now=request.now)
    facets = Facets()
    if result.total > HITS_A_PAGE:
        facets = store.search.facets(query, today=request.today, upto=upto)
    return compose_results(
        replace(result, query=query),
        language=request.language,
        bot_username=request.bot_username,
        session=session,
        offset=offset,
        order=order,
        facets=facets,
    )


def _explained(store: Store, request: Request) -> Reply:
    words = examples(store, request)
    language = request.language
    buttons = tuple(Button(word, encode("try", word)) for word in words if encode("try", word))
    return tell(say(language, "search_how"), buttons)


def examples(store: Store, request: Request) -> tuple[str, ...]:
    """A place, a person and a word of the latest news."""
    day = store.editions.latest_day(upto=request.today)
    if day is None:
        return ()
    articles = [article for article in store.articles.on(day)[:60] if article.kind == "article"]
    places = [
        f"地点:{place.name}" for article in articles for place in article.places if place.level == "county"
    ]
    people = [name for article in articles for name in article.byline.reporters]
    words = [word for article in articles for word in cut(article.title) if len(word) in (3, 4)]
    chosen = [found[0] for found in (words, places, people) if found]
    chosen += [article.title[:6] for article in articles if article.title]
    return tuple(dict.fromkeys(chosen))[:EXAMPLES]
