"""What a button carries: an action and its facts in at most 64 bytes, with a version in front.

Buttons live as long as their message, so every version ever sent must be told from nonsense: `decode` returns None
for what this Baozhai does not know, and handlers answer that politely.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "1"
LIMIT_BYTES = 64
"""Telegram: callback_data has 1 to 64 bytes of UTF-8."""
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded button: `action` and its `facts`, all text."""

    action: str
    facts: tuple[str, ...] = ()

    def fact(self, index: int) -> str:
        """The fact at `index`, "" when the button carries fewer."""
        return self.facts[index] if index < len(self.facts) else ""

    def number(self, index: int) -> int:
        """The fact at `index` as a number, 0 when it is none."""
        text = self.fact(index)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def encode(action: str, *facts: object) -> str:
    """The data of a button, or "" when it does not fit (the button is then better left out)."""
    pieces = [VERSION, action, *(str(fact) for fact in facts)]
    if any(_SEPARATOR in piece or "\n" in piece for piece in pieces):
        return ""
    data = _SEPARATOR.join(pieces)
    return data if len(data.encode("utf-8", "replace")) <= LIMIT_BYTES else ""


def decode(data: str | None) -> Press | None:
    """The press that the data stands for, or None for an unknown version or form."""
    pieces = (data or "").split(_SEPARATOR)
    if len(pieces) < 2 or pieces[0] != VERSION or not pieces[1]:
        return None
    return Press(pieces[1], tuple(pieces[2:]))


def short_name(rule: str) -> str:
    """A name that stays the same as long as the rule does: a button has 64 bytes, a rule up to 100 characters."""
    return hashlib.sha256(rule.encode()).hexdigest()[:12]


def rule_named(name: str, rules: Iterable[str]) -> str | None:
    """The rule with this name among `rules`, or None when it is not there any more."""
    return next((rule for rule in rules if short_name(rule) == name), None)
