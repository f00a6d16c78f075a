"""`baozhai rebuild`: the search index anew from the articles."""

from __future__ import annotations

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say


@click.command()
@operator
def rebuild(ctx: Operator) -> int:
    """Build the search index anew from the articles (needed only if `check` says so)."""
    with ctx.open_store() as store:
        store.search.rebuild()
        say(f"The index holds {store.articles.count()} articles.")
    return 0
