"""Simplified Chinese → the traditional characters and quotation marks of Taiwan and Hong Kong, by OpenCC's phrases; pure."""

from __future__ import annotations

from functools import cache
from typing import Any

_QUOTES = str.maketrans("“”‘’", "「」『』")


def traditional(text: str) -> str:
    """The text in traditional characters; what is traditional already, Latin and figures stay."""
    return str(_converter().convert(text)).translate(_QUOTES)


@cache
def _converter() -> Any:
    # Loaded for the first reader who needs it: a start needs no dictionaries.
    import opencc

    return opencc.OpenCC("s2tw")
