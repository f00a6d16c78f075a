"""Characters: folding, width, where sentences end."""

from __future__ import annotations

import pytest

from store.pages.characters import count_han, ends_open, ends_sentence, fold, width


def test_fold_full_width_text_equals_half_width():
    """A page set in half-width marks compares equal to the same page set full-width."""
    assert fold("（山城）“晴”，１２ 月！") == fold('(山城)"晴",12月!')


def test_width_counts_chinese_twice():
    """A Chinese character takes two cells, a Latin letter one, Chinese quotation marks two."""
    assert width("山a“") == 5


def test_count_han_leaves_digits_out():
    """Only Chinese characters count."""
    assert count_han("2031年春A") == 2


@pytest.mark.parametrize("text", ["天晴了。", "“天晴了。”", "真好！", "等等……"])
def test_ends_sentence_knows_stops(text: str):
    """A stop ends a sentence, also before a closing quotation mark."""
    assert ends_sentence(text)
    assert not ends_open(text)


@pytest.mark.parametrize("text", ["他从山上下来，", "村里的茶", "一座叫“望江”"])
def test_ends_open_knows_cut_sentences(text: str):
    """A comma, a bare word or a closed quotation in mid-sentence leave it open."""
    assert ends_open(text)


@pytest.mark.parametrize("text", ["", "分为三类：", "允许转让；", "（本报飞檐电）"])
def test_ends_open_takes_lists_and_datelines_for_complete(text: str):
    """A colon or semicolon ends a paragraph, a bracket a dateline."""
    assert not ends_open(text)
