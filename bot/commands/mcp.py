"""`baozhai mcp`: the papers as read-only tools for assistants."""

from __future__ import annotations

import click

from bot.commands.context import Operator, operator
from bot.errors import ConfigError


@click.command()
@click.option("--http", is_flag=True, help="Serve on 127.0.0.1 instead of stdin and stdout.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="For --http.")
@operator
def mcp(ctx: Operator, http: bool, port: int) -> int:
    """Serve search, article, digest, editions, calendar and clippings to assistants (Model Context Protocol).

    Read-only; every answer has its citation. Needs the extra: pip install 'baozhai[mcp]'
    """
    try:
        from bot.assistant import assistant
    except ImportError as error:
        raise ConfigError("mcp", "", "the extra: pip install 'baozhai[mcp]'", "this installation") from error

    server = assistant(ctx.open_store, ctx.now, time_zone=ctx.config.delivery.time_zone)
    if http:
        server.run("streamable-http", host="127.0.0.1", port=port)
    else:
        server.run("stdio")
    return 0
