"""What a digest is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, verbatim: `text` is the source's `[start:end]`, in code points."""

    start: int
    end: int
    text: str
