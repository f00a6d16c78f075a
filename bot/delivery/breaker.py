"""When Telegram does not answer, stop: each further message would be one more of unknown fate.

Closed: all may go. Open: nothing goes; after a while an idempotent call probes (getMe), then one message alone, and
its success closes the breaker. Pure: the clock comes in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

FAILURES_TO_OPEN = 3
"""So many calls in a row without an answer, and none that succeeded between them."""
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(seconds=60)


class Breaker:
    """Whether to send now. `why` says in a few words why not ("" while all is well)."""

    def __init__(self) -> None:
        self.why = ""
        self._streak = 0
        self._wait = _FIRST_WAIT
        self._probe_at: datetime | None = None
        self._alone = False

    @property
    def is_open(self) -> bool:
        """Whether nothing may be sent until a probe succeeds."""
        return self._probe_at is not None

    def most_in_flight(self, limit: int) -> int:
        """How many calls may be under way at once."""
        if self._probe_at is not None:
            return 0
        return 1 if self._alone else limit

    def succeeded(self) -> None:
        """Telegram answered a message, yes or no."""
        self._streak = 0
        self._alone = False
        if self._probe_at is None:
            self._wait, self.why = _FIRST_WAIT, ""

    def failed(self, why: str, now: datetime, *, at_once: bool = False) -> bool:
        """A call had no answer; True when that opens the breaker. `at_once`: no need for a second proof."""
        self._streak += 1
        if self._probe_at is not None or not (at_once or self._alone or self._streak >= FAILURES_TO_OPEN):
            return False
        self.why = why
        self._probe_at = now + self._wait
        self._wait = min(self._wait * 2, _LONGEST_WAIT)
        return True

    def probe_in(self, now: datetime) -> timedelta | None:
        """How long until the next probe; None when there is nothing to probe."""
        return None if self._probe_at is None else max(self._probe_at - now, timedelta(0))

    def probed(self, ok: bool, now: datetime) -> None:
        """The probe's result."""
        if ok:
            self._probe_at, self._streak, self._alone = None, 0, True
        else:
            self._probe_at = now + self._wait
            self._wait = min(self._wait * 2, _LONGEST_WAIT)
