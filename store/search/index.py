"""The seam between searching and the index that answers: `SearchIndex`, kept by sqlite.py and tantivy_index.py.

Both have the same tokens and carry out the same plans, so the hits are the same whichever is chosen; only the weighing
(`best`) is each engine's own. tests/store/search/test_index_contract.py says what is expected of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from store.search.plan import Plan, Runs


class SearchIndex(Runs, Protocol):
    """An index of articles by their ids. `upto` is the highest id that counts."""

    def put(self, ids: Sequence[int]) -> None:
        """Index these articles as they stand now, whether they were indexed before or not."""

    def remove(self, ids: Sequence[int]) -> None:
        """Take these articles out."""

    def rebuild(self) -> int:
        """Make the index anew from the articles; how many there are."""

    def newest(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """The ids of the plan's articles, the highest first, at most `limit`."""

    def best(self, plan: Plan, *, limit: int, upto: int) -> list[int]:
        """As `newest`, the best first."""

    def count(self, plan: Plan, *, upto: int) -> int:
        """How many articles the plan has."""

    def count_newest(self, plan: Plan, *, limit: int, upto: int) -> tuple[int, int]:
        """(how many ids `newest` would return, the lowest of them)."""

    def among(self, plan: Plan, ids: Sequence[int]) -> set[int]:
        """Which of these articles the plan has."""
