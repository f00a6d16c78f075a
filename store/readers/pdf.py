"""PDF pages: their text with positions and sizes of type, in reading order.

The only file that imports pypdfium2. Where the columns lie is worked out in layout/.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from store.errors import UnreadableFile
from store.models import Box, PageText
from store.readers.layout import Glyph, read_glyphs

MOST_GLYPHS = 200_000
"""A newspaper page has some 10,000 characters; far more is a drawing made of letters."""
BOLD_WEIGHT = 600
# PDFium's error codes (fpdfview.h): FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY.
_LOCKED = (4, 5)


def read(source: bytes | str | Path, *, name: str = "") -> list[PageText]:
    """One PageText a page, its lines in reading order with their boxes.

    Raises UnreadableFile when the file is damaged, locked, or has no text to read.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in _LOCKED:
            raise UnreadableFile(
                "The PDF is locked with a password: unlock it (qpdf --decrypt --password=… in.pdf out.pdf) and give the copy."
            ) from error
        raise UnreadableFile(f"The PDF is damaged or no PDF at all ({error}): fetch it again.") from error
    try:
        pages = [_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"The PDF is damaged ({error}): fetch it again.") from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise UnreadableFile(
            "The PDF has no text, only pictures of pages: run OCR on it (ocrmypdf -l chi_sim in.pdf out.pdf) and give the copy."
        )
    if _meaningless(pages):
        raise UnreadableFile(
            "The PDF's text is not readable (its fonts do not say which characters they hold): run OCR on it "
            "(ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf) and give the copy."
        )
    return pages


def _meaningless(pages: list[PageText]) -> bool:
    """Whether most characters are private or unknown ones, as fonts without a Unicode table give them."""
    text = "".join(line for page in pages for line in page.lines if line)
    strange = sum("\ue000" <= c <= "\uf8ff" or c in "\ufffd\ufffe" or (c < " " and c != "\t") for c in text)
    return strange * 3 > len(text)


def _page(document: Any, number: int) -> PageText:
    page = document[number]
    try:
        height = float(page.get_height())
        textpage = page.get_textpage()
        try:
            glyphs = list(_glyphs(textpage, height))
        finally:
            textpage.close()
        lines = read_glyphs(glyphs, list(_pictures(page, height)))
    finally:
        page.close()
    return PageText(
        lines=tuple(line.text for line in lines),
        boxes=tuple(line.box for line in lines),
        number=number + 1 if len(document) > 1 else None,
        format="pdf",
    )


def _glyphs(textpage: Any, height: float) -> Iterator[Glyph]:
    raw = textpage.raw
    matrix = pdfium.FS_MATRIX()
    box = pdfium.FS_RECTF()
    for index in range(min(textpage.count_chars(), MOST_GLYPHS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        # PDFium adds blanks and line ends of its own; ours come from the distances.
        if code < 32 or code in (0xFFFE, 0xFFFF) or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
            continue
        size = float(pdfium.FPDFText_GetFontSize(raw, index))
        if pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
            size *= (matrix.c**2 + matrix.d**2) ** 0.5
        if size <= 0.5 or box.right <= box.left:
            continue
        bold = pdfium.FPDFText_GetFontWeight(raw, index) >= BOLD_WEIGHT
        text = chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"
        thing = pdfium.FPDFText_GetTextObject(raw, index)
        run = ctypes.cast(thing, ctypes.c_void_p).value or 0
        yield Glyph(text, box.left, height - box.top, box.right, height - box.bottom, size, bold, run)


def _pictures(page: Any, height: float) -> Iterator[Box]:
    """The pictures, except those that lie under the whole page."""
    whole = float(page.get_width()) * height
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if 0 < (right - left) * (top - bottom) < 0.6 * whole:
            yield Box(left, height - top, right, height - bottom, 0.0)
