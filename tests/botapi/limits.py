"""Flood limits: about what Telegram permits; its exact numbers are not published."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """Messages permitted; a rate of 0 lifts that limit."""

    per_second: float = 30.0  # over all chats (Bots FAQ)
    burst: int = 30
    chat_per_second: float = 1.0  # in one chat, short bursts are let through (Bots FAQ)
    chat_burst: int = 5
    group_per_minute: int = 20  # in one group (Bots FAQ)


LIFTED = Limits(per_second=0, chat_per_second=0, group_per_minute=0)


@dataclass
class Flood:
    """Who sent how much; `refused` says how long to wait, or that the message may go."""

    limits: Limits = field(default_factory=Limits)
    _all_free_at: float = 0.0
    _chat_free_at: dict[int, float] = field(default_factory=dict)
    _group_sent: dict[int, deque[float]] = field(default_factory=dict)

    def refused(self, chat_id: int, now: float) -> int:
        """Seconds to wait before writing to `chat_id`; 0 lets the message through and counts it."""
        limits = self.limits
        waits = [
            _wait(self._all_free_at, now, limits.per_second, limits.burst),
            _wait(self._chat_free_at.get(chat_id, 0.0), now, limits.chat_per_second, limits.chat_burst),
            self._group_wait(chat_id, now),
        ]
        longest = max(waits)
        if longest > 0:
            return max(1, math.ceil(longest))
        if limits.per_second:
            self._all_free_at = max(self._all_free_at, now) + 1 / limits.per_second
        if limits.chat_per_second:
            self._chat_free_at[chat_id] = (
                max(self._chat_free_at.get(chat_id, 0.0), now) + 1 / limits.chat_per_second
            )
        if chat_id < 0 and limits.group_per_minute:
            self._group_sent.setdefault(chat_id, deque()).append(now)
        return 0

    def _group_wait(self, chat_id: int, now: float) -> float:
        if chat_id >= 0 or not self.limits.group_per_minute:
            return 0.0
        sent = self._group_sent.setdefault(chat_id, deque())
        while sent and sent[0] <= now - 60:
            sent.popleft()
        return sent[0] + 60 - now if len(sent) >= self.limits.group_per_minute else 0.0


def _wait(free_at: float, now: float, rate: float, burst: int) -> float:
    """A bucket of `burst` messages, refilled at `rate`: how long until one more fits."""
    if not rate:
        return 0.0
    return max(0.0, free_at - now - (burst - 1) / rate)
