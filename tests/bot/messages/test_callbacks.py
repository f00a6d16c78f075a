"""Callback data: 64 bytes, versions, nonsense."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import LIMIT_BYTES, Press, decode, encode

# A few characters of each width: an alphabet of all of Unicode takes longer to make than the law to try.
LETTERS = "a7=-+夏县乡𠮷é🔔\u200d "


@given(st.lists(st.text(LETTERS, max_size=20), max_size=4))
def test_data_comes_back_as_it_went_or_does_not_go(facts: list[str]) -> None:
    """What fits is read back; what does not fit is "" and never too long."""
    data = encode("day", *facts)
    assert len(data.encode()) <= LIMIT_BYTES
    if data:
        assert decode(data) == Press("day", tuple(facts))


@given(st.text(LETTERS + "|\n1", max_size=80))
def test_any_data_is_decoded_or_refused(data: str) -> None:
    """Old buttons and forged data never raise."""
    press = decode(data)
    assert press is None or (press.number(0) >= 0 and press.fact(9) == "")


def test_other_versions_are_refused() -> None:
    """A button of another Baozhai is not taken for one of this."""
    assert decode("0|day|2024-08-05") is None and decode(None) is None and decode("1|") is None


def test_separators_in_facts_make_no_data() -> None:
    """A rule 甲|乙 must not become two facts."""
    assert encode("follow", "甲|乙") == "" and encode("follow", "甲\n乙") == ""


def test_numbers_are_digits_only() -> None:
    """Superscripts, minus and long digits are no ids."""
    assert [Press("a", (text,)).number(0) for text in ("12", "-1", "²", "9" * 20, "x")] == [12, 0, 0, 0, 0]
