"""Stage setting and subheads."""

from __future__ import annotations

import pytest

from digests.summaries.openings import heads, prepares
from digests.summaries.sentences import split


@pytest.mark.parametrize(
    "sentence",
    [
        "早上8点，李大妈提着菜篮出了门。",
        "清晨，雾气还没有散去。",
        "走进青河县柳树村，家家门前有花。",
        "自习室里，学生们埋头读书。",
        "“这条路盼了十几年，今天总算修到了家门口。”李大妈说。",
        "昨天是第三十个全国节水日，全市开展宣传。",
        "县政府今天举行防汛工作新闻发布会。",
        "党的二十大报告指出，要全面推进乡村振兴。",
    ],
)
def test_prepares_knows_a_stage(sentence: str) -> None:
    """Scenes, quotations, anniversaries and bare press conferences prepare the news."""
    assert prepares(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "青河县新建的两座水库昨天开始蓄水。",
        "市政府出台十条措施支持小微企业。",
        "“青河号”旅游专列8月1日开行。",
        "过去一年里，全县新增就业3000人。",
    ],
)
def test_prepares_leaves_news_alone(sentence: str) -> None:
    """What happened is no stage, even with a short quoted name or a time before it."""
    assert not prepares(sentence)


def test_heads_knows_a_subhead_from_a_paragraph() -> None:
    """A line of its own without a stop is a subhead; the same words at the end of a paragraph are not."""
    text = "县里修渠。\n一渠清水进村来\n渠长9公里。村民高兴"
    assert [heads(text, sentence) for sentence in split(text)] == [False, True, False, False]


def test_heads_does_not_take_a_whole_text_for_a_subhead() -> None:
    """A text of one line without a stop is all there is."""
    (only,) = split("县里修渠")
    assert not heads("县里修渠", only)
