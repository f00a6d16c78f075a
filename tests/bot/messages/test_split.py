"""Packing blocks and cutting texts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.split import LIMIT, cut, pack
from bot.texts.markup import Html, Weight, escape, units

TEXTS = st.text(
    st.one_of(
        st.sampled_from("今天芮城的托管班。！？；，、：”」abc 12\n"),
        st.sampled_from("𠮷😀👨\u200d👩\u0301\ufe0f🏽"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)


@given(TEXTS, st.integers(2, 60))
def test_pieces_joined_are_the_text_and_each_fits(text: str, limit: int) -> None:
    """Nothing lost, nothing doubled, nothing too long."""
    pieces = cut(text, limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)
    assert all(pieces) or not text


@given(TEXTS)
def test_no_piece_begins_with_a_mark_of_the_one_before(text: str) -> None:
    """Combining marks stay with their letter where a piece has room for both."""
    for piece in cut(text, 60)[1:]:
        assert not unicodedata.combining(piece[0]) or text.count(piece[0]) > 20


@given(st.lists(TEXTS.map(escape), max_size=30), st.integers(50, 400))
def test_parts_joined_are_the_blocks(blocks: list[Html], room: int) -> None:
    """Every block once and in order; parts of several blocks fit."""
    limit = Weight(room, 10, 2000, 4000)
    parts = pack(blocks, limit=limit)
    assert [block for part in parts for block in part] == blocks
    for part in parts:
        assert len(part) == 1 or units("\n\n".join(part)) <= room * 6


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("今天开始供暖。明天下雪，路滑。", "今天开始供暖。"),
        ("他说“今天开始供暖。”明天下雪路滑。", "他说“今天开始供暖。”"),
        ("今天开始供暖，明天下雪路滑没有句号", "今天开始供暖，"),
        ("没有任何标点的很长很长的一句话真的没有", "没有任何标点的很长很"),
    ],
)
def test_texts_are_cut_where_a_reader_would(text: str, first: str) -> None:
    """After a sentence, with its closing quotation mark; else after a clause; else anywhere."""
    assert cut(text, 11 if "“" in text else 10)[0] == first


def test_an_emoji_of_several_characters_is_not_cut() -> None:
    """A family stays together, a skin tone stays with its hand."""
    assert cut("甲乙丙👨\u200d👩\u200d👧丁", 6)[0] == "甲乙丙"
    assert cut("甲乙丙👍🏽丁", 5)[0] == "甲乙丙"


def test_more_entities_than_telegram_keeps_make_another_part() -> None:
    """The hundred-and-first link would silently vanish."""
    blocks = [Html(f'<a href="https://t.me/x?start=a{n}">甲</a>') for n in range(LIMIT.entities + 1)]
    assert [len(part) for part in pack(blocks)] == [LIMIT.entities, 1]


def test_a_limit_without_room_is_an_error() -> None:
    """One unit cannot hold 𠮷."""
    with pytest.raises(ValueError, match="room"):
        cut("𠮷", 1)
