"""Short names for rules, because a button has 64 bytes and a rule may have 100 characters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_of(rule: str) -> str:
    """A name that stays the same as long as the rule does."""
    return hashlib.sha256(rule.encode()).hexdigest()[:12]


def named(name: str, rules: Iterable[str]) -> str | None:
    """The rule with this name among `rules`, or None when it is not there any more."""
    return next((rule for rule in rules if digest_of(rule) == name), None)
