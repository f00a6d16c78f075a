"""When Telegram does not answer, stop: each further message would be one more of unknown fate.

Closed: all may go. Open: nothing goes; after a while an idempotent call probes (getMe), then one message alone, and
its success closes the breaker. Pure: clock and choice come in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from store.models import Mail

FAILURES_TO_OPEN = 3
"""So many calls in a row without an answer, and none that succeeded between them."""
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(seconds=60)
_LONGEST_TRIAL_WAIT = timedelta(seconds=8)
"""Between two messages alone, while getMe is answered: what fails then may be these chats' or this message's fault."""
_FIRST_CHOICE, _WIDEST_CHOICE = 64, 4096

Choose = Callable[[Sequence[Mail]], Mail]
"""Which of several; a test chooses for itself."""


class Breaker:
    """Whether to send now. `why` says in a few words why not ("" while all is well)."""

    def __init__(self, choose: Choose = random.choice) -> None:
        self.why = ""
        self._choose = choose
        self._failing: set[int] = set()
        self._streak = 0
        self._wait = _FIRST_WAIT
        self._probe_at: datetime | None = None
        self._alone = False
        self._trials = 0

    @property
    def alone(self) -> bool:
        """Whether one message alone is to show that all may go again."""
        return self._probe_at is None and self._alone

    @property
    def choice(self) -> int:
        """Among how many waiting messages the one that goes alone is chosen: bad chats may stand in a row."""
        return int(min(_FIRST_CHOICE * 4**self._trials, _WIDEST_CHOICE))

    def trial(self, free: Sequence[Mail]) -> list[Mail]:
        """The one that goes alone: another message than those that failed, from anywhere among those that may go."""
        others = [mail for mail in free if mail.message_id not in self._failing] or list(free)
        return [self._choose(others)] if others else []

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
        self._streak = self._trials = 0
        self._failing.clear()
        self._alone = False
        if self._probe_at is None:
            self._wait, self.why = _FIRST_WAIT, ""

    def failed(self, why: str, now: datetime, *, at_once: bool = False, message_id: int = 0) -> bool:
        """A call had no answer; True when that opens the breaker. `at_once`: no need for a second proof."""
        self._streak += 1
        self._failing.add(message_id)
        if self._probe_at is not None or not (at_once or self._alone or self._streak >= FAILURES_TO_OPEN):
            return False
        self.why = why
        longest = _LONGEST_TRIAL_WAIT if self._alone else _LONGEST_WAIT
        self._trials += self._alone
        self._probe_at = now + min(self._wait, longest)
        self._wait = min(self._wait * 2, longest)
        return True

    def rewind(self, now: datetime) -> None:
        """The clock was set back: the next probe is not further away than it was meant to be."""
        if self._probe_at is not None:
            self._probe_at = min(self._probe_at, now + self._wait)

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
