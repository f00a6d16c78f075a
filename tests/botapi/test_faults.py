"""Trouble in its order."""

from __future__ import annotations

import pytest

from tests.botapi.faults import Faults


def test_faults_count_down_and_can_wait() -> None:
    """`skip` lets calls pass first, `times` ends it, None never ends."""
    faults = Faults()
    faults.add("blocked", chat_id=7, skip=1, times=2)
    met = [faults.next("sendMessage", 7) for _ in range(4)]
    assert [fault is not None for fault in met] == [False, True, True, False]
    faults.add("flood", times=None)
    assert all(faults.next("sendMessage", chat) for chat in range(5))
    faults.clear()
    assert faults.next("sendMessage", 7) is None


def test_faults_keep_to_chat_and_method() -> None:
    """Polling is spared unless it is named."""
    faults = Faults()
    faults.add("hang", chat_id=7, method="editMessageText")
    faults.add("conflict", method="getUpdates")
    assert faults.next("sendMessage", 7) is None and faults.next("editMessageText", 8) is None
    assert faults.next("editMessageText", 7) and faults.next("getUpdates", None)
    faults.add("blocked")
    assert faults.next("getUpdates", None) is None


def test_an_unknown_fault_is_refused() -> None:
    """A test with a slip of the pen must not pass."""
    with pytest.raises(ValueError, match="There is no fault 'blokced'"):
        Faults().add("blokced")
