"""`baozhai search`: the same search as in Telegram."""

from __future__ import annotations

import sys
from datetime import timedelta, timezone
from typing import Any

import click

from bot.commands.context import Operator, json_option, operator
from bot.commands.saying import print_json, say
from bot.texts import remark
from store.database import Store
from store.models.articles import page_name
from store.models.search import SearchResult

CHINA = timezone(timedelta(hours=8))


@click.command(context_settings={"ignore_unknown_options": True})  # -培训 means "not", it is no option
@click.argument("words", nargs=-1, metavar="QUERY…")
@json_option
@click.option(
    "--stdin", "from_stdin", is_flag=True, help="Take a query a line from stdin; answer a JSON line each."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True)
@click.option("--newest", is_flag=True, help="Newest first, not most relevant.")
@operator
def search(
    ctx: Operator,
    words: tuple[str, ...],
    as_json: bool,
    from_stdin: bool,
    limit: int,
    offset: int,
    newest: bool,
) -> int:
    """Search all articles: 托管班, "整句", -词, 甲 OR 乙, 地点:芮城, 日期:2024-08 (docs/search.md).

    With --json: {"query", "total", "hits": [{"id", "title", "paper", "date", "page", "label",
    "places", "snippet"}], "message"}; the label is the page's printed number ("A03"), "" where there is no page.
    """
    if not words and not from_stdin:
        raise click.UsageError("What shall be searched? baozhai search 托管班")
    with ctx.open_store() as store:
        if from_stdin:
            for line in sys.stdin:
                print_json(_record(_find(ctx, store, line.rstrip("\r\n"), limit, offset, newest)))
                sys.stdout.flush()
            return 0
        result = _find(ctx, store, " ".join(words), limit, offset, newest)
    if as_json:
        print_json(_record(result))
    else:
        _print(result, offset)
    return 0


def _find(ctx: Operator, store: Store, query: str, limit: int, offset: int, newest: bool) -> SearchResult:
    return store.search.find(
        query,
        limit=limit,
        offset=offset,
        order="newest" if newest else "relevant",
        today=ctx.now().astimezone(CHINA).date(),
    )


def _record(result: SearchResult) -> dict[str, Any]:
    return {
        "query": result.query,
        "total": result.total,
        "hits": [
            {
                "id": hit.article_id,
                "title": hit.title,
                "paper": hit.paper,
                "date": hit.day.isoformat(),
                "page": hit.page,
                "label": page_name(hit.page, hit.label) if hit.page else "",
                "places": list(hit.places),
                "snippet": "".join(text for text, _ in hit.snippet),
            }
            for hit in result.hits
        ],
        "message": _message(result),
    }


def _message(result: SearchResult) -> str:
    """All remarks as Chinese sentences, a line each; "" when there is nothing to say."""
    return "\n".join(remark("zh", one.code, dict(one.facts)) for one in result.remarks)


def _print(result: SearchResult, offset: int) -> None:
    for number, hit in enumerate(result.hits, offset + 1):
        say(f"{number}. {hit.title or '(no headline)'}", bold=True, nl=False)
        say(f"  [{hit.article_id}]", dim=True)
        places = "、".join(hit.places)
        page = f" 第{page_name(hit.page, hit.label)}版" if hit.page else ""
        say(f"   《{hit.paper}》{hit.day}{page}  {places}", dim=True)
        say("   ", nl=False)
        for text, is_hit in hit.snippet:
            say(text, nl=False, bold=is_hit or None, fg="yellow" if is_hit else None)
        say()
    if result.remarks:
        say(_message(result))
    for suggestion in result.suggestions:
        asked = "您是不是要找" if suggestion.kind == "name" else "改搜"
        say(f"{asked}：{suggestion.query}（{suggestion.count}）")
    if result.hits:
        about = "" if result.exact else "about "
        say(f"{offset + 1}-{offset + len(result.hits)} of {about}{result.total}")
