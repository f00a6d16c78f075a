"""Whether a paragraph goes on with the one before it."""

from __future__ import annotations

from store.pages.continuity import (
    is_lead,
    joins_word,
    leaves_open,
    measure_continuity,
    starts_inside,
    unclosed,
)


def odds(above: str, text: str, *, wide_gap: bool = False) -> float:
    return measure_continuity(above, text, wide_gap=wide_gap, short=False)


WHOLE = "大集从清早办到天黑，山里人背着木耳赶来。"


def test_cut_sentence_goes_on():
    """A paragraph cut in a word goes on more surely than one that stopped."""
    assert odds("大集从清早办到天黑，山里的老百", "姓背着木耳赶来。") > odds(WHOLE, "姓背着木耳赶来。") + 3


def test_report_opening_begins_anew():
    """本报讯 speaks against going on, even after a cut."""
    assert odds(WHOLE, "本报讯（记者 谭知远）老街修水管。") < odds(WHOLE, "老街修水管。") - 3
    assert is_lead("本报讯（记者 谭知远）老街") and not is_lead("老街")


def test_end_marks_and_wide_gaps_speak_for_an_end():
    """A dateline in brackets, a name, or extra blank lines end an article."""
    assert odds(WHOLE + "（本报飞檐4月3日电）", "老街修水管。") < odds(WHOLE, "老街修水管。")
    assert odds(WHOLE + "（谭知远）", "老街修水管。") < odds(WHOLE, "老街修水管。")
    assert odds(WHOLE, "老街修水管。", wide_gap=True) < odds(WHOLE, "老街修水管。")


def test_words_that_refer_back_speak_for_going_on():
    """据了解 goes on, 近日 begins."""
    assert odds(WHOLE, "据了解，摊位有三百个。") > odds(WHOLE, "近日，老街修了水管。")


def test_joins_word_looks_over_the_cut():
    """中|国 is a word over the cut, 集|水 is none; a mark cannot join."""
    assert joins_word("志愿加入中", "国共产党") is True
    assert joins_word("山货大集", "掀起") is False
    assert joins_word("大集。", "老街") is None


def test_starts_inside_knows_rests_of_words():
    """A mark, a particle or a word's rest before a comma open a continuation; 近日， does not."""
    assert starts_inside("，还有笋干。") and starts_inside("的木耳") and starts_inside("耳，两筐就卖光了")
    assert not starts_inside("近日，大集开张") and not starts_inside("老街修水管")


def test_unclosed_sees_open_quotations():
    """An opened quotation without its end is open."""
    assert unclosed("他说：“木耳卖光了") and not unclosed("他说：“卖光了。”")
    assert leaves_open("他说，木耳")
