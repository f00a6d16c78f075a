"""bot/delivery/due.py: when an edition in the middle of an ingest counts as whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.due import LONGEST_SETTLING, SETTLE, settles_at
from store.models import Slot

HOUR = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


def ask(
    now: float,
    newest: float,
    *,
    began: float = -3600,
    following: float | None = None,
    catch_up: timedelta = timedelta(hours=12),
) -> float | None:
    """Everything in seconds after the hour."""
    found = settles_at(
        Slot(DAY, 0, HOUR),
        HOUR + timedelta(seconds=now),
        None if following is None else Slot(DAY, 1, HOUR + timedelta(seconds=following)),
        began_at=HOUR + timedelta(seconds=began),
        newest_at=HOUR + timedelta(seconds=newest),
        settle=SETTLE,
        catch_up=catch_up,
    )
    return None if found is None else (found - HOUR).total_seconds()


@pytest.mark.parametrize(
    ("now", "newest", "again"),
    [
        (10, -3600, None),  # read in the night
        (10, -80, None),  # quiet for exactly the time
        (10, -79, 11),
        (10, 5, 95),
        (10, 10, 100),
        (10, 70, None),  # from the future: a wrong clock, no ingest
        (880, 870, 900),  # the last look
        (900, 895, None),  # waited long enough
        (5000, 4990, None),
    ],
)
def test_promise_is_looked_at_again_until_pages_stop_coming(
    now: float, newest: float, again: float | None
) -> None:
    """A minute and a half without a page, at most a quarter of an hour after the hour."""
    assert ask(now, newest) == again


def test_late_edition_is_waited_for_from_its_first_page() -> None:
    """Nothing was there at the hour: the quarter of an hour begins with the first page."""
    assert ask(3000, 2990, began=2980) == 2990 + SETTLE.total_seconds()
    assert ask(2980 + LONGEST_SETTLING.total_seconds(), 3870, began=2980) is None


def test_settling_never_makes_a_digest_too_late_nor_meets_the_next_one() -> None:
    """With a quarter of an hour of patience it ends a minute before; with a second hour close by it does not begin."""
    assert ask(830, 825, catch_up=timedelta(minutes=15)) == 840
    assert ask(845, 840, catch_up=timedelta(minutes=15)) is None
    assert ask(10, 5, following=120) is None


def test_looking_again_is_always_later_than_now() -> None:
    """A planning that finds the same promise due again at the same moment would never end."""
    assert ask(10, 10.0004 - SETTLE.total_seconds()) == 11
