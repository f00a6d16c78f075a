"""What PDFium sees on one page: characters, pictures, rules and boxes, turned upright and clipped to what is shown.

The only file beside pdf.py that imports pypdfium2. Nothing is put in order here: see layout/.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from store.models import Box
from store.readers.layout import Glyph, Sheet
from store.readers.plausible import UNKNOWN, names_nothing

MOST_GLYPHS = 200_000
"""A newspaper page has some 10,000 characters; far more is a drawing made of letters."""
MOST_LINES = 20_000
"""Lines and boxes looked at; a map or a chart may draw more, and tells nothing about columns."""
BOLD_WEIGHT = 600
ASCENT, DESCENT = 0.88, 0.12
"""Where a Chinese em square lies about the baseline, in ems: what fonts say of themselves differs or is missing."""
THICKEST_RULE = 3.0
"""Points; a filled bar thicker than this is a box."""
_WIDE = (
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0x33FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF60),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the characters of one piece of text share: size and width of the em square, direction, weight.

    `known`: the font says which characters it holds.
    """

    size: float
    stretch: float
    quarter: int
    bold: bool
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns points of the file into points of the page as it is read, origin at the top left."""

    quarter: int
    left: float
    top: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        across, up = _turned(x, y, self.quarter)
        return across - self.left, self.top - up

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        one, two = self.point(left, bottom), self.point(right, top)
        return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


@dataclass(frozen=True, slots=True)
class _Mark:
    """A character where the file puts it: origin on the baseline, and the ink (or the advance) about it."""

    text: str
    x: float
    y: float
    ink: tuple[float, float, float, float]
    setting: _Setting
    run: int


def sheets(page: Any) -> list[Sheet]:
    """The page's text, one sheet a direction of type: the direction of most characters first."""
    crop = page.get_cropbox()
    marks = list(_marks(page, crop))
    guessed = [mark.text for mark in marks if not mark.setting.known]
    if names_nothing("".join(guessed)):
        marks = [mark if mark.setting.known else replace(mark, text=UNKNOWN) for mark in marks]
    directions = Counter(mark.setting.quarter for mark in marks)
    if not directions:
        directions[0] = 0
    found: list[Sheet] = []
    for quarter, _ in directions.most_common():
        frame = _frame(crop, quarter)
        glyphs = _glyphs([m for m in marks if m.setting.quarter == quarter], frame)
        first = not found
        width, height = abs(crop[2] - crop[0]), abs(crop[3] - crop[1])
        if quarter % 2:
            width, height = height, width
        rules, boxes = _lines(page, frame, (width, height)) if first else ((), ())
        pictures = tuple(_pictures(page, frame, width * height)) if first else ()
        found.append(Sheet(tuple(glyphs), pictures, tuple(rules), tuple(boxes), width, height))
    return found


ALL_SHAPES = 200
"""Shapes that a page set in type hardly has; where so many stand and no text, the letters are drawn as shapes."""


def drawn_share(page: Any) -> float:
    """How much of a page is drawn, 0 to 1: 1 where a picture fills most of it, or the letters may all be shapes."""
    left, bottom, right, top = page.get_cropbox()
    whole = max(1.0, abs((right - left) * (top - bottom)))
    shapes, filled = 0, 0.0
    for thing in page.get_objects(max_depth=3):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            x, y, u, v = thing.get_bounds()
            filled += max(0.05, abs((u - x) * (v - y)) / whole)  # a scan may come in strips
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            # All the letters of a story may be one path.
            shapes += 1 + max(0, pdfium.FPDFPath_CountSegments(thing.raw)) // 20
        if filled >= MOST_OF_PAGE or shapes >= ALL_SHAPES:
            return 1.0
    return max(filled, shapes / ALL_SHAPES)


MOST_OF_PAGE = 0.4
"""A scan fills its page, but for margins and strips."""


def picture(page: Any, *, longest: int) -> Any:
    """The page as it is printed: an array of rows, columns and colours, at 200 dpi or `longest` pixels."""
    scale = min(200 / 72, longest / max(1.0, *page.get_size()))
    return page.render(scale=scale).to_numpy()[:, :, :3]


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """A point in the axes of type that runs in a direction: across the line, and up from it."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _frame(crop: Sequence[float], quarter: int) -> _Frame:
    corners = [_turned(x, y, quarter) for x in (crop[0], crop[2]) for y in (crop[1], crop[3])]
    return _Frame(quarter, min(c[0] for c in corners), max(c[1] for c in corners))


def _marks(page: Any, crop: Sequence[float]) -> Iterator[_Mark]:
    textpage = page.get_textpage()
    try:
        raw = textpage.raw
        settings: dict[int, _Setting | None] = {}
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        for index in range(min(textpage.count_chars(), MOST_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            # PDFium adds blanks and line ends of its own; ours come from the distances.
            if code < 32 or code in (0xFFFE, 0xFFFF) or pdfium.FPDFText_IsGenerated(raw, index) == 1:
                continue
            thing = pdfium.FPDFText_GetTextObject(raw, index)
            run = ctypes.cast(thing, ctypes.c_void_p).value or 0
            setting = settings.get(run)
            if run not in settings or not run:
                setting = settings[run] = _setting(raw, index)
            if (
                setting is None
                or not pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
                or not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
            ):
                continue
            if setting.quarter % 2 or box.right - box.left < 0.02 * setting.size:
                # The loose box of turned type has no width: its ink has.
                ink = [ctypes.c_double() for _ in range(4)]
                if pdfium.FPDFText_GetCharBox(raw, index, *(ctypes.byref(side) for side in ink)):
                    box.left, box.right, box.bottom, box.top = (side.value for side in ink)
            middle = (x.value + (box.left + box.right) / 2) / 2, (y.value + (box.bottom + box.top) / 2) / 2
            if not (crop[0] <= middle[0] <= crop[2] and crop[1] <= middle[1] <= crop[3]):
                continue
            text = chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"
            yield _Mark(text, x.value, y.value, (box.left, box.bottom, box.right, box.top), setting, run)
    finally:
        textpage.close()


def _setting(raw: Any, index: int) -> _Setting | None:
    size = float(pdfium.FPDFText_GetFontSize(raw, index))
    matrix = pdfium.FS_MATRIX()
    stretch, quarter = 1.0, 0
    if pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        height = math.hypot(matrix.c, matrix.d)
        stretch = math.hypot(matrix.a, matrix.b) / height if height else 1.0
        size *= height
        quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    if not 0.5 < size < 5000:
        return None
    bold = pdfium.FPDFText_GetFontWeight(raw, index) >= BOLD_WEIGHT
    known = pdfium.FPDFText_HasUnicodeMapError(raw, index) != 1
    return _Setting(size, min(4.0, max(0.25, stretch)), quarter, bold, known)


def is_wide(character: str) -> bool:
    """Whether a character fills an em square of its own."""
    code = ord(character)
    return code >= 0x1100 and any(low <= code <= high for low, high in _WIDE)


def _glyphs(marks: Sequence[_Mark], frame: _Frame) -> Iterator[Glyph]:
    """Em squares from origin and size of type: the box a font gives may be the ink alone (一 would leave its row)."""
    for at, mark in enumerate(marks):
        setting = mark.setting
        left, base = frame.point(mark.x, mark.y)
        ink = frame.box(*mark.ink)
        em = setting.size * setting.stretch
        following = marks[at + 1] if at + 1 < len(marks) else None
        step = 0.0
        if following is not None and following.run == mark.run:
            ahead, level = frame.point(following.x, following.y)
            step = ahead - left if abs(level - base) < 0.1 * setting.size else 0.0
        if is_wide(mark.text):
            # A mark set to half its width ends where the next character begins.
            right = left + (step if 0.4 * em < step < em else em)
        else:
            right = max(ink[2], left + 0.2 * em) if ink[2] < left + 2 * em else left + 0.5 * em
            if mark.text in "“”‘’…—" and 0.3 * em < step <= 1.05 * em:
                right = left + step
        top = base - ASCENT * setting.size
        yield Glyph(
            mark.text, left, top, right, base + DESCENT * setting.size, setting.size, setting.bold, mark.run
        )


def _pictures(page: Any, frame: _Frame, whole: float) -> Iterator[Box]:
    """The pictures, except those that lie under the whole page."""
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, top, right, bottom = frame.box(*thing.get_bounds())
        if 0 < (right - left) * (bottom - top) < 0.6 * whole:
            yield Box(left, top, right, bottom, 0.0)


def _lines(page: Any, frame: _Frame, size: tuple[float, float]) -> tuple[list[Box], list[Box]]:
    """The rules and the boxes that are drawn on the page; those that are painted white or fill the page are not."""
    rules: list[Box] = []
    boxes: list[Box] = []
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1):
        if len(rules) + len(boxes) >= MOST_LINES:
            break
        if not _shows(thing):
            continue
        for bounds in _strokes(thing):
            left, top, right, bottom = frame.box(*bounds)
            width, height = right - left, bottom - top
            if width > 0.97 * size[0] and height > 0.9 * size[1]:
                continue
            if min(width, height) <= THICKEST_RULE:
                if max(width, height) > THICKEST_RULE:
                    rules.append(Box(left, top, right, bottom, 0.0))
            else:
                boxes.append(Box(left, top, right, bottom, 0.0))
    return rules, boxes


def _shows(thing: Any) -> bool:
    """Whether a path is drawn in a colour that shows on white paper."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(thing.raw, ctypes.byref(mode), ctypes.byref(stroke)):
        return False
    if stroke.value:
        return True
    if not mode.value:
        return False
    colours = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(thing.raw, *(ctypes.byref(c) for c in colours)):
        return True
    red, green, blue, opacity = (c.value for c in colours)
    return opacity > 8 and min(red, green, blue) < 252


def _strokes(thing: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each piece of a path that is drawn without lifting the pen."""
    count = pdfium.FPDFPath_CountSegments(thing.raw)
    if count > 400 or count < 2:
        return
    matrix = thing.get_matrix()
    piece: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count + 1):
        segment = pdfium.FPDFPath_GetPathSegment(thing.raw, index) if index < count else None
        kind = pdfium.FPDFPathSegment_GetType(segment) if segment else pdfium.FPDF_SEGMENT_MOVETO
        if kind == pdfium.FPDF_SEGMENT_MOVETO and piece:
            if len(piece) > 1 and not (curved and len(piece) < 8):
                xs, ys = [p[0] for p in piece], [p[1] for p in piece]
                yield min(xs), min(ys), max(xs), max(ys)
            piece, curved = [], False
        if segment and pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            piece.append(matrix.on_point(x.value, y.value))
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
