"""The update at hand, for whoever works on it further down: what has been done for it so far."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass

from store.database import Store
from store.errors import StoreError


@dataclass
class Handling:
    """One update in work. `row_id` is its row in the inbox, 0 where the database would not take it.

    `unanswered` says at the end that its answer may not have arrived, for there was no connection.
    """

    row_id: int
    unanswered: bool = False

    def carried_out(self, store: Store) -> None:
        """What was asked is done; only the answer is still to go. Called in the thread that did it.

        A database that will not take the note is no reason not to answer: at worst it is done again after a restart.
        """
        if self.row_id:
            with suppress(StoreError):
                store.inbox.answering(self.row_id)


HANDLING: ContextVar[Handling | None] = ContextVar("handling", default=None)
"""Set by bot/updates/inbox.py for the task that works on an update."""
