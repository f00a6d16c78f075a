"""`baozhai demo`: the whole bot in the terminal, on the sample pages, from anywhere and without a trace in your data."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import click
from platformdirs import user_cache_path

from bot.commands.context import Operator, operator
from bot.config import APP


@click.command()
@operator
def demo(ctx: Operator) -> int:
    """Open the whole bot in the terminal, on the invented sample pages; no token, no Telegram, data of its own."""
    from bot.terminal.visit import visit

    config = ctx.config
    apart = replace(
        config, data=replace(config.data, folder=user_cache_path(APP) / "demo", pages=None), token=""
    )
    return asyncio.run(visit(apart, clock=ctx.now))
