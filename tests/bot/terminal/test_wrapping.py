"""Lines broken as a Chinese page breaks them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from bot.terminal.wrapping import wrap


def pieces(text: str, width: int) -> list[str]:
    """The broken lines as plain text."""
    return [piece.plain for piece in wrap(Text(text), width)]


def test_wide_characters_count_twice() -> None:
    """Ten cells hold five Chinese characters."""
    assert pieces("一二三四五六七", 10) == ["一二三四五", "六七"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    """The mark takes its neighbour along."""
    assert pieces("一二三四五，六七", 10) == ["一二三四", "五，六七"]
    assert pieces("一二三四（五六）", 10) == ["一二三四", "（五六）"]


def test_words_and_numbers_stay_whole() -> None:
    """9257 is not cut; a space at the break is dropped; a word longer than a line is cut."""
    assert pieces("三年共9257人次", 8) == ["三年共", "9257人次"]
    assert pieces("make run now", 8) == ["make run", "now"]
    assert pieces("a" * 12, 5) == ["aaaaa", "aaaaa", "aa"]


def test_the_number_of_a_link_stays_with_its_last_word() -> None:
    """And with the full stop between them."""
    assert pieces("一二三四五。[L2]", 12) == ["一二三四", "五。[L2]"]


def test_styles_survive_the_break() -> None:
    """Bold words stay bold on both lines."""
    first, second = wrap(Text.assemble("一二", ("三四五六", "bold")), 8)
    assert first.plain == "一二三四" and second.plain == "五六"
    assert [(span.start, span.end, span.style) for span in first.spans] == [(2, 4, "bold")]
    assert [(span.start, span.end, span.style) for span in second.spans] == [(0, 2, "bold")]


@settings(max_examples=200, deadline=None)
@given(st.text("一二，。（《ab1 😀", max_size=60), st.integers(2, 20))
def test_every_line_fits_and_only_spaces_are_lost(text: str, width: int) -> None:
    """Whatever the text: no line is wider, and no character but a space at a break is missing."""
    broken = pieces(text, width)
    assert all(cell_len(piece) <= width for piece in broken)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
