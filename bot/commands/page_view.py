"""A page with its lines coloured by article: for the terminal, and as an HTML page that needs nothing but itself; pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from store.models import PageText, ParsedPage

_TERMINAL = ("cyan", "green", "yellow", "magenta", "blue", "bright_cyan", "bright_green", "bright_yellow")
_BOLD = ("title", "kicker", "subtitle", "subhead")
_HUES = (205, 130, 45, 290, 20, 175, 85, 330)
"""Colours of neighbouring articles, far apart."""


def rows(text: PageText, page: ParsedPage) -> Iterator[tuple[int, str, str, int | None]]:
    """(line, role, text, number of its article from 1) for each printed line that is not blank, in order of the page."""
    told = {one.line: (one.role, one.article) for one in page.explanations}
    for number, line in enumerate(text.lines, 1):
        if line.strip():
            role, article = told.get(number, ("", None))
            yield number, role, line.rstrip(), None if article is None else article + 1


def terminal(text: PageText, page: ParsedPage) -> Iterator[tuple[str, dict[str, Any]]]:
    """(line, its style) for each printed line: its number, its role, its article's number and colour."""
    for number, role, line, article in rows(text, page):
        style: dict[str, Any] = {"dim": True}
        if article is not None:
            style = {"fg": _TERMINAL[(article - 1) % len(_TERMINAL)], "bold": role in _BOLD}
        yield f"{number:4d} {role:<9} {article or '-':>3}  {line}", style


def html(heading: str, text: PageText, page: ParsedPage, said: list[str]) -> str:
    """The page as a document: no script, no picture, nothing from elsewhere."""
    lines = "".join(
        f'<tr class="{escape(role)}"{_hue(article)}><td>{number}</td><td>{escape(role)}</td><td>{article or ""}</td>'
        f"<td>{escape(line)}</td></tr>\n"
        for number, role, line, article in rows(text, page)
    )
    articles = "".join(
        f"<li{_hue(number)}>{escape(one.title or '(no headline)')} <small>{one.kind}, {one.confidence:.2f}</small></li>\n"
        for number, one in enumerate(page.articles, 1)
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in said)
    return f"""<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{escape(heading)}</title><style>
body {{ font-family: sans-serif; margin: 2em; }}
td {{ padding: 0 .6em; vertical-align: top; }} td:first-child {{ color: #666; text-align: right; }}
tr[style], li[style] {{ background: hsl(var(--h) 70% 93%); border-left: 4px solid hsl(var(--h) 60% 45%); }}
.title td:last-child, .kicker td:last-child, .subtitle td:last-child, .subhead td:last-child {{ font-weight: bold; }}
.furniture, .banner, .repeat {{ color: #666; }}
</style></head><body><h1>{escape(heading)}</h1>
<ol>
{articles}</ol>
<ul>{notes}</ul>
<table>
{lines}</table></body></html>
"""


def _hue(article: int | None) -> str:
    return "" if article is None else f' style="--h:{_HUES[(article - 1) % len(_HUES)]}"'
