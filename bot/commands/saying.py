"""How verbs speak: `say` for people, `print_json` for programs. Nothing else here prints (tests/bot/test_printable.py)."""

from __future__ import annotations

import json
import re
from typing import Any

import click

from bot.printable import printable

_ERASE_LINE = "\r\x1b[K"
_CONTROLS = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def say(text: str = "", *, err: bool = False, nl: bool = True, **style: Any) -> None:
    """Print text with click's styles (bold, dim, fg); what a page may have put into it cannot command the terminal."""
    click.secho(printable(text), err=err, nl=nl, **style)


def say_again(text: str) -> None:
    """On stderr, in the place of the line that stands there: how far something is; "" erases it."""
    click.echo(_ERASE_LINE + printable(text), nl=False, err=True)


def print_json(record: Any, *, indent: int | None = None) -> None:
    """Print a record as JSON in UTF-8. Control and direction characters and lone surrogates are written as escapes."""
    text = json.dumps(record, ensure_ascii=False, indent=indent, default=str)
    text = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(record, ensure_ascii=True, indent=indent, default=str)
    click.echo(text)
