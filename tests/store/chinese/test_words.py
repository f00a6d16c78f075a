"""The cutter of record."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.chinese import words


def test_cut_keeps_names_together() -> None:
    """Words of the dictionary come out whole, in the order of the text."""
    assert words.cut("运城市民在黄河边散步") == ["运城", "市民", "在", "黄河", "边", "散步"]


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_cut_loses_nothing(text: str) -> None:
    """The words joined are the text."""
    assert "".join(words.cut(text)) == text


@given(st.text(alphabet="青河县新建水库今天上午7月24日，。 ABc.-+%1５（）㐀𠀀\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_rjieba_gives_the_same_words(text: str) -> None:
    """The faster cutter changes nothing, or an index made with it would not be found without it."""
    pytest.importorskip("rjieba", reason="the optional rjieba is not installed")
    assert words.cut(text) == words._exact(text)


def test_the_faster_cutter_gets_only_what_both_cut_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Latin letters, hyphens and rare planes stay with jieba, in their place."""
    given_away: list[str] = []

    def swift(text: str) -> list[str]:
        given_away.append(text)
        return [text] if text else []

    monkeypatch.setattr(words, "_swift", lambda: swift)
    assert words.cut("新建，F-16展出。水库") == ["新建，", *words._exact("F-16展出"), "。水库"]
    assert given_away == ["新建，", "。水库"]
    assert words.cut("𠀀水库") == words._exact("𠀀水库")


def test_is_word_knows_words_from_their_beginnings() -> None:
    """A prefix that only begins longer words is no word."""
    assert words.is_word("中华人民共和国")
    assert not words.is_word("中华人民共和")


def test_frequency_of_an_unknown_word_is_zero() -> None:
    """Common words are counted, others are not invented."""
    assert words.frequency("的") > words.frequency("黄河") > 0
    assert words.frequency("鼪鼪鼪") == 0


def test_loading_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing reaches stderr or the root logger when the dictionary is loaded."""
    script = "import store.chinese.words as words; words.cut('黄河')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert logging.getLogger("jieba").level == logging.CRITICAL


def test_an_unwritable_cache_folder_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cache folder the words are cut all the same."""

    def refuse(_name: str) -> str:
        return "/proc/no-such-folder"

    monkeypatch.setattr(words.platformdirs, "user_cache_dir", refuse)
    words._tokenizer.cache_clear()
    assert words.cut("黄河") == ["黄河"]
    words._tokenizer.cache_clear()
