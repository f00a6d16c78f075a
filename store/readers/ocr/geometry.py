"""Recognised lines → characters with em squares on a straight page; pure.

A photo shows a page turned, and seen from one side. The slopes of its lines and the way their left edges lean tell how;
both are taken out of the coordinates (the picture itself stays as it is). Sizes of type come from the distance between
neighbouring characters, which is measured far more exactly than the height of a line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import median

from store.errors import UnreadableFile
from store.readers.layout import Glyph
from store.readers.ocr.records import Piece, Point

STEEPEST = 20.0
"""Degrees; a page turned further was cut off by its own picture, or is no flat page."""
WAVIEST = 0.035
"""How far lines may slope from what a flat page shows, in the median: more is a crumpled or curled page."""
BODY_POINTS = 10.0
"""The body's type on the page that is made: the layout code thinks in points."""
_HAN = ("\u3400", "\u9fff")


class _Straight:
    """Takes points of the picture to points of a straight page, in pixels."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        points = [point for piece in pieces for point in piece.quad]
        self._x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
        self._y = (min(y for _, y in points) + max(y for _, y in points)) / 2
        self._unit = max(
            1.0, max(abs(x - self._x) for x, _ in points), max(abs(y - self._y) for _, y in points)
        )
        self._slope = (0.0, 0.0, 0.0)
        self._lean = (0.0, 0.0, 0.0)
        flat = [piece for piece in pieces if not piece.upright and _length(piece) > 3 * _height(piece)]
        if flat:
            self._slope, waves = self._fitted(
                [(*self._centre(piece), _slope(piece), _length(piece)) for piece in flat]
            )
            if abs(self._slope[0]) > math.tan(math.radians(STEEPEST)):
                raise UnreadableFile(
                    f"The page lies too skewed in the picture ({math.degrees(math.atan(self._slope[0])):.0f} degrees): "
                    "photograph it straight from above."
                )
            if len(flat) >= 6 and waves > WAVIEST:
                raise UnreadableFile(
                    "The page is crumpled or curled in the picture: photograph it lying flat, straight from above."
                )
            leans = self._leans(flat)
            if len(leans) >= 4:
                self._lean, _ = self._fitted(leans)

    def __call__(self, point: Point) -> Point:
        x, y = self._level(point)
        a, b, c = self._lean
        u, v = x / self._unit, y / self._unit
        # Lines' left edges lean by a + b·x + c·y: follow them up to the page's middle.
        return x - self._unit * (a * v + b * u * v + c * v * v / 2), y

    def _level(self, point: Point) -> Point:
        """With level lines; the origin in the middle of the page."""
        x, y = point[0] - self._x, point[1] - self._y
        a, b, c = self._slope
        u, v = x / self._unit, y / self._unit
        return x + a * y, y - self._unit * (a * u + b * u * u / 2 + c * u * v)

    def _centre(self, piece: Piece) -> Point:
        x = sum(x for x, _ in piece.quad) / 4 - self._x
        y = sum(y for _, y in piece.quad) / 4 - self._y
        return x / self._unit, y / self._unit

    def _leans(self, pieces: Sequence[Piece]) -> list[tuple[float, float, float, float]]:
        """How left and right edges lean from line to line of one column: place, lean, weight."""
        found = []
        for get in (_left, _right):
            edges = sorted((self._level(get(piece)), _height(piece)) for piece in pieces)
            for (x, y), height in edges:
                under = [
                    (other, size)
                    for other, size in edges
                    if 0.6 * height < other[1] - y < 2.6 * height and abs(other[0] - x) < 0.45 * height
                ]
                if under:
                    (below, _) = min(under, key=lambda pair: pair[0][1])
                    step = below[1] - y
                    place = ((x + below[0]) / 2 / self._unit, (y + below[1]) / 2 / self._unit)
                    found.append((*place, (below[0] - x) / step, step))
        return found

    @staticmethod
    def _fitted(
        samples: Sequence[tuple[float, float, float, float]],
    ) -> tuple[tuple[float, float, float], float]:
        """a, b, c of value = a + b·x + c·y through weighted samples without those far off; and the median distance."""
        kept = list(samples)
        middle = median(value for _, _, value, _ in kept)
        fit = (middle, 0.0, 0.0)
        distance = median(abs(value - middle) for _, _, value, _ in kept)
        for _ in range(3):
            near = [s for s in samples if abs(_at(fit, s) - s[2]) <= max(3 * distance, 0.004)]
            if len(near) >= 8:
                kept = near
                fit = _plane(kept) or fit
            distance = median(abs(_at(fit, s) - s[2]) for s in samples)
        return fit, distance


def _at(fit: tuple[float, float, float], sample: tuple[float, float, float, float]) -> float:
    return fit[0] + fit[1] * sample[0] + fit[2] * sample[1]


def _plane(samples: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float] | None:
    """Least squares; None where the samples lie on one line. A little weight holds what they do not tell at 0."""
    rows = [[0.0] * 4 for _ in range(3)]
    total = sum(weight for *_, weight in samples)
    for x, y, value, weight in samples:
        terms = (1.0, x, y)
        for i in range(3):
            for j in range(3):
                rows[i][j] += weight * terms[i] * terms[j]
            rows[i][3] += weight * terms[i] * value
    for i in (1, 2):
        rows[i][i] += 0.002 * total
    for i in range(3):
        best = max(range(i, 3), key=lambda j: abs(rows[j][i]))
        rows[i], rows[best] = rows[best], rows[i]
        if abs(rows[i][i]) < 1e-12 * max(1.0, total):
            return None
        for j in range(3):
            if j != i:
                share = rows[j][i] / rows[i][i]
                rows[j] = [one - share * two for one, two in zip(rows[j], rows[i], strict=True)]
    return rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]


def _left(piece: Piece) -> Point:
    one, _, _, four = piece.quad
    return (one[0] + four[0]) / 2, (one[1] + four[1]) / 2


def _right(piece: Piece) -> Point:
    _, two, three, _ = piece.quad
    return (two[0] + three[0]) / 2, (two[1] + three[1]) / 2


def _length(piece: Piece) -> float:
    (x, y), (u, v) = _left(piece), _right(piece)
    return math.hypot(u - x, v - y)


def _height(piece: Piece) -> float:
    one, two, three, four = piece.quad
    return max(1.0, (math.dist(one, four) + math.dist(two, three)) / 2)


def _slope(piece: Piece) -> float:
    (x, y), (u, v) = _left(piece), _right(piece)
    return (v - y) / (u - x) if u != x else 0.0


def characters(pieces: Sequence[Piece]) -> tuple[list[Glyph], float, float]:
    """The characters of recognised lines on a straight page, its width and its height, in points.

    Raises UnreadableFile for a page that lies too skewed or is not flat.
    """
    if not pieces:
        return [], 0.0, 0.0
    straight = _Straight(pieces)
    placed = [_Placed(piece, straight) for piece in pieces]
    sizes = _sizes(placed)
    body = _body(placed, sizes)
    scale = BODY_POINTS / body
    left = min(x for line in placed for x in line.across) - body
    top = min(line.level for line in placed) - 2 * body
    glyphs: list[Glyph] = []
    run = 0
    for line, size in sorted(
        zip(placed, sizes, strict=True), key=lambda pair: (pair[0].level, pair[0].across[0])
    ):
        run += 1
        before = -math.inf
        for at, (start, stop) in enumerate(_extents(line, size)):
            if at and start - before > 0.5 * size:
                run += 1  # over a gutter, perhaps: the layout code decides
            before = stop
            level = line.down[at]
            glyphs.append(
                Glyph(
                    line.piece.text[at],
                    scale * (start - left),
                    scale * (level - top - size / 2),
                    scale * (stop - left),
                    scale * (level - top + size / 2),
                    scale * size,
                    False,
                    run,
                )
            )
    width = max(glyph.right for glyph in glyphs) + BODY_POINTS
    return glyphs, width, max(glyph.bottom for glyph in glyphs) + BODY_POINTS


class _Placed:
    """A line on the straight page: the middles of its characters from left to right, and from top to bottom."""

    def __init__(self, piece: Piece, straight: Callable[[Point], Point]) -> None:
        self.piece = piece
        if piece.upright:
            one, two, three, four = piece.quad
            start = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
            stop = ((three[0] + four[0]) / 2, (three[1] + four[1]) / 2)
            self.height = (math.dist(one, two) + math.dist(three, four)) / 2
        else:
            start, stop = _left(piece), _right(piece)
            self.height = _height(piece)
        points = [
            straight((start[0] + share * (stop[0] - start[0]), start[1] + share * (stop[1] - start[1])))
            for share in piece.middles
        ]
        self.across = [x for x, _ in points]
        self.level = median(y for _, y in points)
        if piece.upright:
            middle = median(self.across)
            self.across = [middle for _ in points]
            self.down = [y for _, y in points]
        else:
            self.down = [self.level for _ in points]

    @property
    def pitch(self) -> float | None:
        """The usual distance between neighbouring Chinese characters."""
        if self.piece.upright:
            steps = [b - a for a, b in zip(self.down, self.down[1:], strict=False)]
            return median(steps) if steps else None
        steps = [
            self.across[at + 1] - self.across[at]
            for at in range(len(self.across) - 1)
            if all(_HAN[0] <= c <= _HAN[1] for c in self.piece.text[at : at + 2])
        ]
        return median(steps) if len(steps) >= 3 else None


def _sizes(lines: Sequence[_Placed]) -> list[float]:
    """Each line's size of type in pixels; what lies close to the body's size is the body's."""
    known = [
        (line.height / pitch, len(line.piece.text)) for line in lines if (pitch := line.pitch) and pitch > 0
    ]
    ratios = sorted(ratio for ratio, count in known for _ in range(count))
    # How much higher than its type the recogniser draws a line.
    usual = ratios[len(ratios) // 2] if ratios else 1.3
    sizes = []
    for line in lines:
        by_height = line.height / usual
        pitch = line.pitch
        # A headline may be spaced out, never set closer than its own type.
        near = pitch is not None and 0.75 * by_height < pitch < 1.2 * by_height
        sizes.append(pitch if near and pitch is not None else by_height)
    body = _body(lines, sizes)
    # The height of a line of two characters tells their size only roughly.
    close = [0.13 * body if line.pitch else 0.22 * body for line in lines]
    return [body if abs(size - body) < slack else size for size, slack in zip(sizes, close, strict=True)]


def _body(lines: Sequence[_Placed], sizes: Sequence[float]) -> float:
    spread = sorted(size for line, size in zip(lines, sizes, strict=True) for _ in line.piece.text)
    return max(1.0, spread[len(spread) // 2])


def _extents(line: _Placed, size: float) -> list[tuple[float, float]]:
    """From where to where each character reaches: half-way to its neighbour where that is as near as in running text."""
    if line.piece.upright:
        return [(x - size / 2, x + size / 2) for x in line.across]
    spans: list[tuple[float, float]] = []
    text, places = line.piece.text, line.across
    for at, x in enumerate(places):
        half = size * (0.27 if text[at].isascii() else 0.5)
        start, stop = x - half, x + half
        if at and places[at] - places[at - 1] < 1.5 * size:
            start = (places[at - 1] + x) / 2
        if at + 1 < len(places) and places[at + 1] - x < 1.5 * size:
            stop = (x + places[at + 1]) / 2
        spans.append((start, max(start, stop)))
    return spans
