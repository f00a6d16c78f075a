"""A story day by day as one message: first, then, its numbers as printed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.callbacks import encode
from bot.messages.lines import article_url, headline, repeats, source
from bot.messages.split import cut, pack
from bot.texts import plain, say, short_date
from bot.texts.markup import Html, join, link
from digests.day.threads import Station
from store.models.articles import Article
from store.models.delivery import Button, Part

MOST_STATIONS = 12
_ALSO = 2
_QUOTE_UNITS = 120
_BUTTON_UNITS = 40


def compose_thread(
    stations: Sequence[Station],
    *,
    language: str,
    bot_username: str,
    looked_days: int,
    words: str = "",
    session: int = 0,
    others: Sequence[Article] = (),
) -> Part:
    """The thread; `words` with their `session` can be followed, `others` are articles that may have been meant instead."""
    newest = stations[-1].article
    shown = stations[-MOST_STATIONS:]
    count = sum(1 + len(one.also) for one in stations)
    if len(stations) == 1 and count == 1:
        blocks = [say(language, "thread_alone", days=looked_days)]
    else:
        days = len({one.article.day for one in stations})
        title = headline(newest, language)
        blocks = [say(language, "thread_title", title=title, days=days, count=count)]
    if len(shown) < len(stations):
        blocks.append(say(language, "thread_earlier", count=len(stations) - len(shown)))
    blocks += [_station(one, newest.day.year, language, bot_username) for one in shown]
    rows: list[tuple[Button, ...]] = []
    if session and words:
        rows.append((Button(plain(language, "thread_follow", words=words), encode("keep", session)),))
    for other in others:
        label = cut(plain(language, "thread_other", title=headline(other, language)), _BUTTON_UNITS)[0]
        rows.append((Button(label, encode("thread", other.id)),))
    return Part(Html("\n\n".join(pack(blocks)[0])), tuple(rows))


def _station(one: Station, year: int, language: str, bot_username: str) -> Html:
    title = headline(one.article, language)
    lines = [
        say(
            language,
            "thread_line",
            day=short_date(language, one.article.day, year=one.article.day.year != year),
            title=link(title, article_url(bot_username, one.article.id)),
            source=source(one.article, language),
        )
    ]
    for quote in one.quotes:
        if one.numbered or not repeats(quote.span.text, title):
            text, *rest = cut(" ".join(quote.span.text.split()), _QUOTE_UNITS)
            lines.append(say(language, "thread_number", text=f"{text}…" if rest else text))
    if one.also:
        titles = [
            Html(
                f"{link(headline(also, language), article_url(bot_username, also.id))} {source(also, language)}"
            )
            for also in one.also[:_ALSO]
        ]
        lines.append(say(language, "thread_also", titles=join("; " if language == "en" else "；", titles)))
    return join("\n", lines)
