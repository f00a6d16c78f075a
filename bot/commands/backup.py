"""`baozhai backup`: a verified copy of the database, also while the bot runs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say
from store.backups import back_up, file_name, remove_old


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@operator
def backup(ctx: Operator, file: Path | None) -> int:
    """Back the database up into FILE, or into the folder of [backup] (else `backups` beside the data).

    The copy is checked, compressed and readable by its owner alone. In the folder, backups older than
    [backup] keep_days are removed, never the newest. Works while the bot runs.
    """
    config, now = ctx.config, ctx.now()
    if not config.data.database.exists():
        say(f"There is no database yet at {config.data.database}.", err=True)
        return 1
    folder = config.backup.folder or config.data.folder / "backups"
    made = back_up(config.data.database, file or folder / file_name(now), now=now)
    say(
        f"{made.file}: {made.articles} articles, {made.subscribers} subscribers,"
        f" {made.file_bytes / 1e6:.1f} MB (database {made.database_bytes / 1e6:.1f} MB), verified"
    )
    if file is None:
        for old in remove_old(folder, keep=timedelta(days=config.backup.keep_days), now=now):
            say(f"removed {old.name}: older than {config.backup.keep_days} days")
    return 0
