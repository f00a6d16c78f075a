"""`baozhai sources`: the papers that are fetched, how they stand, and a way to add one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.fetch import local_day
from bot.commands.saying import print_json, say
from bot.papers import add_paper
from store.errors import IngestError
from store.sources.records import Paper


@click.group(invoke_without_command=True)
@json_option
@click.option("--web", is_flag=True, help="Write a calendar of each paper to the out folder.")
@click.pass_context
def sources(context: click.Context, as_json: bool, web: bool) -> int:
    """Show the papers that are fetched: family, first and last edition, gaps, last success, last trouble.

    `sources try URL` says what an address is, `sources add URL` writes it into the configuration.
    """
    if context.invoked_subcommand is not None:
        return 0
    from store.sources.coverage import coverage

    ctx: Operator = context.obj
    config = ctx.config
    with ctx.open_store() as store:
        found = coverage(store, config.sources.papers)
    if web:
        from digests.render.coverage import html

        path = config.data.out / "sources.html"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html(found, local_day(ctx.now())), encoding="utf-8")
        except OSError as error:
            say(f"{path} cannot be written: {error.strerror}.", err=True)
            return 1
        say(str(path))
        return 0
    if not found and not as_json:
        say("No paper is named in the configuration yet: baozhai sources add URL")
    for one in found:
        _show(one, as_json)
    return 0


def _show(one: Any, as_json: bool) -> None:
    editions, trouble = one.editions, one.trouble
    if as_json:
        print_json(
            {
                "paper": one.paper,
                "url": one.url,
                "family": one.family,
                "hour": one.hour,
                "pages": one.pages,
                "first": editions[0].isoformat() if editions else None,
                "last": editions[-1].isoformat() if editions else None,
                "editions": len(editions),
                "gaps": [day.isoformat() for day in one.gaps],
                "last_success": one.last_success.isoformat() if one.last_success else None,
                "last_trouble": {
                    "date": trouble.day.isoformat(),
                    "outcome": trouble.state,
                    "reason": trouble.reason,
                    "at": trouble.changed_at.isoformat(),
                }
                if trouble
                else None,
            }
        )
        return
    say(f"《{one.paper}》", bold=True, nl=False)
    reach = f"{editions[0]} to {editions[-1]}, {len(editions)} editions" if editions else "nothing yet"
    say(f" {one.family}  {reach}" + (f", usually at {one.hour}" if one.hour else ""))
    say(f"    {one.url}")
    if one.gaps:
        shown = ", ".join(map(str, one.gaps[-10:]))
        say(f"    {len(one.gaps)} missing: {shown}", fg="yellow")
    if one.last_success:
        say(f"    last success {one.last_success:%Y-%m-%d %H:%M} UTC")
    if trouble:
        say(f"    last trouble {trouble.day} {trouble.state}: {trouble.reason}", fg="yellow")


@sources.command("try")
@click.argument("url")
@json_option
@operator
def try_(ctx: Operator, url: str, as_json: bool) -> int:
    """Say what is at an address: family, paper, newest date, pages, articles, a sample. Nothing is stored.

    Exit code 1 where it is not recognised.
    """
    refused = _refused(url)
    if refused:
        return _said(refused, as_json)
    paper = Paper("", url)
    client = _client(ctx, paper)
    from store.sources.learning import try_site

    try:
        entry, trial = try_site(client, paper, local_day(ctx.now()))
    except IngestError as error:
        return _not_recognised(error, as_json)
    finally:
        client.close()
    front, issue = entry.front, trial.issue
    pages = [{"number": page.label, "name": page.name, "articles": len(page.items)} for page in issue.pages]
    if as_json:
        day = front.day.isoformat() if front.day else ""
        print_json({"family": front.family, "paper": front.paper, "date": day, "pages": pages})
        return 0
    say(f"《{front.paper or '?'}》{front.day}", bold=True, nl=False)
    articles = sum(len(page.items) for page in issue.pages)
    say(f"  {front.family}, {len(pages)} pages, {articles} articles, {client.asked} requests")
    for page in issue.pages:
        say(f"    {page.label:>5} {page.name}  {len(page.items)} articles{'  PDF' if page.pdf else ''}")
    for one in issue.missing:
        say(f"    - page {one.page or '?'}: {one.url}: {one.reason}", fg="yellow")
    if trial.sample:
        say(f"\n    {trial.sample.title}")
        for paragraph in trial.sample.paragraphs[:2]:
            say(f"    {paragraph[:120]}")
    say(f"\nTo read it each morning: baozhai sources add {url}")
    return 0


@sources.command("add")
@click.argument("url")
@click.option("--name", default="", help="The paper's name, where the site does not print it.")
@json_option
@operator
def add(ctx: Operator, url: str, name: str, as_json: bool) -> int:
    """Write a paper into the configuration, with its usual hour and number of pages learnt from a few days."""
    config = ctx.config.sources
    refused = _refused(url)
    if refused:
        return _said(refused, as_json)
    paper = Paper(name, url)
    client = _client(ctx, paper)
    from store.sources.learning import learn, try_site

    try:
        entry, trial = try_site(client, paper, local_day(ctx.now()))
        found = learn(client, paper, entry, trial.issue)
    except IngestError as error:
        return _not_recognised(error, as_json)
    finally:
        client.close()
    # "auto": papers change systems overnight and keep their address.
    found = replace(paper, name=name or entry.front.paper, hour=found.hour, pages=found.pages)
    if not found.name:
        return _said("The site does not print the paper's name: add --name 运城日报.", as_json)
    known = next((one for one in config.papers if one.name == found.name or one.url == found.url), None)
    if known:
        return _said(f"The configuration has it already: {known.name}, {known.url}.", as_json)
    add_paper(found, config.file, own_file=config.file != ctx.config.file)
    facts = {
        "name": found.name,
        "url": found.url,
        "family": entry.front.family,
        "hour": found.hour,
        "pages": found.pages,
    }
    if as_json:
        print_json({**facts, "file": str(config.file)})
    else:
        at = f"usually there at {found.hour}" if found.hour else "the site does not tell its usual hour"
        say(f"《{found.name}》 is in {config.file}: {entry.front.family}, {found.pages} pages, {at}.")
        say(f"Now: baozhai fetch {found.name}")
    return 0


def _not_recognised(error: IngestError, as_json: bool) -> int:
    return _said(str(error), as_json)


def _said(sentence: str, as_json: bool) -> int:
    if as_json:
        print_json({"error": sentence})
    else:
        say(sentence, err=True)
    return 1


def _refused(url: str) -> str:
    """Why an address can be no paper's, "" where it can."""
    if not re.fullmatch(r"https?://[^\s/?#]+\S*", url, re.IGNORECASE):
        return f"{url} is no http or https address."
    return ""


def _client(ctx: Operator, paper: Paper) -> Any:
    from store.sources.client import Client, Manners
    from store.sources.trust import trust

    config = ctx.config.sources
    manners = Manners(contact=config.contact, delay_seconds=config.delay_seconds)
    return Client(trust(paper.url, paper.hosts), manners)
