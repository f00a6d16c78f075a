"""Pictures of pages → lines, with the extra [ocr]: rapidocr on onnxruntime, whose models are inside the wheel.

`pictures` judges a picture and turns it upright, `engine` finds and recognises its lines, `geometry` makes characters
with places of them, which the layout code of PDFs puts in order. Runs in the child process of apart.py, never in the
bot's own: a page takes seconds of work and a gigabyte.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import PurePath

from store.errors import EmptySource, UnreadableFile
from store.models import PageText
from store.readers.layout import Line, Sheet, read_sheet
from store.readers.ocr.geometry import characters
from store.readers.ocr.records import Piece, Recogniser

__all__ = ["SUFFIXES", "Piece", "Recogniser", "installed", "lines_of", "read"]

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
MISSING = (
    "Pictures of pages are read with an extra that is not installed: pip install 'baozhai[ocr]' "
    "(some 340 MB; it works without a network)."
)
UNSURE = 0.5
"""Lines recognised with less certainty are no writing: specks, faces, folds of the paper."""
LEAST_SURE = 0.75
"""Under this mean certainty of its characters a page says something else than what is printed."""
Begin = Callable[[int, bool], None]


def installed() -> bool:
    """Whether the extra is there; imports nothing."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read(data: bytes, *, name: str, begin: Begin) -> list[PageText]:
    """The page in a picture's bytes. Raises UnreadableFile or EmptySource with the reason."""
    if not installed():
        raise UnreadableFile(MISSING)
    begin(1, True)
    from store.readers.ocr import engine, pictures

    image = pictures.opened(data, PurePath(name).suffix)
    lines = lines_of(pictures.pieces(image, engine.recogniser()))
    return [PageText(tuple(line.text for line in lines), tuple(line.box for line in lines), format="picture")]


def lines_of(pieces: list[Piece]) -> list[Line]:
    """Recognised lines as the page's lines in reading order. Raises UnreadableFile or EmptySource."""
    found = [piece for piece in pieces if piece.text.strip() and piece.score >= UNSURE]
    letters = sum(len(piece.text) for piece in found)
    if not letters:
        raise EmptySource("No writing was found in the picture.")
    everything = sum(len(piece.text) for piece in pieces)
    sure = sum(piece.score * len(piece.text) for piece in pieces) / everything
    if sure < LEAST_SURE:
        raise UnreadableFile(
            f"The picture is not sharp enough: its characters were read with a certainty of {sure:.0%} "
            f"(at least {LEAST_SURE:.0%} is needed). Photograph the page again, nearer or in better light."
        )
    glyphs, width, height = characters(found)
    return read_sheet(Sheet(tuple(glyphs), width=width, height=height))
