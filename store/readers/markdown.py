"""Markdown as converters of printed pages write it. Lines stay lines: the parser needs their numbers.

Headings keep their # (the parser weighs them, often senseless as they are); emphasis, links, pictures and front
matter go. Front matter may name paper, date and page.
"""

from __future__ import annotations

import re
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.models import PageText
from store.readers.text import decode
from store.readers.text import lines as split_lines

_INLINE = MarkdownIt("commonmark", {"html": False})
_MARKED = re.compile(r"[*_`\[\]!\\<&]")
_FRONT = re.compile(r"^\s*([A-Za-z一-鿿]+)\s*[:：]\s*(.+?)\s*$")
_KEYS = {
    "paper": "paper",
    "报纸": "paper",
    "date": "date",
    "日期": "date",
    "page": "page",
    "版": "page",
    "版次": "page",
}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read(data: bytes, *, name: str) -> list[PageText]:
    """A Markdown file is one page."""
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), decode(data))
    lines = list(split_lines(text))
    hints: dict[str, str] = {}
    if lines and lines[0].strip() == "---":
        end = next(
            (number for number, line in enumerate(lines[1:40], 1) if line.strip() in ("---", "...")), 0
        )
        for number in range(end + 1 if end else 0):
            found = _FRONT.match(lines[number])
            if found and found[1].lower() in _KEYS:
                hints[_KEYS[found[1].lower()]] = found[2].strip("\"'")
            lines[number] = ""
    page_number = re.search(r"\d+", hints.get("page", ""))
    return [
        PageText(
            lines=tuple(plain(line) for line in lines),
            paper=hints.get("paper", ""),
            day=_day(hints.get("date", "")),
            number=int(page_number[0]) if page_number else None,
            format="markdown",
        )
    ]


def plain(line: str) -> str:
    """The line without inline marks; its heading marks stay."""
    if not _MARKED.search(line):
        return line
    head = re.match(r"\s*#{0,6}\s*", line)
    start = head.end() if head else 0
    return line[:start] + "".join(_text(token) for token in _INLINE.parseInline(line[start:]))


def _text(token: Token) -> str:
    if token.type == "image":
        return ""
    if token.children:
        return "".join(_text(child) for child in token.children)
    if token.type in ("text", "code_inline", "html_inline"):
        return token.content
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
