"""`baozhai salvage`: what can still be read of a damaged database, for who has no backup."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say
from bot.lock import ProcessLock


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@operator
def salvage(ctx: Operator, file: Path) -> int:
    """Write what can be read of a damaged database into the new file FILE; the database is not touched.

    Only where there is no good backup. Refused while the bot runs. Afterwards: baozhai restore FILE.
    """
    from store.salvage import salvage as read_out

    database = ctx.config.data.database
    if not database.exists():
        say(f"There is no database at {database}.", err=True)
        return 1
    with ProcessLock(database):
        found = read_out(database, file)
    shown = ("articles", "subscribers", "editions", "digests", "outbox")
    say(f"{file}: " + ", ".join(f"{found.rows.get(name, 0)} {name}" for name in shown))
    if found.damaged:
        say(f"Rows are missing from: {', '.join(found.damaged)}.")
    if found.orphans:
        say(f"{found.orphans} rows that pointed to missing ones were left out.")
    say(f"Now put it in the place of the damaged one: baozhai restore {file}")
    return 0
