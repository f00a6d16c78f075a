"""/week: which places and words were in the papers of the last seven days, beside the four weeks before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.handlers.exchange import Reply, Request, tell
from bot.messages.callbacks import encode
from bot.texts import plain, say, short_date
from bot.texts.markup import Html, join
from digests.week import Tally, measure
from store.database import Store
from store.models.delivery import Button

DAYS = 7
WEEKS_BEFORE = 4
_A_ROW = 3


def answer(store: Store, request: Request) -> Reply:
    """/week"""
    language = request.language
    last = store.editions.latest_day(upto=request.today)
    if last is None:
        return tell(say(language, "week_none"))
    first = last - timedelta(days=DAYS - 1)
    papers = request.profile.papers
    now = [one for one in store.articles.printed(first, last) if not papers or one.paper in papers]
    earliest = first - timedelta(days=DAYS * WEEKS_BEFORE)
    before = [
        one
        for one in store.articles.printed(earliest, first - timedelta(days=1))
        if not papers or one.paper in papers
    ]
    began = min((one.day for one in before), default=first)
    weeks = max(1, -(-(first - began).days // DAYS))  # an archive of two weeks is not divided by four
    week = measure(now, before, weeks=weeks)
    days = plain(language, "clips_days", first=short_date(language, first), last=short_date(language, last))
    blocks = [say(language, "week_title", days=days, count=week.articles)]
    for key, tallies in (("week_places", week.places), ("week_words", week.words)):
        if tallies:
            full = weeks == WEEKS_BEFORE
            blocks.append(join("\n", [say(language, key), *_lines(tallies, language, compared=full)]))
    blocks.append(say(language, "week_foot"))
    span = f"日期:{first}..{last}"
    places = [Button(one.name, encode("try", f"地点:{one.name} {span}")) for one in week.places[:_A_ROW]]
    words = [Button(one.name, encode("try", f"{one.name} {span}")) for one in week.words[:_A_ROW]]
    return tell(
        join("\n\n", blocks),
        tuple(one for one in places if one.data),
        tuple(one for one in words if one.data),
    )


def _lines(tallies: Sequence[Tally], language: str, *, compared: bool) -> list[Html]:
    return [
        say(
            language,
            "week_line_usual",
            name=one.name,
            count=one.count,
            usual=f"{one.usual:.1f}".removesuffix(".0"),
        )
        if compared and one.usual is not None
        else say(language, "week_line", name=one.name, count=one.count)
        for one in tallies
    ]
