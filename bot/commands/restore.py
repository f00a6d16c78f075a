"""`baozhai restore`: a backup put in the place of the database."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say
from bot.lock import ProcessLock
from store.backups import restore as put_back


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@operator
def restore(ctx: Operator, file: Path) -> int:
    """Put the backup FILE in the place of the database. Refused while the bot runs; the old database is kept.

    What was sent after the backup cannot be known, so nothing that was due then is sent again: those messages become
    uncertain, and their readers can ask for them.
    """
    config = ctx.config
    with ProcessLock(config.data.database):
        done = put_back(file, config.data.database, now=ctx.now())
        with ctx.open_store() as store:  # an older backup is brought to today's schema
            problems = store.search.verify()
            if problems:
                store.search.rebuild()
    say(
        f"Restored {done.articles} articles and {done.subscribers} subscribers of {done.taken_at:%Y-%m-%d %H:%M} UTC."
    )
    if done.uncertain:
        say(f"{done.uncertain} messages that waited then may have been sent since; they are not sent again.")
    if done.kept is not None:
        say(f"The database as it was is kept as {done.kept}.")
    say("Pages that came after the backup: ingest or fetch them again. Then start the bot.")
    return 0
