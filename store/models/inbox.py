"""What Telegram hands over: an update as it came, and the row it is kept in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

InboxState = Literal["waiting", "answering", "unanswered", "flooded", "done"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update that just came: `queue` is the chat whose order it keeps, `body` its JSON, `asks` whether somebody
    waits for an answer."""

    update_id: int
    queue: int
    body: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """An update taken out of the inbox to be worked on.

    `state` "waiting": to be answered. "unanswered": its answer may not have arrived, and nobody knows. "flooded": it
    stands for `dropped` updates of a chat that sent too many. `tries` counts how often it was taken, this time included;
    `came_at` is None for what the database would not take.
    """

    id: int
    queue: int
    body: str
    asks: bool
    state: InboxState
    tries: int
    dropped: int
    came_at: datetime | None = None
