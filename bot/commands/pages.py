"""`baozhai pages`: look at a page as the parser cut it, correct it in words, export corrected pages as gold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from bot.commands import page_view
from bot.commands.context import Operator, operator
from bot.commands.page_words import Lines, One, Place, understand
from bot.commands.parse import article_record
from bot.commands.saying import say
from store import correcting
from store.database import Store
from store.errors import IngestError, PageNotCorrectable
from store.models import Correction, PageRef, ParsedPage
from store.tables.page_articles import PageChange

_NAMED = re.compile(r"(?P<paper>.+)/(?P<day>\d{4}-\d\d-\d\d)/0*(?P<number>\d+)")
FORMS = """'line 12 is a headline', 'lines 12-14 are a caption', 'articles 2 and 3 are one', 'page is 河汾日报 2026-11-19 page 3'"""


@click.group()
def pages() -> None:
    """Look at stored pages as the parser cut them, and correct them in words. PAGE is 河汾日报/2026-11-19/3."""


@pages.command("list")
@operator
def list_(ctx: Operator) -> int:
    """The pages that readers marked (切错了), with how many marks, and those with corrections."""
    with ctx.open_store() as store:
        marks: dict[str, int] = {}
        for label in store.labels.all():
            name = f"{label.paper}/{label.day}/{label.page}"
            marks[name] = marks.get(name, 0) + 1
        said = {
            _name(store, page_id): len(store.corrections.of(page_id)) for page_id in store.corrections.pages()
        }
    for name in sorted(marks.keys() | said.keys()):
        say(f"{name}  marks {marks.get(name, 0)}  corrections {said.get(name, 0)}")
    if not marks and not said:
        say("No page was marked and none corrected.")
    return 0


@pages.command()
@click.argument("page")
@click.option(
    "--html", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write it as a web page."
)
@operator
def show(ctx: Operator, page: str, file: Path | None) -> int:
    """Print a page's lines, each with its number, role and article in colours, as they are cut today."""
    with ctx.open_store() as store:
        try:
            page_id = _find(store, page)
            text, parsed = correcting.read_again(store, page_id, explain=True, limits=ctx.config.reading)
        except IngestError as error:
            return _refused(error)
        said = [_told(one) for one in store.corrections.of(page_id)]
    if file is None:
        for line, style in page_view.terminal(text, parsed):
            say(line, **style)
        for number, article in enumerate(parsed.articles, 1):
            say(f"{number:4d}. {article.title or '(no headline)'} [{article.kind} {article.confidence:.2f}]")
        for note in [*said, *(warning.text for warning in parsed.warnings)]:
            say(f"     {note}", dim=True)
        return 0
    try:
        file.write_text(page_view.html(page, text, parsed, said), encoding="utf-8")
    except OSError as error:
        say(f"{file} cannot be written: {error.strerror}.", err=True)
        return 1
    say(str(file))
    return 0


@pages.command()
@click.argument("page")
@click.argument("words", nargs=-1, required=True)
@operator
def correct(ctx: Operator, page: str, words: tuple[str, ...]) -> int:
    """Correct a page: line 12 is a headline; lines 12-14 are a caption; articles 2 and 3 are one; page is PAPER DATE page 3.

    Roles: headline, kicker, second line, subhead, byline, caption, text, banner, furniture. Chinese is understood too:
    12行是标题, 2和3是一篇, 这版是河汾日报2026-11-19第3版. The page is parsed again at once, and each time it is read anew.
    """
    wanted = understand(" ".join(words))
    if wanted is None:
        raise click.UsageError(f"“{' '.join(words)}” is not understood. Write it like {FORMS}.")
    with ctx.open_store() as store:
        try:
            page_id = _find(store, page)
            if isinstance(wanted, Place):
                ref, _, _ = store.editions.page_source(page_id)
                to = PageRef(wanted.paper or ref.paper, wanted.day or ref.day, wanted.number)
                correcting.move(store, page_id, to, ctx.now())
                say(f"The page is {to.paper}/{to.day}/{to.number} now, and whenever its file is read again.")
                return 0
            if isinstance(wanted, Lines):
                what, first, last, other = wanted.what, wanted.first, wanted.last, 0
            else:
                what, (first, other) = "together", _lines_of(store, page_id, wanted, ctx)
                last = first
            change = correcting.correct(
                store, page_id, what, first, last, ctx.now(), other=other, limits=ctx.config.reading
            )
        except IngestError as error:
            return _refused(error)
        return _report(change)


@pages.command()
@click.argument("page")
@operator
def undo(ctx: Operator, page: str) -> int:
    """Take the last correction of a page back."""
    with ctx.open_store() as store:
        try:
            return _report(correcting.undo(store, _find(store, page), ctx.now(), limits=ctx.config.reading))
        except IngestError as error:
            return _refused(error)


@pages.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@operator
def gold(ctx: Operator, folder: Path) -> int:
    """Write every corrected page into FOLDER as NAME.txt and NAME.json, as benchmarks/pages.py reads them."""
    with ctx.open_store() as store:
        numbers = store.corrections.pages()
        for page_id in numbers:
            name = _name(store, page_id).replace("/", "-")
            try:
                text, parsed = correcting.read_again(store, page_id, limits=ctx.config.reading)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.txt").write_text("\n".join(text.lines), encoding="utf-8")
                record = _gold(parsed, store.corrections.of(page_id))
                (folder / f"{name}.json").write_text(
                    json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8"
                )
            except OSError as error:
                say(f"{folder} cannot be written: {error.strerror}.", err=True)
                return 1
    say(f"{len(numbers)} pages written to {folder}" if numbers else "No page was corrected.")
    return 0


def _gold(page: ParsedPage, said: Sequence[Correction]) -> dict[str, object]:
    return {
        "articles": [{"id": number, **article_record(one)} for number, one in enumerate(page.articles)],
        "banners": list(page.banners),
        "furniture": list(page.furniture),
        "corrections": [_told(one) for one in said],
    }


def _find(store: Store, page: str) -> int:
    named = _NAMED.fullmatch(page)
    try:
        day = date.fromisoformat(named["day"]) if named else None
    except ValueError:
        day = None
    found = store.editions.find(named["paper"], day, int(named["number"])) if named and day else None
    if found is None:
        raise PageNotCorrectable(f"No page {page} is stored; write it as 河汾日报/2026-11-19/3.")
    return found


def _name(store: Store, page_id: int) -> str:
    ref, _, _ = store.editions.page_source(page_id)
    return f"{ref.paper}/{ref.day}/{ref.number}"


def _lines_of(store: Store, page_id: int, wanted: One, ctx: Operator) -> tuple[int, int]:
    """A line of each of two articles. Raises PageNotCorrectable."""
    _, parsed = correcting.read_again(store, page_id, limits=ctx.config.reading)
    count = len(parsed.articles)
    if wanted.upper == wanted.lower or not (1 <= wanted.upper <= count and 1 <= wanted.lower <= count):
        raise PageNotCorrectable(
            f"Name two of the page's {count} articles by their numbers (baozhai pages show)."
        )
    upper, lower = sorted((wanted.upper, wanted.lower))
    return parsed.articles[upper - 1].lines[0][0], parsed.articles[lower - 1].lines[0][0]


def _told(one: Correction) -> str:
    lines = f"line {one.first}" if one.first == one.last else f"lines {one.first}-{one.last}"
    if one.other:
        return f"corrected: the articles of lines {one.first} and {one.other} are one"
    return f"corrected: {lines}: {one.what}"


def _report(change: PageChange) -> int:
    say(f"changed {len(change.changed)}, new {len(change.added)}, gone {len(change.removed)}")
    return 0


def _refused(error: IngestError) -> int:
    say(str(error), err=True)
    return 1
