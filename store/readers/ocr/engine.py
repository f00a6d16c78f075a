"""The recogniser: rapidocr. The only file that knows it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from store.readers.ocr.records import Quad, Reading, Recogniser

LONGEST = 3000
"""Pixels of a page's longer side; larger pictures take more memory and are read no better (measured at 150 and 200 dpi)."""


def recogniser() -> Recogniser:
    """A recogniser of printed Chinese; loads its models, some seconds of work."""
    import_module("cv2").setNumThreads(1)
    engine = import_module("rapidocr").RapidOCR(
        params={
            "Global.max_side_len": LONGEST,
            "Global.use_cls": False,
            "Global.log_level": "critical",
            # Each thread takes its own memory, and seconds of work while it waits for the others.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    return _Rapid(engine)


class _Rapid:
    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def find(self, image: Any) -> list[Quad]:
        found = self._engine(image, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        if boxes is None:
            return []
        quads: list[Quad] = []
        for box in boxes:
            one, two, three, four = ((float(x), float(y)) for x, y in box)
            quads.append((one, two, three, four))
        return quads

    def read(self, line: Any) -> Reading:
        found = self._engine(line, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        texts = getattr(found, "txts", None)
        if not texts or not texts[0]:
            return Reading("", 0.0, ())
        text, score = str(texts[0]), float(found.scores[0])
        info = found.word_results[0]
        words, columns = getattr(info, "words", ()), getattr(info, "word_cols", ())
        length = float(getattr(info, "line_txt_len", 0.0))
        pairs = [
            (str(character), (float(column) + 0.5) / length)
            for word, places in zip(words, columns, strict=False)
            for character, column in zip(word, places, strict=False)
            if length > 0
        ]
        plain = [character for character in text if not character.isspace()]
        if [character for character, _ in pairs if not character.isspace()] != plain:
            # Places that do not belong to the text: spread it evenly.
            return Reading(text, score, tuple((at + 0.5) / len(text) for at in range(len(text))))
        places = iter(middle for character, middle in pairs if not character.isspace())
        middles: list[float] = []
        for character in text:
            middles.append((middles[-1] if middles else 0.0) if character.isspace() else next(places))
        return Reading(text, score, tuple(min(1.0, max(0.0, middle)) for middle in middles))
