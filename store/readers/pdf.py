"""PDF pages: their text with positions and sizes of type, in reading order.

What stands on a page is asked in pdfium.py; where the columns lie is worked out in layout/. Pages without usable text are
recognised from their pictures where the extra [ocr] is installed (ocr/).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from store.errors import IngestError, UnreadableFile
from store.models import PageText
from store.readers import ocr
from store.readers.layout import Line, Prepared, arrange, prepare
from store.readers.layout.outline import read_outline
from store.readers.pdfium import is_picture, picture, sheets

COMMON = frozenset(
    "的一是在不了有和人这中大为上个国地到以说时要就出会可也对生能而子那得于着下自之年发作里如家多成日月本报记者，。"
)
"""Characters of which any Chinese text has many: half of every line of news."""
LEAST_COMMON = 0.05
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

    Raises UnreadableFile when the file is damaged, locked, too long, or has no text to read.
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
        if len(document) > most_pages:
            raise UnreadableFile(
                f"The PDF has {len(document)} pages; at most {most_pages} are read: part it, or raise most_pages in [reading]."
            )
        seen: list[list[Prepared]] = []
        for number in range(len(document)):
            begin(number + 1, False)
            seen.append(_look(document, number))
        lines = read_outline([page[0] for page in seen]) or [
            [line for sheet in page for line in arrange(sheet)] for page in seen
        ]
        guessed = [sum(sheet.sheet.guessed for sheet in page) for page in seen]
        useless = [_meaningless(found, count) for found, count in zip(lines, guessed, strict=True)]
        recognised = _recognised(document, lines, useless, begin) if ocr.installed() else []
        pages = [_text(found, number, len(seen)) for number, found in enumerate(recognised or lines, 1)]
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"The PDF is damaged ({error}): fetch it again.") from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise UnreadableFile(
            "The PDF has no text, only pictures of pages: install the extra that reads them (pip install 'baozhai[ocr]'), "
            "or run OCR on it (ocrmypdf -l chi_sim in.pdf out.pdf) and give the copy."
        )
    if not recognised and sum(useless) * 2 > len(useless):
        raise UnreadableFile(
            "The PDF's text is not readable (its fonts do not say which characters they hold): install the extra that "
            "reads pages as pictures (pip install 'baozhai[ocr]'), or run OCR on it (ocrmypdf --force-ocr -l chi_sim "
            "in.pdf out.pdf) and give the copy."
        )
    return pages


def _meaningless(lines: Sequence[Line], guessed: int) -> bool:
    """Whether a page's text is none: its fonts do not say which characters they hold.

    Then most are private or unknown ones, or they are what the font's numbers happen to name: no text has so few of the
    commonest characters.
    """
    text = "".join(line.text for line in lines)
    strange = sum("\ue000" <= c <= "\uf8ff" or c in "\ufffd\ufffe" or (c < " " and c != "\t") for c in text)
    if strange * 3 > len(text):
        return True
    common = sum(character in COMMON for character in text)
    return guessed * 2 > len(text) and common < LEAST_COMMON * len(text)


def _recognised(
    document: Any, lines: Sequence[list[Line]], useless: Sequence[bool], begin: Begin
) -> list[list[Line]]:
    """The pages' lines, those without usable text recognised from their pictures; [] where there are none.

    Raises what stopped the recogniser when no page of the file could be read.
    """
    done = list(lines)
    wanted = [
        at for at, found in enumerate(lines) if useless[at] or (not found and _has_picture(document, at))
    ]
    if not wanted:
        return []
    from store.readers.ocr import engine, pictures

    trouble: IngestError | None = None
    reader: ocr.Recogniser | None = None
    for at in wanted:
        begin(at + 1, True)
        reader = reader or engine.recogniser()
        page = document[at]
        try:
            image = pictures.fitting(picture(page, longest=engine.LONGEST))
            done[at] = ocr.lines_of(pictures.pieces(image, reader))
        except IngestError as error:
            trouble = trouble or error
            done[at] = []
        finally:
            page.close()
    if trouble is not None and not any(done):
        raise trouble
    return done


def _has_picture(document: Any, at: int) -> bool:
    page = document[at]
    try:
        return is_picture(page)
    finally:
        page.close()


def _look(document: Any, number: int) -> list[Prepared]:
    page = document[number]
    try:
        return [prepare(sheet) for sheet in sheets(page)]
    finally:
        page.close()


def _text(lines: Sequence[Line], number: int, of: int) -> PageText:
    roles = tuple(line.role for line in lines)
    return PageText(
        lines=tuple(line.text for line in lines),
        boxes=tuple(line.box for line in lines),
        number=number if of > 1 else None,
        format="pdf",
        roles=roles if any(roles) else (),
    )
