"""Errors of the digests.

BaozhaiError (store/errors.py)
  DigestError       NoArticles
"""

from __future__ import annotations

from datetime import date

from store.errors import BaozhaiError


class DigestError(BaozhaiError):
    """A digest could not be built."""


class NoArticles(DigestError):
    """There are no articles of this day; `before` and `after` are the nearest days that have some (None: none)."""

    def __init__(self, day: date, before: date | None = None, after: date | None = None) -> None:
        self.day, self.before, self.after = day, before, after
        near = " and ".join(other.isoformat() for other in (before, after) if other)
        super().__init__(
            f"There are no articles of {day.isoformat()}" + (f"; the nearest: {near}." if near else ".")
        )
