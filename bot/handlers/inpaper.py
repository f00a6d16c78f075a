"""Is it in the paper? What the papers have on a forwarded or pasted text, and where they say otherwise. No verdict."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

from bot.handlers.exchange import Reply, Request
from bot.messages.callbacks import encode
from bot.messages.digest import article_url, headline, source
from bot.messages.split import cut
from bot.texts import plain, say
from bot.texts.markup import Html, bold, escape, join, link
from store.database import Store
from store.models.articles import Article
from store.models.delivery import Button, Part
from store.search import likeness
from store.search.keywords import keywords

LEAST_CHARACTERS = 25
MOST_CHARACTERS = 1500
DAYS = 30
SURE = 0.75
"""From here on no further words are tried."""
_SENTENCE_UNITS = 220
_DIFFERENCES = 3


def looks_pasted(text: str) -> bool:
    """Whether a text is something to be looked for in the papers rather than words to search."""
    compact = "".join(text.split())
    return len(compact) >= LEAST_CHARACTERS and not any(mark in text for mark in ('"', "|", "地点:", "标题:"))


def answer(store: Store, request: Request) -> Reply:
    """The article that tells the same, with what it says otherwise; or that there is none, and a promise."""
    text = request.words[:MOST_CHARACTERS]
    language = request.language
    found = _find(store, request, text)
    if found is None:
        return Reply(parts=(_nothing(store, request, text),))
    title = link(headline(found, language), article_url(request.bot_username, found.id))
    lines = [say(language, "inpaper_found"), Html(f"{bold(title)}　{source(found, language)}")]
    differing = likeness.differences(text, found.title, found.text, today=request.today, printed=found.day)[
        :_DIFFERENCES
    ]
    if not differing:
        printed = likeness.nearest(text, likeness.sentences(found.text))
        lines.append(escape(_short(printed)))
    for one in differing:
        lines.append(say(language, f"inpaper_{one.kind}", fact=one.fact))
        lines.append(say(language, "inpaper_said", text=_short(one.said)))
        lines.append(say(language, "inpaper_printed", text=_short(one.printed)))
    rows = ((Button(plain(language, "read_article"), encode("article", found.id, 0, "new")),),)
    return Reply(parts=(Part(join("\n", lines), rows),))


def _find(store: Store, request: Request, text: str) -> Article | None:
    words = keywords(text)
    first = request.today - timedelta(days=DAYS)
    best: tuple[float, int, Article] | None = None
    seen: set[int] = set()
    for query in [*(" ".join(pair) for pair in combinations(words[:4], 2)), *words[:3]]:
        result = store.search.find(f"{query} 近{DAYS}天", limit=10, order="newest", today=request.today)
        fresh = [hit.article_id for hit in result.hits if hit.article_id not in seen]
        seen.update(fresh)
        for article in store.articles.many(fresh):
            if article.removed or article.day < first:
                continue
            score = likeness.tells_the_same(text, article.title, article.text)
            if score >= likeness.LEAST and (best is None or (score, article.id) > best[:2]):
                best = (score, article.id, article)
        if best is not None and best[0] >= SURE:
            break
    return best[2] if best else None


def _nothing(store: Store, request: Request, text: str) -> Part:
    language = request.language
    words = " ".join(keywords(text)[:2])
    rows: list[tuple[Button, ...]] = []
    if words:
        session = store.searches.start(
            request.chat_id, words, upto=store.articles.newest_id(), now=request.now
        )
        rows.append((Button(plain(language, "inpaper_promise", words=words), encode("promise", session)),))
        if encode("try", words):
            rows.append((Button(plain(language, "inpaper_search", words=words), encode("try", words)),))
    return Part(say(language, "inpaper_nothing", days=DAYS), tuple(rows))


def _short(text: str) -> str:
    first, *rest = cut(" ".join(text.split()), _SENTENCE_UNITS)
    return f"{first}…" if rest else first
