"""How texts are cut into tokens."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.search.tokens import LONGEST_ENDING, LONGEST_RUN, endings, marks, read, runs, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天天气", ["今天", "天天", "天气"]),
        ("2025年春节", ["2025", "5年", "年春", "春节"]),
        ("到2025年", ["到2", "2025", "5年"]),
        ("增长5.2%，a-10", ["增长", "长5", "5.2%", "a-10"]),
        ("五一,假期", ["五一", "假期"]),
        ("好", []),
        ("阿里·买买提", ["阿里", "里·", "·买", "买买", "买提"]),
        ("𠮷野家", ["𠮷野", "野家"]),
        ("", []),
    ],
)
def test_tokens_are_pairs_and_runs_of_signs(text: str, expected: list[str]) -> None:
    """Pairs of Han characters, runs of signs whole, and the pair across the border of the two."""
    assert tokens(text) == expected


@given(st.text(st.sampled_from('天地人a1.%+ ,，\n·"𠮷かé'), max_size=20))
@settings(max_examples=300, deadline=None)
def test_read_cuts_as_runs_say(text: str) -> None:
    """The fast reading and the plain one are twins."""
    out: list[str] = []
    end, last = -1, ""
    for kind, run, start in runs(text):
        if start == end:
            out.append(last + run[0])
        out += [run[at : at + 2] for at in range(len(run) - 1)] if kind == "han" else [run]
        end, last = start + len(run), run[-1]
    assert read(text) == (out, {run for kind, run, _ in runs(text) if kind == "signs"})


def test_marks_are_characters_and_short_parts_of_runs() -> None:
    """Each character, and each two to four signs in a row; no blanks."""
    assert marks("好 5.2%", {"5.2%"}) == {"好", "5", ".", "2", "%", "5.", ".2", "2%", "5.2", ".2%", "5.2%"}


def test_endings_are_of_two_signs_or_more() -> None:
    """What a part of a run is looked up by; long runs keep their whole name but short endings."""
    assert endings("2025") == [("2025", "2025"), ("025", "2025"), ("25", "2025")]
    assert endings("5") == []
    long = "x" * 200
    assert max(len(ending) for ending, _ in endings(long)) == LONGEST_ENDING
    assert {run for _, run in endings(long)} == {long}


def test_endless_run_of_signs_has_no_endings() -> None:
    """A million letters without a blank would be a million rows of a million letters."""
    assert len(endings("x" * LONGEST_RUN)) == LONGEST_RUN - 1
    assert endings("x" * (LONGEST_RUN + 1)) == []
    assert {"xx", "xxx", "xxxx"} <= marks("x" * 100_000, {"x" * 100_000})
