"""`baozhai parse`: pages → articles; nothing is stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bot.commands.context import Day, Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.printable import on_one_line
from store.errors import IngestError, UnsupportedFormat
from store.ingest import parse_text, read_file
from store.models import ParsedArticle, ParsedPage
from store.models.pages import as_printed
from store.pages import tables_in
from store.readers import READY_SUFFIXES


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@json_option
@click.option("--explain", is_flag=True, help="Say for each line what it was taken for, how surely, and why.")
@click.option("--paper", default="", help="The paper's name: its home decides which 和平区 is meant.")
@click.option("--date", "day", type=Day(), help="The edition's day, to resolve 7月29日.")
@operator
def parse(ctx: Operator, files: tuple[Path, ...], as_json: bool, explain: bool, paper: str, day: Any) -> int:
    """Parse pages into articles and print them; nothing is stored.

    With --json one object a file, one a line. A file that cannot be read gives an object with "error".
    """
    failed = 0
    for file in files:
        try:
            if file.suffix.lower() in READY_SUFFIXES:
                raise UnsupportedFormat(
                    "It holds ready articles, not a page: there is nothing to parse. Use baozhai ingest."
                )
            texts = read_file(file, limits=ctx.config.reading)
            pages = [parse_text(text, paper=paper, day=day, explain=explain) for text in texts]
        except IngestError as error:
            failed += 1
            if as_json:
                print_json(file_record(file, [], error=str(error)))
            say(f"{on_one_line(str(file))}: {error}", err=True)
            continue
        if as_json:
            print_json(file_record(file, pages, explain=explain))
        elif explain:
            print_explanations(file, pages)
        else:
            print_articles(file, pages)
    return 1 if failed else 0


def file_record(
    file: Path, pages: list[ParsedPage], *, explain: bool = False, error: str = ""
) -> dict[str, Any]:
    """The JSON object of a file; several pages (a PDF) are told apart by the articles' "page"."""
    record: dict[str, Any] = {
        "file": str(file),
        "articles": [
            article_record(article) | ({"page": number} if len(pages) > 1 else {})
            for number, page in enumerate(pages, 1)
            for article in page.articles
        ],
        "banners": [text for page in pages for text in page.banners],
        "furniture": [text for page in pages for text in page.furniture],
        "warnings": [warning.text for page in pages for warning in page.warnings],
        "legibility": round(min((page.legibility for page in pages), default=0.0), 3),
    }
    if explain:
        record["explanations"] = [
            {
                "page": number,
                "line": line.line,
                "text": line.text,
                "role": line.role,
                "article": line.article,
                "confidence": round(line.confidence, 3),
                "reasons": list(line.reasons),
            }
            for number, page in enumerate(pages, 1)
            for line in page.explanations
        ]
    if error:
        record["error"] = error
    return record


def article_record(article: ParsedArticle) -> dict[str, Any]:
    """The JSON object of an article."""
    byline = article.byline
    return {
        "kind": article.kind,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": {
            "raw": byline.raw,
            "reporters": list(byline.reporters),
            "correspondents": list(byline.correspondents),
            "photographers": list(byline.photographers),
        },
        "subheads": [text for text, _ in article.subheads],
        "body": list(as_printed(article.body, article.subheads)),
        "tables": [{"paragraph": first, "rows": rows} for first, rows in tables_in(article.body)],
        "places": [place.name for place in article.places],
        "places_county": [place.name for place in article.places if place.level == "county"],
        "places_city": [place.name for place in article.places if place.level == "city"],
        "people": [{"name": person.name, "office": person.office} for person in article.people],
        "dates": [
            {
                "text": mentioned.text,
                "first": mentioned.first and mentioned.first.isoformat(),
                "last": mentioned.last and mentioned.last.isoformat(),
            }
            for mentioned in article.dates
        ],
        "lines": [list(span) for span in article.lines],
        "confidence": round(article.confidence, 3),
        "legibility": round(article.legibility, 3),
        "complete": article.complete,
        "photo_of": article.photo_of,
    }


def print_articles(file: Path, pages: list[ParsedPage]) -> None:
    """The articles for a person."""
    for page in pages:
        say(
            f"{on_one_line(str(file))}: {len(page.articles)} articles, legibility {page.legibility:.2f}",
            bold=True,
        )
        for number, article in enumerate(page.articles, 1):
            size = sum(map(len, article.body))
            say("")
            if article.kicker:
                say(f"    {article.kicker}")
            say(f"{number:2d}. {article.title or '(no headline)'}", bold=True)
            if article.subtitle:
                say(f"    {article.subtitle}")
            about = [
                article.kind,
                f"{len(article.body)} paragraphs",
                f"{size} characters",
                f"confidence {article.confidence:.2f}",
            ]
            if article.byline.raw:
                about.append(article.byline.raw)
            if article.places:
                about.append("、".join(place.name for place in article.places[:5]))
            say("    " + " · ".join(about), dim=True)
            for paragraph in article.body[:1]:
                say(f"    {paragraph[:70]}{'…' if len(paragraph) > 70 else ''}")
        for piece in page.set_aside:
            say(f"    [{piece.role}] {piece.text[:60]}", dim=True)
        for warning in page.warnings:
            say(f"    ! {warning.text}", fg="yellow")


def print_explanations(file: Path, pages: list[ParsedPage]) -> None:
    """Each line's role and why."""
    for page in pages:
        say(on_one_line(str(file)), bold=True)
        for line in page.explanations:
            owner = "-" if line.article is None else str(line.article + 1)
            say(f"{line.line:5d} {line.role:<10} {owner:>3} {line.confidence:.2f}  {line.text[:30]}")
            for reason in line.reasons:
                say(f"{'':25}{reason}", dim=True)
    sys.stdout.flush()
