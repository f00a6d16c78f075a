"""A picture of a page: opened, judged, lit evenly, turned upright; its lines cut out straight and recognised one by one.

Pictures are arrays as OpenCV makes them: rows, columns, three colours of 0 to 255.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib import import_module
from io import BytesIO
from statistics import median
from typing import Any

from store.errors import UnreadableFile
from store.readers.ocr.engine import LONGEST
from store.readers.ocr.records import Piece, Point, Quad, Recogniser

MOST_PIXELS = 120_000_000
"""More than any camera of a telephone takes; a few kilobytes can claim to be far larger."""
SHORTEST_SIDE = 120
"""Pixels; less holds no line and no headline."""
DARKEST_PAPER = 48
"""How bright the paper must be, of 255: the brightest tenth of the picture."""
PALEST_INK = 28
"""How much darker than the paper the ink must be."""
SMALLEST_LINE = 9.0
"""Pixels from the top to the bottom of a line, in the median: below, strokes run together."""
UPRIGHT = 1.5
"""A line this much higher than wide has its characters one under the other, or the page lies on its side."""
SAMPLES = 4
"""Lines read both ways to tell whether a page stands on its head."""


def opened(data: bytes, suffix: str = "") -> Any:
    """The picture, turned as its camera says, no larger than is read. Raises UnreadableFile."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    library: Any = import_module("PIL.Image")
    library.MAX_IMAGE_PIXELS = None  # our own limit is below, with its sentence
    try:
        # The header alone: what it claims is refused before it is unpacked.
        with library.open(BytesIO(data)) as header:
            width, height = header.size
    except Exception as error:  # Pillow raises nearly anything for a damaged header
        raise UnreadableFile(
            f"The picture is damaged, or no {suffix or 'picture'}: fetch it again."
        ) from error
    if width * height > MOST_PIXELS:
        raise UnreadableFile(
            f"The picture has {width:,} × {height:,} pixels; at most {MOST_PIXELS:,} are read: make it smaller."
        )
    image = cv2.imdecode(numpy.frombuffer(data, dtype=numpy.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise UnreadableFile(f"The picture is damaged, or no {suffix or 'picture'}: fetch it again.")
    return fitting(image)


def pieces(image: Any, recogniser: Recogniser) -> list[Piece]:
    """The lines of a page, from a picture that fits (see fitting). Raises UnreadableFile for a picture that cannot be read, with the reason."""
    image = evened(image)
    found = recogniser.find(image)
    if not found:
        return []
    image, found = _upright(image, found, recogniser)
    high = median(_sides(quad)[1] if not _stands(quad) else _sides(quad)[0] for quad in found)
    if high < SMALLEST_LINE:
        raise UnreadableFile(
            f"The page is too small in the picture: its lines are {high:.0f} pixels high (at least {SMALLEST_LINE:.0f} "
            "are needed). Photograph it nearer, or one half at a time."
        )
    return [piece for quad in found for piece in _recognised(image, quad, recogniser)]


def fitting(image: Any) -> Any:
    """The picture in three colours, its longer side at most LONGEST. Raises UnreadableFile where it is too small."""
    cv2 = import_module("cv2")
    if len(image.shape) == 2 or image.shape[2] == 1:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    height, width = image.shape[:2]
    if min(height, width) < SHORTEST_SIDE:
        raise UnreadableFile(
            f"The picture is too small ({width} × {height} pixels): a page needs some 1,500 from side to side."
        )
    share = LONGEST / max(height, width)
    if share < 1:
        size = max(1, round(width * share)), max(1, round(height * share))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return image


def evened(image: Any) -> Any:
    """The picture with its paper white everywhere: shade is taken out. Raises UnreadableFile: too dark, too pale."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    small = cv2.resize(grey, (max(8, width // 4), max(8, height // 4)), interpolation=cv2.INTER_AREA)
    paper, ink = float(numpy.percentile(small, 90)), float(numpy.percentile(small, 1))
    if paper < DARKEST_PAPER:
        raise UnreadableFile(
            f"The picture is too dark (its paper has a brightness of {paper:.0f} of 255): photograph the page in more light."
        )
    if paper - ink < PALEST_INK:
        raise UnreadableFile("Nothing stands out in the picture: it is too pale, or shows no print.")
    # The paper behind the print: the brightest close by, smoothed.
    around = cv2.dilate(small, numpy.ones((7, 7), numpy.uint8))
    around = cv2.resize(cv2.GaussianBlur(cv2.medianBlur(around, 21), (0, 0), 12), (width, height))
    # What is far darker than the paper is no paper in the shade, but the table.
    around = numpy.maximum(around, 0.4 * paper).astype(numpy.float32)
    even = numpy.clip(grey.astype(numpy.float32) * (245.0 / around), 0, 255).astype(numpy.uint8)
    return cv2.cvtColor(even, cv2.COLOR_GRAY2BGR)


def cut_out(image: Any, quad: Quad) -> Any:
    """A line as a straight picture of its own."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    width, height = (max(1, round(side)) for side in _sides(quad))
    corners = numpy.array(quad, dtype=numpy.float32)
    straight = numpy.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=numpy.float32)
    matrix = cv2.getPerspectiveTransform(corners, straight)
    return cv2.warpPerspective(
        image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _sides(quad: Quad) -> tuple[float, float]:
    """How long and how high a line is."""
    one, two, three, four = quad
    long = (math.dist(one, two) + math.dist(four, three)) / 2
    return long, (math.dist(one, four) + math.dist(two, three)) / 2


def _stands(quad: Quad) -> bool:
    long, high = _sides(quad)
    return high >= UPRIGHT * long


def _upright(image: Any, found: Sequence[Quad], recogniser: Recogniser) -> tuple[Any, list[Quad]]:
    """The picture and its lines, turned so that most of its print stands upright."""
    cv2 = import_module("cv2")
    standing = sum(_sides(quad)[1] for quad in found if _stands(quad))
    lying = sum(_sides(quad)[0] for quad in found if not _stands(quad))
    quads = list(found)
    if standing > 1.5 * lying:
        image = cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)
        quads = recogniser.find(image)
    longest = sorted((quad for quad in quads if not _stands(quad)), key=lambda quad: -_sides(quad)[0])[
        :SAMPLES
    ]
    right = wrong = 0.0
    for quad in longest:
        line = cut_out(image, quad)
        one, two = recogniser.read(line), recogniser.read(cv2.rotate(line, cv2.ROTATE_180))
        right, wrong = right + one.score * len(one.text), wrong + two.score * len(two.text)
    if wrong <= right:
        return image, quads
    height, width = image.shape[:2]

    def turned(point: Point) -> Point:
        return width - 1 - point[0], height - 1 - point[1]

    image = cv2.rotate(image, cv2.ROTATE_180)
    return image, [(turned(c), turned(d), turned(a), turned(b)) for a, b, c, d in quads]


def _recognised(image: Any, quad: Quad, recogniser: Recogniser) -> list[Piece]:
    """What a line says; one whose characters stand under each other is read character by character."""
    if not _stands(quad):
        reading = recogniser.read(cut_out(image, quad))
        return [Piece(quad, reading.text, reading.score, reading.middles)] if reading.text.strip() else []
    long, high = _sides(quad)
    count = max(2, round(high / long))
    text, scores = "", 0.0
    middles: list[float] = []
    for at in range(count):
        reading = recogniser.read(cut_out(image, _share(quad, at / count, (at + 1) / count)))
        if reading.text.strip():
            text += reading.text.strip()[:1]
            scores += reading.score
            middles.append((at + 0.5) / count)
    return [Piece(quad, text, scores / len(text), tuple(middles), upright=True)] if text else []


def _share(quad: Quad, start: float, stop: float) -> Quad:
    """A part of an upright line, from top to bottom."""
    one, two, three, four = quad

    def between(top: Point, bottom: Point, share: float) -> Point:
        return top[0] + share * (bottom[0] - top[0]), top[1] + share * (bottom[1] - top[1])

    return (
        between(one, four, start),
        between(two, three, start),
        between(two, three, stop),
        between(one, four, stop),
    )
