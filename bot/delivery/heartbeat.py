"""The heartbeat: when delivery last looked at its work; from one that lies in the future it is seen that the clock went back."""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta

from bot.health import HEARTBEAT
from store.database import Store
from store.models import Heartbeat

log = logging.getLogger(__name__)

_RAN_BACK, _RAN_FAR_BACK = timedelta(minutes=1), timedelta(hours=1)
"""Smaller steps are a time server's business; by a larger one whole promises may have been made in a false future."""


def beat(store: Store, now: datetime, *, started_at: datetime, trouble: str) -> None:
    """Write down that work was looked at, how late the latest is, and what keeps messages from going out."""
    oldest, due = store.outbox.oldest_waiting(), store.subscribers.next_due_at()
    lag = max((now - at).total_seconds() for at in (oldest or now, due or now, now))
    store.heartbeats.beat(Heartbeat(HEARTBEAT, now, started_at, os.getpid(), lag, trouble))


def clock_check(store: Store, now: datetime) -> int | None:
    """None while the clock runs on. It ran ahead and was set back: what it put into the future is done now, and promises
    it made are made anew; how many rows."""
    last = store.heartbeats.last(HEARTBEAT)
    if last is None or last.at - now < _RAN_BACK:
        return None
    rewound = store.subscribers.look_again(now) + store.outbox.rewind(now)
    if last.at - now >= _RAN_FAR_BACK:
        rewound += store.subscribers.rewind(now)
    log.warning("the clock went back from %s to %s: %d rows set back", last.at, now, rewound)
    return rewound
