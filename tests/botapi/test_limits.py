"""Flood limits, on a clock of numbers."""

from __future__ import annotations

from tests.botapi.limits import LIFTED, Flood, Limits


def test_a_chat_takes_a_burst_then_one_a_second() -> None:
    """Refused messages do not count."""
    flood = Flood(Limits(chat_burst=3))
    assert [flood.refused(7, 0.0) for _ in range(5)] == [0, 0, 0, 1, 1]
    assert flood.refused(7, 1.0) == 0 and flood.refused(7, 1.0) == 1
    assert flood.refused(8, 1.0) == 0


def test_all_chats_together_have_a_rate() -> None:
    """A burst, then so many a second; 60 s of it let through burst + 60 x rate."""
    flood = Flood(Limits(per_second=10, burst=5))
    passed = sum(flood.refused(chat, tenth / 20) == 0 for tenth in range(1200) for chat in [tenth])
    assert passed in range(600, 606)


def test_a_group_takes_twenty_a_minute() -> None:
    """The twenty-first waits until the first is a minute old."""
    flood = Flood(Limits(chat_per_second=0))
    assert sum(flood.refused(-5, float(second)) == 0 for second in range(30)) == 20
    assert flood.refused(-5, 30.0) == 30
    assert flood.refused(7, 30.0) == 0
    assert flood.refused(-5, 60.0) == 0


def test_lifted_limits_refuse_nothing() -> None:
    """For tests of speed."""
    flood = Flood(LIFTED)
    assert not any(flood.refused(-5, 0.0) for _ in range(1000))
