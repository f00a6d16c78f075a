"""Sentences → clauses and their roles."""

from __future__ import annotations

import pytest

from digests.summaries.clauses import cut, role_of
from digests.summaries.sentences import nesting, split


def clauses(text: str, *, deep: bool = False) -> list[str]:
    nested = nesting(text)
    return [
        text[clause.start : clause.end]
        for sentence in split(text, nested=nested)
        for clause in cut(text, sentence, nested, deep=deep)
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "本报讯（记者 李想）",
        "本报讯(记者 李想 通讯员 王野)",
        "本报柳林5月3日讯（记者 李想）",
        "（本报记者 李想）",
        "新华社太原5月3日电（记者李想）",
        "青河日报讯 ",
    ],
)
def test_cut_leaves_the_dateline_out(dateline: str) -> None:
    """The first clause begins behind the dateline."""
    assert clauses(f"{dateline}青河县新建两座水库，明年蓄水。") == ["青河县新建两座水库", "明年蓄水"]


def test_cut_keeps_a_sentence_that_is_only_a_dateline() -> None:
    """There must be something behind a dateline to leave it out."""
    assert clauses("本报讯（记者 李想）") == ["本报讯（记者 李想）"]


def test_cut_keeps_quotes_whole() -> None:
    """Marks inside quotes cut only when asked for."""
    text = "他说：“水来了，真好，”转身就走。"
    assert clauses(text) == ["他说", "“水来了，真好，”", "转身就走"]
    assert clauses(text, deep=True) == ["他说", "“水来了", "真好，”", "转身就走"]


def test_cut_leaves_clock_and_thousands_whole() -> None:
    """A mark between digits belongs to the number."""
    assert clauses("门诊8:30开门，共1,200个号。") == ["门诊8:30开门", "共1,200个号"]


def test_cut_leaves_blanks_out() -> None:
    """Blanks that a line wrap left around a mark belong to no clause."""
    assert clauses("水库蓄水 ，　村民浇地 ，地绿了。") == ["水库蓄水", "村民浇地", "地绿了"]


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("7月24日上午", "time"),
        ("近日", "time"),
        ("今天（12月1日）", "time"),
        ("据县水利局介绍", "source"),
        ("记者从县医院获悉", "source"),
        ("县长王野在会上强调", "says"),
        ("与此同时", "link"),
        ("随着气温升高", "frame"),
        ("在春耕到来之际", "frame"),
        ("县水利局为保障春灌", "half"),
        ("这条路不仅方便了村民", "half"),
        ("不仅方便了村民", "half"),
        ("这条路不仅方便了村民还带来了游客", ""),
        ("旅游路为山区发展提供了支撑", ""),
        ("青河县新建两座水库", ""),
        ("就业服务进乡村", ""),
        ("和顺县修通旅游公路", ""),
    ],
)
def test_role_of_tells_news_from_its_wrapping(clause: str, role: str) -> None:
    """Time, source, speaker, tie and frame are known; news has no role."""
    assert role_of(clause) == role
