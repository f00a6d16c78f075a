"""Photographs sheets in software: as recognised lines seen from one side, or as a JPEG with shade and noise."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from typing import Any

from store.readers.ocr import Piece
from tests.pdfs.sheet import Sheet

Point = tuple[float, float]
_TEXT = re.compile(r"BT /F1 ([\d.]+) Tf ([\d.]+) 0 0 [\d.]+ ([\d.-]+) ([\d.-]+) Tm <([0-9a-f]*)> Tj ET")


def printed(sheet: Sheet) -> list[tuple[float, float, float, str]]:
    """What stands on a sheet: left, top and size of each line, and its words."""
    found = []
    for code in sheet.content:
        if match := _TEXT.fullmatch(code):
            size = float(match[1]) * float(match[2])
            words = bytes.fromhex(match[5]).decode("utf-16-be").rstrip("\u3000")
            found.append((float(match[3]), sheet.height - float(match[4]) - 0.88 * size, size, words))
    return found


def camera(
    sheet: Sheet, *, turn: float = 0.0, tilt: float = 0.0, scale: float = 2.0
) -> Callable[[Point], Point]:
    """From points of the sheet to pixels; `turn` in degrees, `tilt` the share by which the top is smaller than the foot."""
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))

    def seen(point: Point) -> Point:
        x, y = point[0] - sheet.width / 2, point[1] - sheet.height / 2
        near = 1 / (1 - tilt * y / sheet.height)
        x, y = x * near, y * near
        return (
            scale * (x * cosine - y * sine + 0.6 * sheet.width),
            scale * (x * sine + y * cosine + 0.6 * sheet.height),
        )

    return seen


def pieces_of(
    sheet: Sheet, seen: Callable[[Point], Point], *, seed: int = 0, score: float = 0.95
) -> list[Piece]:
    """The lines as a recogniser gives them: boxes drawn too large, middles a little off."""
    dice = random.Random(seed)
    pieces = []
    for left, top, size, words in printed(sheet):
        right, bottom = left + size * len(words), top + size
        x, y = 0.12 * size, (0.16 + 0.06 * dice.random()) * size
        corners = (left - x, top - y), (right + x, top - y), (right + x, bottom + y), (left - x, bottom + y)
        width = right - left + 2 * x
        middles = tuple(
            (x + (at + 0.5 + 0.04 * (dice.random() - 0.5)) * size) / width for at in range(len(words))
        )
        one, two, three, four = (seen(corner) for corner in corners)
        pieces.append(Piece((one, two, three, four), words, score, middles))
    dice.shuffle(pieces)
    return pieces


def rendered(sheet: Sheet, scale: float, *, foot: float = 0.0) -> Any:
    """The sheet as a picture, down to `foot` if given, in the Chinese font that OpenCV 5 holds."""
    import cv2
    import numpy as np

    image = np.full((round((foot or sheet.height) * scale), round(sheet.width * scale), 3), 250, np.uint8)
    font = cv2.FontFace("uni")
    for left, top, size, words in printed(sheet):
        pixels = size * scale
        for at, character in enumerate(words):
            if not character.isspace():
                place = round(left * scale + at * pixels), round(top * scale + 0.86 * pixels)
                cv2.putText(image, character, place, (20, 20, 20), font, round(pixels / 1.056), 400)
    return image


def photograph(
    image: Any, *, turn: float = 0.0, shade: float = 0.0, noise: float = 0.0, seed: int = 0
) -> bytes:
    """A JPEG of a picture lying on a table: turned by degrees, seen from below, darker to one side, grainy."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    edge = round(0.06 * max(height, width))
    image = cv2.copyMakeBorder(image, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(96, 104, 110))
    height, width = image.shape[:2]
    if turn:
        corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        near = corners + np.array([(0.015 * width, 0), (-0.015 * width, 0), (0, 0), (0, 0)], np.float32)
        image = cv2.warpPerspective(
            image, cv2.getPerspectiveTransform(corners, near), (width, height), borderValue=(96, 104, 110)
        )
        middle = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
        image = cv2.warpAffine(image, middle, (width, height), borderValue=(96, 104, 110))
    light = np.linspace(1.0, 1.0 - shade, width)[None, :, None]
    grain = np.random.default_rng(seed).normal(0.0, noise, image.shape)
    seen = np.clip(image * light + grain, 0, 255).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, 75])[1])
