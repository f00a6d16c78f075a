"""What delivery carries about: what was found at start-up, and what is under way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.sending import Attempt
from store.models import Mail, OutboxCounts


@dataclass(frozen=True, slots=True)
class StartReport:
    """What was found at start-up: `interrupted` rows were in flight when the last process ended."""

    interrupted: int
    counts: OutboxCounts
    rewound: int = 0

    def __str__(self) -> str:
        return f"uncertain {self.counts.uncertain} (interrupted {self.interrupted}), waiting {self.counts.waiting}"


@dataclass
class Flight:
    """What is under way: tasks by mail, attempts that came back and are not written down yet."""

    tasks: dict[asyncio.Task[Attempt], Mail] = field(default_factory=dict)
    back: list[Attempt] = field(default_factory=list)
