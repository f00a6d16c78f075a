"""`baozhai labels`: what readers marked as wrongly cut, wrongly titled or repeated."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from store.models.reading import Label


@click.command()
@click.option(
    "--export",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write each page with its labels into this folder.",
)
@json_option
@operator
def labels(ctx: Operator, folder: Path | None, as_json: bool) -> int:
    """List what readers marked in articles (切错了, 标题不对, 重复), newest first: samples for the parser.

    --export writes NAME.txt (the page as it was read) and NAME.json (its labels) for each.
    """
    with ctx.open_store() as store:
        found = store.labels.all()
    for label in found:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            name = f"{label.day}-{label.page:02d}-{label.id}"
            (folder / f"{name}.txt").write_text(label.page_text, encoding="utf-8")
            (folder / f"{name}.json").write_text(
                json.dumps(_record(label), ensure_ascii=False, indent=1), encoding="utf-8"
            )
        elif as_json:
            print_json(_record(label))
        else:
            say(
                f"{label.labelled_at:%Y-%m-%d %H:%M} {label.kind:<7} [{label.article_id}] {label.paper}/{label.day}/{label.page} {label.title}"
            )
    if found and not folder and not as_json:
        say("Look at a page and correct it: baozhai pages show PAPER/DATE/PAGE")
    if not as_json:
        say(f"{len(found)} labels" + (f" written to {folder}" if folder else ""))
    return 0


def _record(label: Label) -> dict[str, object]:
    return {
        "id": label.id,
        "kind": label.kind,
        "article": label.article_id,
        "title": label.title,
        "paper": label.paper,
        "date": label.day.isoformat(),
        "page": label.page,
        "source": label.source,
        "lines": [list(span) for span in label.lines],
        "labelled_at": label.labelled_at.isoformat(),
    }
