"""One file a verb of the command line, imported when the verb is given: who asks for `health` does not wait for Telegram."""

from __future__ import annotations

from importlib import import_module

import click

VERBS = (
    "run", "demo", "init", "parse", "ingest", "fetch", "sources", "digest", "search", "show", "clips", "summarize", "deliver",
    "rebuild", "labels", "pages", "check", "health", "backup", "restore", "salvage", "upgrade", "prune", "export", "mcp",
)  # fmt: skip
"""The verbs: each is the command of its name in the file of its name."""


def load(verb: str) -> click.Command:
    """The command of a verb in VERBS."""
    command: click.Command = getattr(import_module(f"bot.commands.{verb}"), verb)
    return command


class Verbs(click.Group):
    """The command line, whose verbs are looked up in VERBS."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In alphabetical order, as `--help` shows them."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """None where there is no such verb."""
        return load(cmd_name) if cmd_name in VERBS else None
