"""`baozhai clips`: everything printed on something in some days."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.commands.search import CHINA
from bot.commands.show import source, stored_record
from bot.handlers.clips import document
from bot.messages.clips import plain_summary, shown_days
from store.clips import collect, understand
from store.errors import InvalidRule


@click.command(context_settings={"ignore_unknown_options": True})  # -培训 means "not", it is no option
@click.argument("words", nargs=-1, required=True, metavar="WORDS… [DAYS]")
@click.option("--file", "file", type=click.Path(path_type=Path), help="Write it to FILE: .docx or .csv.")
@json_option
@operator
def clips(ctx: Operator, words: tuple[str, ...], file: Path | None, as_json: bool) -> int:
    """All articles on a place, person, office or words, in the order of printing: baozhai clips 夏县 上周.

    Days as in the bot: 上周, 11月, 2026-11-01..2026-11-20; without them the last seven. Exit code 1 when there are none.
    """
    if file is not None and file.suffix not in (".docx", ".csv"):
        raise click.UsageError(f"{file.name}: name it .docx or .csv.")
    try:
        wanted = understand(" ".join(words), today=ctx.now().astimezone(CHINA).date())
    except InvalidRule as error:
        raise click.UsageError(str(error)) from error
    if not wanted.rule:
        raise click.UsageError("Name a place, a person or words: baozhai clips 夏县 上周")
    with ctx.open_store() as store:
        clipping = collect(store.articles, wanted.rule, first=wanted.first, last=wanted.last)
    if file is not None:
        file.write_bytes(document(clipping, file.suffix[1:], language="zh"))
    if as_json:
        print_json(
            {
                "rule": clipping.rule,
                "first": clipping.first.isoformat(),
                "last": clipping.last.isoformat(),
                "papers": dict(clipping.papers),
                "front_pages": clipping.front_pages,
                "articles": [stored_record(one) for one in clipping.articles],
            }
        )
    else:
        days = shown_days(clipping, "zh")
        say(f"{clipping.rule}　{days}　{plain_summary(clipping, 'zh')}", bold=True)
        for one in clipping.articles:
            say(f"{one.title or '(no headline)'}  [{one.id}]")
            say(f"   {source(one)}", dim=True)
    return 0 if clipping.articles else 1
