"""`baozhai run`: the bot, in Telegram or in the terminal."""

from __future__ import annotations

import asyncio

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say


@click.command()
@click.option("--terminal", is_flag=True, help="Open the bot in the terminal also where a token is set.")
@operator
def run(ctx: Operator, terminal: bool) -> int:
    """Run the bot until it is stopped (Ctrl-C, SIGTERM).

    With BAOZHAI_TOKEN (or BAOZHAI_TOKEN_FILE) set it serves Telegram; without, the whole bot opens in the terminal, on
    the sample pages, in a database of their own, if nothing was ingested. With stdin not a terminal it plays the lines of stdin and exits.
    """
    # Telegram's library and the scheduler take most of a second: only this verb waits for them.
    if terminal or not ctx.config.token:
        from bot.samples import config_for_visit
        from bot.terminal.visit import visit

        try:
            config = config_for_visit(ctx.config, say=lambda line: say(line, err=True))
            return asyncio.run(visit(config, clock=ctx.now))
        except KeyboardInterrupt:  # Ctrl-C is one way to leave
            say()
            return 0
    from bot.serving import serve

    return asyncio.run(serve(ctx.config, clock=ctx.now))
