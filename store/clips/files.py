"""A clipping as files to hand on: .docx for people, .csv for tables. Both pure: bytes out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from store.clips.collecting import Clipping, is_front
from store.models.articles import Article

_FONT = "宋体"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no XML 1.0 document may hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is reckoned by a spreadsheet; an apostrophe before it is not shown and keeps it text."""

CSV_COLUMNS = ("date", "paper", "page", "front", "title", "reporters", "places", "kind", "id")


def to_csv(clipping: Clipping) -> bytes:
    """UTF-8 with a byte order mark (Excel takes it for the local code page without), a row an article."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(CSV_COLUMNS)
    for one in clipping.articles:
        table.writerow(
            [
                one.day.isoformat(),
                _cell(one.paper),
                _cell(one.page_name if one.page else ""),
                int(is_front(one)),
                _cell(_title(one)),
                _cell("、".join(one.byline.reporters)),
                _cell("、".join(place.name for place in one.places)),
                one.kind,
                one.id,
            ]
        )
    return out.getvalue().encode("utf-8-sig", "replace")


def to_docx(clipping: Clipping, *, heading: str, summary: str, columns: Sequence[str]) -> bytes:
    """A document: heading and summary, a table of all articles, then each as printed with its source.

    `columns` are the table's five headings: day, paper, page, headline, reporters.
    """
    # python-docx takes a second to import on a small machine, and few ask for a document.
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = _clean(heading)
    document.core_properties.author = ""
    document.core_properties.created = datetime.combine(clipping.last, datetime.min.time(), UTC)
    normal = document.styles["Normal"]
    normal.font.name = _FONT
    normal.font.size = Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.add_heading(_clean(heading), level=0)
    document.add_paragraph(_clean(summary))
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        cell.text = _clean(text)
    for one in clipping.articles:
        texts = (
            one.day.isoformat(),
            one.paper,
            one.page_name if one.page else "",
            _title(one),
            "、".join(one.byline.reporters),
        )
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = _clean(text)
    for one in clipping.articles:
        if one.kicker:
            document.add_paragraph(_clean(one.kicker))
        document.add_heading(_clean(_title(one)), level=1)
        if one.subtitle:
            document.add_paragraph(_clean(one.subtitle))
        page = f" {one.page_name}版" if one.page else ""
        document.add_paragraph(
            _clean(f"《{one.paper}》{one.day.isoformat()}{page}　{one.byline.raw}".rstrip())
        )
        subheads: dict[int, list[str]] = {}
        for text, before in one.subheads:
            subheads.setdefault(before, []).append(text)
        for number, paragraph in enumerate(one.body):
            for text in subheads.get(number, ()):
                document.add_paragraph(_clean(text)).runs[0].bold = True
            document.add_paragraph(_clean(paragraph))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _title(article: Article) -> str:
    """The headline; without one the beginning of the text."""
    return article.title or next((line[:30] for line in article.body if line.strip()), "")


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _cell(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
