"""How characters sound."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from store.chinese import sounds


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("芮城", "ruicheng"),
        ("重庆", "chongqing"),
        ("重量", "zhongliang"),
        ("在重庆", "zaichongqing"),
        ("绿", "lv"),
        ("A座3楼", "Azuo3lou"),
        ("", ""),
    ],
)
def test_sounds_as_it_is_said(text: str, sound: str) -> None:
    """Phrases before characters; what is no character stays."""
    assert sounds.sound(text) == sound


def test_table_says_what_pypinyin_says() -> None:
    """A thousand characters and phrases by lot."""
    from pypinyin import lazy_pinyin

    chance = random.Random(8)
    characters = [chr(chance.randint(ord(sounds.FIRST), ord(sounds.LAST))) for _ in range(500)]
    phrases = chance.sample(sorted(sounds._table().phrases), 500)
    for text in characters + phrases:
        assert sounds.syllables(text) == lazy_pinyin(text), text


def test_table_is_small() -> None:
    """It stays in memory for as long as the bot runs."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        table = sounds._table.__wrapped__()
        assert len(table.phrases) > 3000
        assert tracemalloc.get_traced_memory()[0] - before < 2_000_000
    finally:
        tracemalloc.stop()
