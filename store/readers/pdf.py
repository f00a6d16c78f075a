"""PDF pages: their text with positions and sizes of type, in reading order.

What stands on a page is asked in pdfium.py; where the columns lie is worked out in layout/. Pages without usable text are
recognised from their pictures where the extra [ocr] is installed (ocr/).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2

from store.errors import IngestError, UnreadableFile
from store.models import PageText
from store.readers import ocr
from store.readers.layout import Line, Prepared, arrange, prepare
from store.readers.layout.outline import read_outline
from store.readers.pdfium import drawn_share, picture, sheets
from store.readers.plausible import UNKNOWN, is_nonsense

FEW = 60
"""Characters; a page that is a picture or drawn in shapes and has no more text than its head and foot is not read by that."""
LEAST_DRAWN = 0.02
"""A page without any text of which less is drawn is empty: a rule at its head, a stamp."""
MOST_UNKNOWN = 10
PICTURE = "It has no text, only pictures of pages or letters drawn as shapes"
FONTS_OF = "its fonts do not say which characters they hold"
FONTS = f"Its text is not readable: {FONTS_OF}"
REMEDY = (
    "; install the extra that reads pages as pictures (pip install 'baozhai[ocr]'), or run OCR on it "
    "(ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf) and give the copy."
)
MOST_PAGES = 200
"""A daily has at most some hundred pages."""
Begin = Callable[[int, bool], None]
# PDFium's error codes (fpdfview.h): FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY.
_LOCKED = (4, 5)


def _nobody_watches(page: int, recognised: bool = False) -> None:
    pass


def read(
    source: bytes | str | Path,
    *,
    name: str = "",
    most_pages: int = MOST_PAGES,
    begin: Begin = _nobody_watches,
) -> list[PageText]:
    """One PageText a page, its lines in reading order with their boxes; `begin(page, ocr)` is called before each.

    Raises UnreadableFile when the file is damaged, locked, too long, or has no text to read. Where only some of its pages
    have none, the others are read, and those say so (PageText.trouble).
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
        if not len(document):
            raise UnreadableFile("The PDF has no pages: fetch it again.")
        if len(document) > most_pages:
            raise UnreadableFile(
                f"The PDF has {len(document)} pages; at most {most_pages} are read: part it, or raise most_pages in [reading]."
            )
        seen: list[list[Prepared]] = []
        drawn: list[float] = []
        for number in range(len(document)):
            begin(number + 1, False)
            prepared, share = _look(document, number)
            seen.append(prepared)
            drawn.append(share)
        lines = read_outline([page[0] for page in seen]) or [
            [line for sheet in page for line in arrange(sheet)] for page in seen
        ]
        found = [_judged(text, share) for text, share in zip(lines, drawn, strict=True)]
        if ocr.installed():
            found = _recognised(document, found, begin)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"The PDF is damaged ({error}): fetch it again.") from error
    finally:
        document.close()
    if not any(page.lines for page in found):
        raise UnreadableFile(
            next((page.trouble for page in found if page.trouble), "The PDF's pages are empty.")
        )
    return [_text(page, number, len(found)) for number, page in enumerate(found, 1)]


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read of a page; `trouble` says what was not, `wanted` that it is to be recognised from its picture."""

    lines: Sequence[Line]
    trouble: str = ""
    wanted: bool = False


def _judged(lines: Sequence[Line], drawn: float) -> _Page:
    """A page's text, without what is none; `drawn` is the share of the page that pictures and shapes fill (see pdfium.py)."""
    remedy = "." if ocr.installed() else REMEDY
    text = "".join(line.text for line in lines)
    if is_nonsense(text):
        return _Page((), FONTS + remedy, True)
    letters = sum(not character.isspace() for character in text)
    if drawn >= (1.0 if letters else LEAST_DRAWN) and letters < FEW:
        return _Page(lines, PICTURE + remedy, True)
    unknown = text.count(UNKNOWN)
    if unknown >= MOST_UNKNOWN:
        return _Page(
            lines,
            f"{unknown} of its characters cannot be read and are shown as {UNKNOWN}: {FONTS_OF}{remedy}",
            True,
        )
    return _Page(lines)


def _recognised(document: Any, pages: Sequence[_Page], begin: Begin) -> list[_Page]:
    """The pages, those without usable text recognised from their pictures; one that cannot be says why."""
    from store.readers.ocr import engine, pictures

    done = list(pages)
    reader: ocr.Recogniser | None = None
    for at, known in enumerate(pages):
        if not known.wanted:
            continue
        begin(at + 1, True)
        reader = reader or engine.recogniser()
        page = document[at]
        try:
            image = pictures.fitting(picture(page, longest=engine.LONGEST))
            done[at] = _Page(ocr.lines_of(pictures.pieces(image, reader)))
        except IngestError as error:
            done[at] = replace(known, trouble=str(error))
        finally:
            page.close()
    return done


def _look(document: Any, number: int) -> tuple[list[Prepared], float]:
    """What stands on a page, and how much of it is drawn (asked where there is little text)."""
    page = document[number]
    try:
        found = sheets(page)
        letters = sum(len(sheet.glyphs) for sheet in found)
        return [prepare(sheet) for sheet in found], drawn_share(page) if letters < 4 * FEW else 0.0
    finally:
        page.close()


def _text(page: _Page, number: int, of: int) -> PageText:
    roles = tuple(line.role for line in page.lines)
    return PageText(
        lines=tuple(line.text for line in page.lines),
        boxes=tuple(line.box for line in page.lines),
        number=number if of > 1 else None,
        format="pdf",
        roles=roles if any(roles) else (),
        trouble=page.trouble,
    )
