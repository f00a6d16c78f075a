"""`baozhai show`: one article."""

from __future__ import annotations

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from store.models import Article


@click.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@json_option
@operator
def show(ctx: Operator, article_id: int, as_json: bool) -> int:
    """Show an article by its number (as search and digest name it). Exit code 1 where there is none."""
    with ctx.open_store() as store:
        article = store.articles.get(article_id)
    if as_json:
        print_json(stored_record(article), indent=2)
        return 0
    if article.kicker:
        say(article.kicker)
    say(article.title or "(no headline)", bold=True)
    if article.subtitle:
        say(article.subtitle)
    say(source(article), dim=True)
    if article.byline.raw:
        say(article.byline.raw)
    heads = {at: text for text, at in article.subheads}
    for number, paragraph in enumerate(article.body):
        if number in heads:
            say(f"\n{heads[number]}", bold=True)
        say(f"\n{paragraph}")
    if not article.complete:
        say("\n(The page breaks off here.)", fg="yellow")
    return 0


def source(article: Article) -> str:
    """《运城日报》2024-08-05 第3版, with what else is known of it."""
    where = f"《{article.paper}》{article.day}" + (f" 第{article.page_name}版" if article.page else "")
    places = "、".join(place.name for place in article.places[:5])
    return " · ".join(
        part for part in (where, article.kind, places, "removed since" if article.removed else "") if part
    )


def stored_record(article: Article) -> dict[str, object]:
    """The JSON object of a stored article."""
    return {
        "id": article.id,
        "paper": article.paper,
        "date": article.day.isoformat(),
        "page": article.page,
        "label": article.page_name if article.page else "",
        "position": article.position,
        "kind": article.kind,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": {
            "raw": article.byline.raw,
            "reporters": list(article.byline.reporters),
            "correspondents": list(article.byline.correspondents),
            "photographers": list(article.byline.photographers),
        },
        "subheads": [text for text, _ in article.subheads],
        "body": list(article.body),
        "places": [place.name for place in article.places],
        "confidence": article.confidence,
        "legibility": article.legibility,
        "complete": article.complete,
        "revision": article.revision,
        "removed": article.removed,
    }
