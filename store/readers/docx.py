"""Word files (.docx): paragraphs in the order of the document, those of tables and text boxes too.

Headings by Word's own styles become `# ` lines as in Markdown. A packed file may unpack to more than memory holds, so its
declared sizes are looked at first; zipfile gives no more than what is declared.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from store.errors import TooLarge, UnreadableFile
from store.models import PageText

LARGEST_UNPACKED_BYTES = 60_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|title|标题)\s*([1-6]?)", re.IGNORECASE)


def read(data: bytes, *, name: str) -> list[PageText]:
    """A Word file is one page. Raises UnreadableFile or TooLarge."""
    _refuse_bombs(data)
    import docx  # it loads much: only when a Word file comes
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        lines = _lines(document.element.body, styles)
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise UnreadableFile(f"It is no Word file that can be read ({type(error).__name__}).") from error
    return [PageText(lines=tuple(lines), format="docx")]


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(
                part.file_size for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))
            )
    except zipfile.BadZipFile as error:
        raise UnreadableFile("It is no Word file: it cannot be unpacked.") from error
    if size > LARGEST_UNPACKED_BYTES:
        raise TooLarge(size, LARGEST_UNPACKED_BYTES)


def _lines(body: Any, styles: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for paragraph in body.iter(f"{_WORD}p"):
        if any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):
            continue  # the same text box again, for older programs
        text = _text(paragraph)
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        heading = _HEADING.match(styles.get(style.get(f"{_WORD}val"), "")) if style is not None else None
        if heading and text.strip():
            text = "#" * int(heading[1] or 1) + " " + text.strip()
        lines += text.split("\n")
    return lines


def _text(paragraph: Any) -> str:
    """A paragraph's own text; that of a text box in it is a paragraph of its own."""
    pieces: list[str] = []
    for node in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
        if next(node.iterancestors(f"{_WORD}p")) is not paragraph:
            continue
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        else:
            pieces.append(" " if node.tag == f"{_WORD}tab" else "\n")
    return "".join(pieces)
