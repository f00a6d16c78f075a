"""What a recogniser finds in a picture; no library is needed for these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners in pixels as the line is read: top left, top right, bottom right, bottom left."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a line: a certainty between 0 and 1, and each character's middle as a share of the line's length."""

    text: str
    score: float
    middles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line in its place. `upright`: its characters stand one under the other."""

    quad: Quad
    text: str
    score: float
    middles: tuple[float, ...]
    upright: bool = False


class Recogniser(Protocol):
    """Finds lines in a picture (an array of rows, columns and three colours), and reads one that was cut out straight."""

    def find(self, image: Any) -> list[Quad]:
        """Where lines stand."""
        ...

    def read(self, line: Any) -> Reading:
        """What a line says."""
        ...
