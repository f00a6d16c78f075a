"""HTML pages: blocks of text in the order of the document, without scripts, menus and forms.

Headings become `# ` lines as in Markdown; a blank line stands between blocks. Title and meta elements may name the
paper and the day.
"""

from __future__ import annotations

import re
from datetime import date

import lxml.html
from lxml import etree

from store.chinese.characters import HAN
from store.chinese.names import PAPERS
from store.errors import UnreadableFile
from store.models import PageText
from store.readers.text import decode

_DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "nav",
        "form",
        "button",
        "select",
        "iframe",
        "svg",
        "head",
        "template",
        "object",
    }
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6"
        " header hr li main ol p pre section table tbody td th thead tr ul",
    )
)
_DATE_METAS = ("article:published_time", "publishdate", "pubdate", "date", "dc.date", "publication_date")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)


def read(data: bytes, *, name: str) -> list[PageText]:
    """An HTML file is one page."""
    text = _decode(data)
    try:
        root = lxml.html.document_fromstring(text)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"It is not HTML that can be read ({error}).") from error
    paper, day = _paper(root), _day(root)
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    lines: list[str] = []
    _walk(root, lines)
    return [PageText(lines=tuple(_tidy(lines)), paper=paper, day=day, format="html")]


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            encoding = declared[1].decode("ascii").lower()
            text = data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
            return text.lstrip("\ufeff")
        except (LookupError, UnicodeDecodeError):
            pass
    # lxml refuses a declared encoding in text.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data))


def _walk(root: lxml.html.HtmlElement, lines: list[str]) -> None:
    """Depth first without recursion: broken pages nest thousands deep."""
    current: list[str] = []

    def end_line() -> None:
        line = " ".join("".join(current).replace("\u3000", "\0").split()).replace("\0", "\u3000")
        lines.append(line)
        current.clear()

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            if event == "end" and element.tail:
                current.append(element.tail)
            continue
        if event == "start":
            if element.tag in _BLOCKS:
                end_line()
                lines.append("")
            if re.fullmatch("h[1-6]", element.tag):
                current.append("#" * int(element.tag[1]) + " ")
            if element.tag == "br":
                end_line()
            if element.text:
                current.append(element.text)
        else:
            if element.tag in _BLOCKS:
                end_line()
                lines.append("")
            if element.tail:
                current.append(element.tail)
    end_line()


def _tidy(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        line = "" if re.fullmatch(r"[#\s]*", line) else line
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept


def _paper(root: lxml.html.HtmlElement) -> str:
    title = root.findtext(".//title") or ""
    found = re.search(rf"[{HAN}]{{2,8}}(?:{PAPERS})", title)
    return found[0] if found else ""


def _day(root: lxml.html.HtmlElement) -> date | None:
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key in _DATE_METAS:
            try:
                return date.fromisoformat((meta.get("content") or "").strip()[:10])
            except ValueError:
                continue
    return None
