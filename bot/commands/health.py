"""`baozhai health`: how the bot is, for monitors and cron."""

from __future__ import annotations

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.health import examine, to_json, to_text


@click.command()
@json_option
@operator
def health(ctx: Operator, as_json: bool) -> int:
    """Say how the running bot is, from the rows it writes. Exit code 0 when all is well, 1 when something is wrong."""
    if not ctx.config.data.database.exists():
        say(f"There is no database yet at {ctx.config.data.database}.", err=True)
        return 1
    with ctx.open_store() as store:
        found = examine(store, ctx.now())
    if as_json:
        print_json(to_json(found), indent=2)
    else:
        say(to_text(found))
    return 0 if found.is_well else 1
