"""Whole clauses around a hit, as printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.chinese.folding import fold
from store.search.snippets import LENGTH, marked, snippet, spans

BODY = (
    "昨天上午，县里召开了会议。会上说，城市客厅将在月底开放，市民可以免费理发，也可以借书。"
    "负责人说，今后还要建三处这样的地方。\n市民王先生很高兴，他说以后理发方便了。"
)


def shown(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


def test_snippet_begins_and_ends_with_clauses() -> None:
    """The hit's clause and what follows; dots where a sentence goes on."""
    pieces = snippet(BODY, ["理发"], length=30)
    assert shown(pieces).strip("…") in BODY
    assert shown(pieces).startswith("…市民可以免费理发，")
    assert [text for text, hit in pieces if hit] == ["理发"]


def test_snippet_without_a_hit_is_the_beginning() -> None:
    """An article found by its title or byline shows how it begins."""
    assert shown(snippet(BODY, ["灯塔"], length=20)).startswith("昨天上午，县里召开了会议。")


def test_snippet_marks_what_was_printed() -> None:
    """The reader's script is folded, the paper's stays."""
    pieces = snippet("Ｃ＋＋和頭髮有９,257根。", ["c++", "头发", "9257"])
    assert [text for text, hit in pieces if hit] == ["Ｃ＋＋", "頭髮", "９,257"]


def test_marked_keeps_the_whole_text() -> None:
    """A headline is shown whole."""
    assert marked("理发摊和理发店", ["理发"]) == (
        ("理发", True),
        ("摊和", False),
        ("理发", True),
        ("店", False),
    )
    assert marked("", ["理发"]) == ()


def test_overlapping_words_are_marked_once() -> None:
    """今天天气 with 今天 and 天天 marks no character twice."""
    assert spans("今天天气", ["今天", "天天"]) == [(0, 2)]
    assert spans("城市客厅", ["城市", "城市客厅"]) == [(0, 4)]


def test_a_long_clause_is_cut() -> None:
    """Text without any punctuation does not come whole."""
    text = "水" * 500 + "灯塔" + "水" * 500
    assert len(shown(snippet(text, ["灯塔"]))) <= 2 * LENGTH + 4
    assert "灯塔" in shown(snippet(text, ["灯塔"]))


@pytest.mark.parametrize("length", [1, 10, 60])
@given(
    text=st.text(st.sampled_from("今天水库，。！\n発ﬁ５.2“”…ａB "), max_size=120),
    term=st.text(st.sampled_from("今天水库fi5.2b"), min_size=1, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_snippets_are_stretches_of_the_text(length: int, text: str, term: str) -> None:
    """Nothing is invented, and a hit that is there is shown and marked."""
    pieces = snippet(text, [term], length=length)
    assert "".join(shown(pieces).strip("…").split()) in "".join(text.split())
    if term in fold(text):
        assert any(hit for _, hit in pieces)
    assert "\n" not in shown(pieces)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("社区办起托管班。\n家长放心了。", "社区办起托管班。家长放心了。"),
        ("社区办起托管班。\n\u3000\u3000“放心！”\n家长说。", "社区办起托管班。“放心！”家长说。"),
        ("社区办起托管班\n家长放心了。", "社区办起托管班 家长放心了。"),
        ("The bus came.\nIt left.", "The bus came. It left."),
    ],
)
def test_paragraphs_join_as_they_would_be_written(text: str, line: str) -> None:
    """Behind a Chinese mark no blank is put; words are never glued together."""
    assert shown(snippet(text, [])) == line
