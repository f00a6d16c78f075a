"""`baozhai export`: the papers as a file to publish, without the readers."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Write over FILE if it exists.")
@operator
def export(ctx: Operator, file: Path, force: bool) -> int:
    """Write articles, editions, people, places and dates into the SQLite file FILE, and metadata.yaml beside it.

    Nothing of readers, messages or searches is in it. Open it with: datasette FILE -m metadata.yaml
    """
    from store.public import export as write

    with ctx.open_store() as store:
        done = write(store, file, force=force)
    say(f"{done.file}: " + ", ".join(f"{count} {name}" for name, count in done.rows.items()))
    say(f"Look at it: datasette {done.file} -m {done.metadata}")
    return 0
