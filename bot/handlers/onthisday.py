"""/onthisday (那年今日): what stood foremost in the papers on this day of earlier years."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.messages.lines import article_url, day_url, headline, source
from bot.texts import full_date, plain, say, short_date
from bot.texts.markup import Html, join, link
from store import rules
from store.chinese import days
from store.database import Store
from store.models.articles import Article
from store.models.delivery import Button

MOST_YEARS = 5
LINES_A_YEAR = 3


def answer(store: Store, request: Request) -> Reply:
    """/onthisday [DAY]"""
    language, words = request.language, request.words.strip()
    day = days.read(words, today=request.today) if words else request.today
    if day is None:
        return tell(say(language, "onthisday_how", words=words[:40]))
    years = store.editions.same_day_before(day, year=request.today.year)
    if not years:
        first = store.editions.first_day()
        if first is None:
            return tell(say(language, "onthisday_empty"))
        return tell(
            say(language, "onthisday_none", day=short_date(language, day), first=full_date(language, first))
        )
    blocks = [say(language, "onthisday_title", day=short_date(language, day))]
    buttons = []
    for year in years[:MOST_YEARS]:
        printed = [one for one in store.articles.on(year) if one.kind == "article"]
        if not printed:
            continue
        lines = [say(language, "onthisday_year", year=year.year, ago=request.today.year - year.year)]
        for one in foremost(printed, request.profile.places):
            title = link(headline(one, language), article_url(request.bot_username, one.id))
            lines.append(say(language, "onthisday_line", title=title, source=source(one, language)))
        if len(printed) > LINES_A_YEAR:
            lines.append(say(language, "onthisday_more", count=len(printed)))
        blocks.append(join("\n", lines))
        label = plain(language, "onthisday_open", year=year.year)
        if request.private:
            buttons.append(Button(label, encode("day", year.isoformat(), "o")))
        else:
            buttons.append(Button(label, url=day_url(request.bot_username, year)))
    return tell(Html("\n\n".join(blocks)), tuple(buttons))


def foremost(articles: Sequence[Article], places: Sequence[str]) -> list[Article]:
    """The reader's own places first, then the front page, there the largest; pure."""
    return sorted(
        articles,
        key=lambda one: (
            not any(rules.in_place(place, one) for place in places),
            one.page,
            -one.area,
            one.position,
        ),
    )[:LINES_A_YEAR]
