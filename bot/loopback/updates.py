"""The queue of updates: kept until a call with a higher offset confirms them, handed to one poller at a time.

It does not wait: `polling.py` waits, and is woken by the listeners of the model.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

MAX_LIMIT = 100  # getUpdates, Bot API
# Not sent unless asked for by name (Bot API, getUpdates).
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Updates that wait for the bot."""

    def __init__(self) -> None:
        self.pending: deque[dict[str, Any]] = deque()
        self.allowed: tuple[str, ...] = ()
        self._next_id = 1
        self._poll = 0

    def add(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update; returns its id, or None when the bot has not asked for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ON_REQUEST
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        self.pending.append({"update_id": update_id, kind: payload})
        return update_id

    def take(self, *, offset: int = 0, limit: int = MAX_LIMIT) -> list[dict[str, Any]]:
        """The earliest pending updates from `offset` on; those before it are confirmed and forgotten."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and offset > 0 and int(self.pending[0]["update_id"]) < offset:
            self.pending.popleft()
        limit = min(max(limit, 1), MAX_LIMIT)
        return [update for _, update in zip(range(limit), self.pending, strict=False)]

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def begin_poll(self) -> int:
        """Open a poll; any poll opened before is over."""
        self._poll += 1
        return self._poll

    def is_current(self, poll: int) -> bool:
        """Whether no other poll was opened since."""
        return poll == self._poll
