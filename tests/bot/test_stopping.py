"""bot/serving.py: what a signal does, whatever the loop is doing."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from bot import serving
from bot.updates import inbox

Handler = Callable[[int, Any], None]


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which the process would have ended."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    monkeypatch.setattr(logging, "shutdown", lambda: None)
    return codes


def handlers(stop: asyncio.Event, monkeypatch: pytest.MonkeyPatch) -> dict[int, Handler]:
    """What is put up for which signal."""
    found: dict[int, Handler] = {}
    monkeypatch.setattr(signal, "signal", found.__setitem__)
    serving._stop_on_signals(stop)
    return found


async def test_first_signal_stops_in_order_and_a_second_one_at_once(
    exits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code of the second is a shell's: 128 and the signal."""
    monkeypatch.setattr(serving, "LONGEST_STOP_SECONDS", 86_400)  # the cut-off would end the tests themselves
    stop = asyncio.Event()
    found = handlers(stop, monkeypatch)
    assert set(found) == {signal.SIGINT, signal.SIGTERM}
    found[signal.SIGTERM](signal.SIGTERM, None)
    async with asyncio.timeout(60):
        await stop.wait()
    assert exits == []
    found[signal.SIGINT](signal.SIGINT, None)
    assert exits == [128 + signal.SIGINT]


async def test_what_hangs_is_cut_off(exits: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """By a thread of its own, for the loop may be what hangs; 0, for nothing is lost."""
    monkeypatch.setattr(serving, "LONGEST_STOP_SECONDS", 0.01)
    found = handlers(asyncio.Event(), monkeypatch)
    found[signal.SIGTERM](signal.SIGTERM, None)
    for _ in range(6000):
        if exits:
            break
        signal.sigtimedwait([], 0.01)  # the loop stands still
    assert exits == [0]


def test_patience_of_the_parts_fits_into_a_service_managers() -> None:
    """docker stop waits ten seconds, then kills."""
    assert inbox.STOP_SECONDS + 1 < serving.LONGEST_STOP_SECONDS < 10
