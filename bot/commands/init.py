"""`baozhai init`: a folder with all that a bot of one's own needs."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.context import Operator, operator
from bot.commands.saying import say
from bot.config import PROJECT

_FOLDERS = {"data": 0o700, "backups": 0o700, "pages": 0o755}
"""Readers' data and its copies are for the owner alone; pages may be put in by others."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@operator
def init(ctx: Operator, folder: Path) -> int:
    """Write a commented configuration and the folders for a bot of your own into FOLDER.

    Nothing is asked and nothing that is there is changed; the last lines say what to do next.
    """
    folder = folder.expanduser().resolve()
    file = folder / "config.toml"
    if file.exists():
        say(f"{file} exists already; nothing was changed.", err=True)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for name, mode in _FOLDERS.items():
        (folder / name).mkdir(mode=mode, exist_ok=True)
    papers = folder / "papers.toml"
    if not papers.exists():
        papers.write_text(template("papers.toml"), encoding="utf-8")
    text = (
        template()
        .replace('pages = ""  ', 'pages = "pages"', 1)
        .replace('folder = ""  ', 'folder = "backups"', 1)
    )
    file.write_text(text, encoding="utf-8")
    say(
        f"Wrote {file} (every key with a comment), {papers.name} and {', '.join(name + '/' for name in _FOLDERS)}.\n"
    )
    say("Next:")
    say("  1. Get a token from @BotFather in Telegram and keep it in a file only you can read:")
    say(f"       umask 077; echo 123456789:AA… > {folder / 'token'}")
    say(f"  2. Put pages into {folder / 'pages'}/PAPER/2026-11-20/ as 01.txt, 02.pdf …")
    say("  3. Start the bot:")
    say(f"       BAOZHAI_TOKEN_FILE={folder / 'token'} baozhai --config {file} run")
    say(f"     and look whether all is well:  baozhai --config {file} check")
    return 0


def template(name: str = "config.toml") -> str:
    """A commented file (config.toml, papers.toml): of the checkout, or as it was packed into the package (setup.py)."""
    bundled = PROJECT / "bot" / "bundled" / name
    return (bundled if bundled.exists() else PROJECT / name).read_text(encoding="utf-8")
