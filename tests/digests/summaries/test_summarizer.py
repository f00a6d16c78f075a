"""Article → its best spans."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.summaries.ranking import tokens
from digests.summaries.sentences import nesting, widen
from digests.summaries.summarizer import summarize
from store.models.digests import Span

WATER = (
    "本报讯（记者 李想）7月4日上午，青河县水利局新建的两座水库开始蓄水，可浇灌下游九个村的两万亩地。"
    "据县水利局介绍，水库去年三月动工，投资一亿两千万元。\n"
    "“盼了十几年，今天总算把水盼来了，地里的庄稼有救了。”柳树村村民老赵说。\n"
    "同时，水库周边还将建设步道。"
)
FEATURE = (
    "早上8点，距离开门还有一个小时，门口已经排起了长队。自习室里，学生们埋头读书。\n"
    "“来晚了就没有座位。”学生小高笑着说。\n"
    "青河县图书馆新馆去年十月开馆，藏书三十万册，暑期每天接待读者两千人次。\n"
    "走进少儿阅览室，孩子们正在听故事。\n"
    "今年夏天，青河县图书馆把闭馆时间延到晚上十点，周末还开设免费的书法课。\n"
    "他说，读书让人安静。"
)


def texts(article: str, *, title: str = "", max_sents: int = 2, max_chars: int = 120) -> list[str]:
    return [span.text for span in summarize(article, title=title, max_sents=max_sents, max_chars=max_chars)]


def test_summary_leaves_dateline_time_and_source_out() -> None:
    """What remains is what happened, and by whom."""
    assert texts(WATER, max_sents=1, max_chars=40) == [
        "青河县水利局新建的两座水库开始蓄水，可浇灌下游九个村的两万亩地"
    ]


def test_summary_of_two_tells_the_number_and_not_the_quote() -> None:
    """The second span adds facts; a villager's cheer and a tied 同时 do not."""
    assert texts(WATER, title="青河县两座水库蓄水")[1] == "据县水利局介绍，水库去年三月动工，投资一亿两千万元"


def test_summary_of_a_feature_says_what_it_is_about() -> None:
    """Under its title a feature is not summarised by its first picture, its quotes or its last sigh."""
    found = texts(FEATURE, title="图书馆里过暑假")
    assert found[0] == "青河县图书馆新馆去年十月开馆，藏书三十万册，暑期每天接待读者两千人次"
    assert not any(scene in "".join(found) for scene in ("长队", "座位", "走进", "让人安静"))


def test_summary_reads_half_width_punctuation_alike() -> None:
    """Scanned pages with half-width marks give the same spans, verbatim."""
    narrow = WATER.translate(str.maketrans("，（）：", ",():"))
    assert [widen(text) for text in texts(narrow)] == texts(WATER)
    assert all(text in narrow for text in texts(narrow))


def test_summary_finishes_the_sentence_where_there_is_room() -> None:
    """Chinese tells last what came of it: a roomy budget keeps the result, a tight one may not."""
    article = "青河县教育局把全县的三十所村小并入镇中心小学，配了校车和宿舍，两千名学生因此吃上了热饭。"
    assert texts(article, max_sents=1) == [article.rstrip("。")]


def test_summary_without_a_fitting_clause_is_cut_at_a_word() -> None:
    """Where no clause fits, whole words do."""
    assert texts("青河县人民政府办公室关于印发全县安全生产工作要点的通知。", max_chars=9) == [
        "青河县人民政府办公室"[:7]
    ]


def test_summary_goes_into_a_quotation_that_is_all_there_is() -> None:
    """A quotation longer than the room gives one of its clauses, without half a pair of marks."""
    quotation = "“我们把村里的三十口老井都淘了一遍，今年春天家家用上了干净水，再也不用去河里挑了。”"
    (only,) = texts(quotation, max_sents=1, max_chars=20)
    assert only in quotation and "“" not in only and "”" not in only


@pytest.mark.parametrize("blank", ["", "\n \r\n", "……！", "“（"])
def test_summary_of_nothing_is_empty(blank: str) -> None:
    """Where there is no word there is no span."""
    assert summarize(blank) == ()


def test_summary_of_no_room_is_empty() -> None:
    """A budget of nothing buys nothing."""
    assert summarize(WATER, max_chars=0) == () and summarize(WATER, max_sents=0) == ()


def test_summary_of_a_hundred_thousand_characters_stops_reading() -> None:
    """Texts that are no articles come to an end, whatever they are made of."""
    for endless in ("没有标点的文字" * 15_000, "甲，" * 50_000, "“甲，" * 30_000, "（" * 100_000 + "甲"):
        assert sum(len(span.text) for span in summarize(endless)) <= 120


ANY = st.text(max_size=300) | st.text(
    alphabet="山河水库村民县市1290，。；：！？“”‘’（）()《》【】\"'、… \n\r—他同时据称表示", max_size=300
)


@given(ANY, ANY, st.integers(1, 4), st.integers(1, 130))
@settings(max_examples=300, deadline=None)
def test_laws_of_a_summary(text: str, title: str, max_sents: int, max_chars: int) -> None:
    """Verbatim, in order, in budget, balanced, on one line, never empty where there is a word, and the same each time."""
    spans = summarize(text, title=title, max_sents=max_sents, max_chars=max_chars)
    assert all(
        span == Span(span.start, span.end, text[span.start : span.end]) and span.text for span in spans
    )
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert len(spans) <= max_sents and sum(len(span.text) for span in spans) <= max_chars
    assert bool(spans) == bool(tokens(text))
    assert not any(mark in span.text for span in spans for mark in "\n\r")
    unmatched = set(nesting(widen(text)).unmatched)
    for span in spans:
        assert nesting(widen(span.text)).unmatched == ()
        assert not unmatched.intersection(range(span.start, span.end))
    assert spans == summarize(text, title=title, max_sents=max_sents, max_chars=max_chars)


KINDS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "summaries.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("article", KINDS, ids=[article["kind"] for article in KINDS])
def test_summary_of_each_kind_of_local_news_says_what_came_of_it(article: dict[str, Any]) -> None:
    """Speeches, measures, notices, accidents, portraits, figures: the result is told, the ornament is not."""
    found = "\n".join(texts(article["text"], title=article["title"]))
    assert all(wanted in found for wanted in article["must"])
    assert not any(unwanted in found for unwanted in article["never"])
