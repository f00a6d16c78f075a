"""`baozhai deliver`: send what is due now, once, and end."""

from __future__ import annotations

import asyncio

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say
from bot.errors import ConfigError


@click.command()
@operator
def deliver(ctx: Operator) -> int:
    """Plan and send what is due now, then end: for a cron job instead of `run`. Exit code 1 where something is left.

    Refused while `run` serves the same database.
    """
    if not ctx.config.token:
        raise ConfigError("BAOZHAI_TOKEN", "", "set: without a token nothing can be sent", "the environment")
    from bot.serving import deliver_now

    counts = asyncio.run(deliver_now(ctx.config, clock=ctx.now))
    say(
        f"sent {counts.sent} · waiting {counts.waiting} · uncertain {counts.uncertain} · failed {counts.failed}"
    )
    return 1 if counts.waiting or counts.uncertain or counts.failed else 0
