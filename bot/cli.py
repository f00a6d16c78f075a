"""The command line: `baozhai VERB`. One file a verb in bot/commands/.

Exit codes: 0 done · 1 something could not be done (the lines say what) · 2 wrong usage or configuration.
"""

from __future__ import annotations

import os
import sys
from io import StringIO
from pathlib import Path

import click

from bot import logs
from bot.commands import Verbs
from bot.commands.context import Operator
from bot.printable import printable
from store.errors import BaozhaiError


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    help="Another config.toml (also BAOZHAI_CONFIG).",
)
@click.version_option(package_name="baozhai")
@click.pass_context
def cli(context: click.Context, config_file: Path | None) -> None:
    """报摘 Baozhai: reads Chinese local dailies, answers searches, sends a short digest each day.

    Exit codes: 0 done, 1 something could not be done, 2 wrong usage or configuration.
    """
    context.obj = Operator(config_file)
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False


def main() -> None:
    """Run the command line; an error of ours is one sentence, never a trace."""
    logs.configure("WARNING", timed=False)
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        shown = StringIO()
        error.show(file=shown)
        click.echo(printable(shown.getvalue()), err=True, nl=False)  # it may name a file
        sys.exit(error.exit_code)
    except BaozhaiError as error:
        from bot.errors import ConfigError

        click.echo(f"baozhai: {printable(str(error))}", err=True)
        sys.exit(2 if isinstance(error, ConfigError) else 1)
    except OSError as error:
        if error.filename is None:  # no file and no folder: a fault of ours, with its trace
            raise
        click.echo(f"baozhai: {printable(str(error.filename))}: {error.strerror}.", err=True)
        sys.exit(1)
    except SystemExit as ended:
        # The reader of our output (head, less) went away. Click calls that 1 and leaves a wrapper of its own behind, but
        # it is not an error.
        if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            sys.exit(0)
        raise ended
