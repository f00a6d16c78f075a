"""Whether characters can be a text at all; pure. A PDF's fonts may not say which characters they hold, or say wrong ones."""

from __future__ import annotations

UNKNOWN = "〓"
"""Printers' mark for a character that is missing (U+3013)."""
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国地到以说时要就出会可也对生能而子那得于着下自之年发作里如家多成日月本报记者，。"
)
"""Characters of which any Chinese text has many: half of every line of news."""
LEAST_COMMON = 0.05
LEAST_ALWAYS = 0.015
"""Of the Chinese characters of a text of whatever kind; lists of names have three times as many."""
ENOUGH = 30
"""Fewer characters tell nothing of their kind."""


def names_nothing(text: str) -> bool:
    """Whether what a font's own numbers happen to name is no text: hardly one of the commonest characters."""
    said = [c for c in text if not c.isspace()]
    return len(said) >= ENOUGH and sum(c in COMMON for c in said) < LEAST_COMMON * len(said)


def is_nonsense(text: str) -> bool:
    """Whether a page's text is none: private or unknown characters, letters of a wrong code page, or Chinese at random."""
    said = [c for c in text if not c.isspace()]
    strange = sum(
        c in (UNKNOWN, "\ufffd", "\ufffe")
        or c < " "
        or "\ue000" <= c <= "\uf8ff"
        or "\u00a1" <= c <= "\u00ff"
        for c in said
    )
    if strange * 3 > len(said):
        return True
    chinese = [c for c in said if "\u3400" <= c <= "\u9fff"]
    common = sum(c in COMMON for c in chinese)
    return len(chinese) >= 5 * ENOUGH and common < LEAST_ALWAYS * len(chinese)
