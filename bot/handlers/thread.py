"""/thread (来龙去脉): how a story went on, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.thread import compose_thread
from bot.texts import plain, say
from digests.day.threads import thread
from store.database import Store
from store.errors import ArticleNotFound
from store.models.articles import Article
from store.models.delivery import Part
from store.search.keywords import keywords

DAYS = 180
"""How far before and after the article its story is looked for."""
LONGEST_WORDS = 100
_CANDIDATES = 60
_WORDS = 4
_OTHERS = 3


def answer(store: Store, request: Request) -> Reply:
    """/thread WORDS, or the number of an article."""
    language, words = request.language, " ".join(request.words.split())[:LONGEST_WORDS]
    if not words:
        return tell(say(language, "thread_how"))
    number = words.removeprefix("#").removeprefix("a")
    if number.isascii() and number.isdigit() and len(number) < 16:
        found = _article(store, int(number))
        if found is not None:
            return Reply(parts=(_part(store, request, found, ()),))
    result = store.search.find(words, limit=20, today=request.today)
    hits = [
        one
        for one in store.articles.many([hit.article_id for hit in result.hits])
        if one.kind == "article" and not one.removed
    ]
    if not hits:
        return tell(say(language, "thread_none", words=words))
    return Reply(parts=(_part(store, request, hits[0], hits[1:]),))


def pressed(store: Store, request: Request) -> Reply:
    """Under an article, or another story that may have been meant. Fact: article."""
    found = _article(store, request.press.number(0))
    if found is None:
        return Reply(toast=plain(request.language, "article_unknown"), alert=True)
    return Reply(parts=(_part(store, request, found, ()),))


def _article(store: Store, article_id: int) -> Article | None:
    try:
        found = store.articles.get(article_id)
    except ArticleNotFound:
        return None
    return None if found.removed else found


def _part(store: Store, request: Request, start: Article, others: Sequence[Article]) -> Part:
    words = keywords(start.title or start.text[:60])[:_WORDS]
    stations = thread(start, _candidates(store, request, start, words))
    told = {one.id for station in stations for one in (station.article, *station.also)}
    followed = " ".join(words[:2])
    session = 0
    if followed:
        session = store.searches.start(request.chat_id, followed, upto=0, now=request.now)
    return compose_thread(
        stations,
        language=request.language,
        bot_username=request.bot_username,
        looked_days=DAYS,
        words=followed,
        session=session,
        others=[one for one in others if one.id not in told][:_OTHERS],
    )


def _candidates(store: Store, request: Request, start: Article, words: list[str]) -> list[Article]:
    """Articles of half a year around with one of the words of its headline; `thread` decides which are of the story."""
    first, last = start.day - timedelta(days=DAYS), start.day + timedelta(days=DAYS)
    found: dict[int, None] = {}
    for word in words:
        result = store.search.find(f'"{word}" 日期:{first}..{last}', limit=_CANDIDATES, today=request.today)
        found |= dict.fromkeys(hit.article_id for hit in result.hits)
    found.pop(start.id, None)
    return store.articles.many(list(found))
