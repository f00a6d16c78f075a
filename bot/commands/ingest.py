"""`baozhai ingest`: files and folders into the store."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.commands.context import Day, Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.printable import on_one_line
from store.identity import Identity, numbered
from store.ingest import FileReport, find_files
from store.ingest import ingest as ingest_files

COLOURS = {"new": "green", "updated": "cyan", "unchanged": None, "failed": "red"}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--paper", default="", help="The paper, where path and page do not say: 运城日报.")
@click.option("--date", "day", type=Day(), help="The day of the edition: 2024-08-05.")
@click.option("--page", "printed", default="", help="The page number (版) as printed: 3, B03, 0607.")
@json_option
@operator
def ingest(
    ctx: Operator, paths: tuple[Path, ...], paper: str, day: date | None, printed: str, as_json: bool
) -> int:
    """Read pages (text, Markdown, HTML, PDF), feeds and JSONL of ready articles into the store.

    Paper, date and page are taken from the options, else from the path (运城日报/2024-08-05/03.txt), else from the
    page itself; where none of them says, the file is left out with a question. A line a file says what happened.
    Exit code 1 when a file failed.
    """
    number, label = numbered(printed) if printed else (None, "")
    if printed and number is None:
        raise click.BadParameter(f"{printed} is no page number like 3, B03 or 0607.", param_hint="--page")
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise click.UsageError("There is no " + ", ".join(map(str, missing)) + ".")
    files = find_files(paths)
    if not files:
        say("There is no file in it whose kind is read.", err=True)
        return 1
    counts = dict.fromkeys(COLOURS, 0)
    with ctx.open_store() as store, _progress() as progress:
        task = progress.add_task("reading", total=len(files), visible=False)
        began = time.monotonic()
        inside = progress.add_task("pages of it", visible=False)

        def watch(done: int, all: int) -> None:
            shown = time.monotonic() - began > 1 and done < all
            progress.update(inside, completed=done, total=all, visible=shown)

        given = Identity(paper, day, number, label)
        reports = ingest_files(
            store, files, given=given, now=ctx.now(), progress=watch, limits=ctx.config.reading
        )
        for report in reports:
            counts[report.outcome] += 1
            _print(report, as_json, progress.console)
            progress.update(task, advance=1, visible=time.monotonic() - began > 1)
    if not as_json:
        say(" · ".join(f"{count} {outcome}" for outcome, count in counts.items() if count))
    return 1 if counts["failed"] else 0


def _progress() -> Progress:
    """A bar on stderr, shown by rich only where stderr is a terminal and once more than a second has gone."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # else rich would send the lines of a redirected stdout to the terminal
    )


def _print(report: FileReport, as_json: bool, console: Console) -> None:
    if as_json:
        print_json(
            {
                "file": report.source,
                "outcome": report.outcome,
                "reason": report.reason,
                "pages": [
                    {"paper": page.paper, "date": page.day.isoformat(), "page": page.number}
                    for page in report.pages
                ],
                "articles": report.articles,
                "added": len(report.added),
                "changed": len(report.changed),
                "removed": len(report.removed),
                "warnings": list(report.warnings),
            }
        )
        return
    line = f"{report.outcome:<9} {on_one_line(report.source)}"
    if report.outcome == "failed":
        line += f": {report.reason}"
    elif report.pages:
        first = report.pages[0]
        where = (
            f"《{first.paper}》{first.day} 第{first.number}版"
            if first.number
            else f"《{first.paper}》{first.day}"
        )
        more = f" (+{len(report.pages) - 1} pages)" if len(report.pages) > 1 else ""
        line += f"  {where}{more}"
        if report.outcome != "unchanged":
            line += f"  {report.articles} articles"
        if report.outcome == "updated":
            line += (
                f" ({len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed)"
            )
    say(line, fg=COLOURS[report.outcome], err=report.outcome == "failed")
    for warning in report.warnings[:5]:
        say(f"          ! {warning}", fg="yellow")
    sys.stdout.flush()
