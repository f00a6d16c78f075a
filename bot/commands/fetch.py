"""`baozhai fetch`: read papers from their sites, now or back-filled."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import click

from bot.commands.context import Day, Operator, json_option, operator
from bot.commands.saying import print_json, say, say_again
from bot.config import SourcesConfig
from store.instants import SHANGHAI
from store.sources.records import BAD_OUTCOMES, FetchReport, Paper

COLOURS = {"new": "green", "updated": "cyan", "incomplete": "yellow", "layout": "red", "failed": "red"}


@click.command()
@click.argument("names", nargs=-1, metavar="[PAPER…]")
@click.option("--date", "day", type=Day(), help="The day: 2026-08-05. Without it: today.")
@click.option("--from", "first", type=Day(), help="Back-fill from this day …")
@click.option("--to", "last", type=Day(), help="… to this one (today if left out).")
@json_option
@operator
def fetch(
    ctx: Operator,
    names: tuple[str, ...],
    day: date | None,
    first: date | None,
    last: date | None,
    as_json: bool,
) -> int:
    """Fetch papers named in the configuration (all of them, or PAPER…) into the store, page by page, politely.

    A line a paper and day: new, updated, unchanged, not-yet (the front shows an older day), no-edition (停刊),
    incomplete (stored, but something listed could not be read), layout (the site is no longer understood: nothing
    stored) or failed. Exit code 1 for the last three.
    """
    config = ctx.config.sources
    papers = chosen(config, names)
    if day and (first or last):
        raise click.UsageError("--date is one day, --from and --to are many: give the one or the other.")
    if last and not first:
        raise click.UsageError("--to needs --from.")
    today = ctx.now().astimezone(SHANGHAI).date()
    begin = day or first or today
    end = day or last or today
    if begin > end:
        raise click.UsageError("--from is after --to.")
    bad = False
    with ctx.open_store() as store:
        for report in fetch_all(config, store, papers, days(begin, end), now=ctx.now, today=today):
            bad = bad or report.outcome in BAD_OUTCOMES
            show(report, as_json)
    return 1 if bad else 0


def chosen(config: SourcesConfig, names: Iterable[str]) -> list[Paper]:
    """The papers named, all without a name. Raises a usage error that says which there are."""
    if not config.papers:
        raise click.UsageError(
            "No paper is named in the configuration yet: baozhai sources add URL (docs/sources.md)."
        )
    known = {paper.name: paper for paper in config.papers}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(
            f"The configuration names no {', '.join(unknown)}; it names {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)] or list(config.papers)


def days(first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def fetch_all(
    config: SourcesConfig, store: Any, papers: list[Paper], wanted: list[date], *, now: Any, today: date
) -> Iterable[FetchReport]:
    """A report a paper and day, one after the other; hosts that several papers share keep their pauses."""
    from store.sources.client import Client, Manners  # httpx: only for who fetches
    from store.sources.fetching import fetch as fetch_day
    from store.sources.trust import trust

    hosts: dict[str, Any] = {}
    manners = Manners(contact=config.contact, delay_seconds=config.delay_seconds)
    for paper in papers:
        client = Client(trust(paper.url, paper.hosts), manners, hosts=hosts)
        try:
            for day in wanted:
                if paper.from_date is None or day >= paper.from_date or len(wanted) == 1:
                    yield fetch_day(
                        store, paper, day, client=client, now=now(), today=today, watch=_watch(paper, day)
                    )
        finally:
            client.close()


def _watch(paper: Paper, day: date) -> Any:
    """What is going on, on a terminal's stderr only."""
    shown = sys.stderr.isatty()

    def watch(line: str) -> None:
        if shown:
            say_again(f"{paper.name} {day} {line}")

    return watch


def show(report: FetchReport, as_json: bool) -> None:
    """Print a report."""
    if as_json:
        print_json(record(report))
        sys.stdout.flush()
        return
    if sys.stderr.isatty():
        say_again("")
    line = f"{report.outcome:<11}《{report.paper}》{report.day}"
    if report.pages:
        line += f"  {len(report.pages)} pages, {report.articles} articles"
    if report.reason:
        line += f"  {report.reason}"
    say(line, fg=COLOURS.get(report.outcome))
    for one in report.missing[:20]:
        say(f"            - page {one.page or '?'}: {one.url}: {one.reason}", fg="yellow")
    for warning in report.warnings[:20]:
        say(f"            ! {warning}", fg="yellow")
    sys.stdout.flush()


def record(report: FetchReport) -> dict[str, object]:
    """The JSON object of a report (docs/cli.md)."""
    return {
        "paper": report.paper,
        "date": report.day.isoformat(),
        "outcome": report.outcome,
        "reason": report.reason,
        "pages": [{"number": label, "articles": count} for label, count in report.pages],
        "articles": report.articles,
        "missing": [{"page": one.page, "url": one.url, "reason": one.reason} for one in report.missing],
        "warnings": list(report.warnings),
    }


def local_day(now: datetime) -> date:
    """Today where the papers are printed."""
    return now.astimezone(SHANGHAI).date()
