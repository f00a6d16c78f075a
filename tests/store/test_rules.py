"""Rules to follow and mute by."""

from __future__ import annotations

import pytest

from store.errors import InvalidRule
from store.models import Byline, Person, Place
from store.rules import Hit, in_place, match, parse
from tests.digests.newsroom import article

STORY = article(
    "七彩假期托管班开班",
    "记者从团市委获悉，62个社区的托管班8日开班，2100名小学生入托。AI 课堂进了社区。",
    "工人大会堂也办了一期。",
    places=(Place("芮城县", "county", city="运城市"),),
    people=(Person("邢智轩"),),
    byline=Byline("记者 曹 欣怡", ("曹欣怡",)),
    paper="运城日报",
)


@pytest.mark.parametrize(
    "rule",
    [
        "托管班",
        "托管班 社区",
        "暑假|托管班",
        "暑假 OR 托管班",
        "托管班 -培训",
        "托管班 －培训",
        "芮城县",
        "芮城",
        "运城市",
        "运城日报",
        "曹欣怡",
        "邢智轩",
        "ai",
        "ＡＩ",
        "2100",
        '"AI 课堂"',
        "七彩 假期",
    ],
)
def test_rule_matches(rule: str) -> None:
    """Words, all-of, any-of, not; places, papers and people as such; width and case do not matter."""
    assert match(rule, STORY) is not None


@pytest.mark.parametrize(
    "rule",
    ["党建", "托管班 党建", "托管班 -社区", "党建|培训", "运城晚报", "210", "A", "-托管班", "", "人大"],
)
def test_rule_does_not_match(rule: str) -> None:
    """Parts of numbers and Latin words are not the word, nor is 人大 in 工人大会堂; what is no rule matches nothing."""
    assert match(rule, STORY) is None


@pytest.mark.parametrize(
    ("rule", "hit"),
    [
        ("芮城", Hit("place", "芮城")),
        ("运城日报", Hit("paper", "运城日报")),
        ("曹欣怡", Hit("person", "曹欣怡")),
        ("党建|托管班", Hit("word", "托管班")),
    ],
)
def test_hit_says_what_the_word_was(rule: str, hit: Hit) -> None:
    """For 「为什么给我这篇？」."""
    assert match(rule, STORY) == hit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("党建 -培训", "-培训  党建"),
        ("b|a c", "c a OR b"),
        ("ＡＢ", "AB"),
        ("党建 党建", "党建"),
        ("“七彩 假期”", '"七彩 假期"'),
    ],
)
def test_equal_rules_have_equal_texts(one: str, other: str) -> None:
    """However written, a rule has one text, and it is a fixed point."""
    assert parse(one).text == parse(other).text
    assert parse(parse(one).text) == parse(one)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "empty"),
        ("  | ", "empty"),
        ("-培训", "only_not"),
        ("长" * 101, "long"),
        (" ".join("一二三四五六七八九十百千万"), "many"),
    ],
)
def test_unusable_rules_are_refused_with_the_reason(rule: str, reason: str) -> None:
    """The bot has a sentence for each reason."""
    with pytest.raises(InvalidRule) as refused:
        parse(rule)
    assert refused.value.reason == reason


def test_place_contains_its_counties() -> None:
    """运城市 has 芮城县 in it; 运城 is the city; another county is not."""
    assert in_place("芮城县", STORY)
    assert in_place("运城市", STORY)
    assert not in_place("平陆县", STORY)
