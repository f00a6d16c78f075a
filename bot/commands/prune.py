"""`baozhai prune`: let go of what is older than it is kept, and give the space back."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.config import RetentionConfig
from store.retention import Pruned, Retention, free_bytes, vacuum
from store.retention import prune as remove

_KINDS = {
    "messages": "settled messages",
    "mailings": "message texts nobody needs any more",
    "searches": "search sessions",
    "digests": "digests",
    "page_texts": "raw texts of pages",
}


def retention(config: RetentionConfig) -> Retention:
    """The store's form of [retention]: 0 days means for ever."""
    days = {name: days or None for name, days in asdict(config).items()}
    return Retention(**days)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count what would be removed.")
@click.option("--no-vacuum", is_flag=True, help="Leave the empty space in the file.")
@json_option
@operator
def prune(ctx: Operator, dry_run: bool, no_vacuum: bool, as_json: bool) -> int:
    """Remove what is older than [retention] keeps it, then shrink the file.

    Articles, subscribers and what waits to be sent are never removed.
    """
    with ctx.open_store() as store:
        done = remove(store.db, retention(ctx.config.retention), ctx.now(), dry_run=dry_run)
        freed = free_bytes(store.db)
        if not dry_run and not no_vacuum:
            vacuum(store.db)
            freed -= free_bytes(store.db)
    if as_json:
        print_json({"dry_run": dry_run, **asdict(done), "freed_bytes": freed}, indent=2)
        return 0
    verb = "would be removed" if dry_run else "removed"
    for kind, name in _KINDS.items():
        say(f"{getattr(done, kind):>8}  {name} {verb}")
    say(_space(done, freed, dry_run=dry_run, shrunk=not dry_run and not no_vacuum))
    return 0


def _space(done: Pruned, freed: int, *, dry_run: bool, shrunk: bool) -> str:
    if shrunk:
        return f"The file is {freed / 1e6:.1f} MB smaller."
    waiting = freed + (done.page_text_bytes if dry_run else 0)
    return f"A vacuum would give back about {waiting / 1e6:.1f} MB."
