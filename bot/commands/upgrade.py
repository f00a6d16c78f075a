"""`baozhai upgrade`: bring the database to this version's form, after a backup; `--check` only tries it."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.lock import ProcessLock
from store.backups import back_up, file_name
from store.upgrades import outstanding, rehearse
from store.upgrades import upgrade as bring_up


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing: say what is due and try it on a copy."
)
@json_option
@operator
def upgrade(ctx: Operator, only_check: bool, as_json: bool) -> int:
    """Bring the database to the form this version needs: back it up, change it, look whether all is there.

    Not needed (the first start does the changing too) but careful: refused while the bot runs. With --check nothing is
    changed, and the bot may run; exit code 0 where nothing is due, 1 where something is, or would go wrong.
    """
    database = ctx.config.data.database
    if not database.exists():
        say(f"There is no database yet at {database}.", err=True)
        return 1
    due = outstanding(database)
    if not due:
        if as_json:
            print_json({"due": [], "tried": False, "done": False, "backup": "", "problems": []}, indent=2)
        else:
            say(f"{database} has the form this version needs: nothing to do.")
        return 0
    backup = ""
    if only_check:
        done = rehearse(database)
    else:
        with ProcessLock(database):
            folder = ctx.config.backup.folder or ctx.config.data.folder / "backups"
            backup = str(back_up(database, folder / file_name(ctx.now()), now=ctx.now()).file)
            if not as_json:
                say(f"Backed up as {backup}.")
            done = bring_up(database)
    if as_json:
        facts = asdict(done)
        facts["due"] = facts.pop("migrations")
        print_json({**facts, "tried": only_check, "done": not only_check, "backup": backup}, indent=2)
    else:
        verb = "Due, and tried on a copy:" if only_check else "Done:"
        say(f"{verb} {', '.join(done.migrations)}.")
        say(
            f"{done.articles} articles and {done.subscribers} subscribers, as before."
            if not done.problems
            else ""
        )
        for problem in done.problems:
            say(f"WRONG {problem}", fg="red")
        if done.problems and backup:
            say(f"To go back: install the version before, then baozhai restore {backup}")
        elif only_check and not done.problems:
            say("Now stop the bot and run: baozhai upgrade")
    return 1 if only_check or done.problems else 0
