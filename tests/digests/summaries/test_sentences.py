"""Text → sentences."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from digests.summaries.sentences import nesting, split, widen

MARKED = st.text(alphabet="山河水。！？；…，：“”‘’（）()《》\"'\n\r a1", max_size=80)


def pieces(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text)]


def test_split_keeps_a_closing_quote_with_its_sentence() -> None:
    """The quote mark behind a stop belongs to the sentence that it closes."""
    assert pieces("村支书说：“水来了。”大家都笑了。") == ["村支书说：“水来了。”", "大家都笑了。"]


def test_split_does_not_cut_inside_quotes() -> None:
    """A quotation of two sentences stays whole, so that no half of it can be quoted as the paper's own words."""
    assert pieces("他说：“渠修好了。水来了。”全村通水。") == ["他说：“渠修好了。水来了。”", "全村通水。"]


def test_split_cuts_behind_a_quote_that_is_never_closed() -> None:
    """A quote mark lost in the scan does not glue the rest of the paragraph together."""
    assert pieces("他说：“渠修好了。水来了。\n第二天通水。") == [
        "他说：“渠修好了。",
        "水来了。",
        "第二天通水。",
    ]


def test_split_reads_straight_quotes_by_turns() -> None:
    """The first straight quote opens, the next closes."""
    assert pieces('"水来了。"他说。"真好。"') == ['"水来了。"', "他说。", '"真好。"']


def test_split_counts_paragraphs_without_the_blank_ones() -> None:
    """Empty lines are no paragraphs."""
    assert [sentence.paragraph for sentence in split("一。二。\n\n\r\n三。")] == [0, 0, 1]


def test_nesting_names_the_marks_without_a_partner() -> None:
    """A lost bracket is unmatched, the pair around it is not; widths may be mixed."""
    found = nesting("（甲“乙)丙”")
    assert found.unmatched == (2, 6)
    assert found.depths[1] == found.depths[4] == 1 and found.depths[5] == 0


def test_nesting_drops_brackets_left_open_inside_straight_quotes() -> None:
    """A bracket opened inside a closed quote and not closed there is unmatched."""
    assert nesting('"甲（乙"丙').unmatched == (2,)


def test_nesting_ends_with_its_paragraph() -> None:
    """A quote does not reach over a line end."""
    assert nesting("“甲\n乙”").unmatched == (0, 4)


def test_widen_leaves_times_and_thousands_alone() -> None:
    """Half-width marks between digits are part of the number."""
    assert widen("8:30开门,票价1,200元(含税)!") == "8:30开门，票价1,200元（含税）！"


@given(MARKED)
@settings(max_examples=200, deadline=None)
def test_split_loses_only_blanks(text: str) -> None:
    """Sentences in order, joined, are the text without the blanks between them."""
    found = split(text)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


@given(MARKED)
@settings(max_examples=200, deadline=None)
def test_widen_keeps_every_place(text: str) -> None:
    """Places in the widened text are places in the text."""
    assert len(widen(text)) == len(text)
