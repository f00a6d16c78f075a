"""`baozhai digest`: the digest of a day."""

from __future__ import annotations

from datetime import date

import click

from bot.commands.context import Day, Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.messages import compose_digest
from bot.texts.markup import shown
from digests import render
from digests.day.builder import build_day
from digests.errors import NoArticles
from digests.render.export import write_day


@click.command()
@click.option("--date", "day", type=Day(), help="The day; without it the newest day there is.")
@click.option("--paper", default="", help="Only this paper.")
@click.option("--web", is_flag=True, help="Write the day's web page and feed under out/ and name the files.")
@json_option
@operator
def digest(ctx: Operator, day: date | None, paper: str, web: bool, as_json: bool) -> int:
    """Build the digest of a day, save it, and print it as a reader would see it.

    Exit code 1 where there is nothing of that day.
    """
    if web and paper:
        raise click.UsageError("--web writes the page of the whole day; leave --paper out.")
    with ctx.open_store() as store:
        day = day or store.editions.latest_day(paper=paper)
        if day is None:
            say("There are no articles yet: baozhai ingest PATH…", err=True)
            return 1
        try:
            built = build_day(store, day, papers=(paper,) if paper else (), now=ctx.now())
        except NoArticles as error:
            say(str(error), err=True)
            return 1
    if web:
        for path in write_day(built, ctx.config.data.out):
            say(str(path))
    elif as_json:
        print_json(render.as_json(built), indent=2)
    else:
        for part in compose_digest(built, language="zh", length="summaries", bot_username=""):
            say(shown(part.html))
    return 0
