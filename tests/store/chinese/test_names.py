"""store/chinese/names.py, store/chinese/characters.py: one list each, and nobody keeps another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.chinese.characters import number, pairs
from store.chinese.names import (
    ALSO_WORDS,
    COMPOUND_SURNAMES,
    FREQUENT_SURNAMES,
    PAPERS,
    SURNAMES,
    short_place,
)
from store.models import Byline
from store.pages.bylines import is_bare_names
from store.places.people import people_in

ROOT = Path(__file__).parents[3]


def test_surnames_are_one_list_with_two_parts() -> None:
    """What is frequent, and what is a word first, are surnames too."""
    assert FREQUENT_SURNAMES < SURNAMES and ALSO_WORDS < SURNAMES and not FREQUENT_SURNAMES & ALSO_WORDS
    assert all(len(name) == 1 for name in SURNAMES) and all(len(name) == 2 for name in COMPOUND_SURNAMES)


@pytest.mark.parametrize("name", ["郜青禾", "隋远山", "宇文静", "习小雨", "郗明"])
def test_a_reporter_is_a_person_in_the_text_too(name: str) -> None:
    """Byline and running text know the same names."""
    assert is_bare_names(name)
    assert name in {person.name for person in people_in(Byline(), [f"柳林渡口镇镇长{name}说，桥修好了。"])}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("芮城县", "芮城"),
        ("白沙街道办事处", "白沙"),
        ("某某地区", "某某"),
        ("吴县", "吴县"),
        ("柳林", "柳林"),
    ],
)
def test_place_is_shortened_to_two_characters_at_least(name: str, short: str) -> None:
    """The longest ending goes."""
    assert short_place(name) == short


def test_numbers_and_pairs() -> None:
    """As written in Chinese and in digits."""
    assert [number(text) for text in ("29", "二十九", "十", "十二", "两", "二〇二六")] == [
        29,
        29,
        10,
        12,
        2,
        2026,
    ]
    assert pairs("水库通水") == ["水库", "库通", "通水"] and pairs("水") == []
    with pytest.raises(KeyError):
        number("版")


def test_no_other_file_lists_papers_or_full_width_digits() -> None:
    """Two endings of papers side by side, or the ten digits, stand in store/chinese only."""
    ends = "|".join(PAPERS.split("|"))
    listed = re.compile(rf"(?:{ends})\|(?:{ends})|０１２３")
    kept = [
        str(path.relative_to(ROOT))
        for package in ("bot", "digests", "store")
        for path in sorted((ROOT / package).rglob("*.py"))
        if listed.search(path.read_text(encoding="utf-8"))
    ]
    assert [path for path in kept if not path.startswith("store/chinese/")] == []
