"""Numbers on which papers disagree."""

from __future__ import annotations

import pytest

from digests.day.numbers import differing
from store.models import Article
from tests.digests.newsroom import article
from tests.digests.stories import read


def sides(one: str, other: str) -> list[list[str]]:
    """What two papers' sentences disagree on, as shown."""
    first = article("一", one, article_id=1, paper="云岭日报")
    second = article("二", other, article_id=2, paper="云岭晚报")
    return [[quote.span.text for quote in quotes] for quotes in differing([first, second])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("过火面积约600平方米。", "过火面积约800平方米，没有人受伤。"),
        ("共展出文物128件。", "共展出文物136件。"),
        ("全县苹果种植面积3.2万亩。", "苹果种植面积4万亩。"),
        ("参赛选手8000名。", "昨天，参赛选手8600多人。"),
        ("新路全长4.2公里。", "这条路长4.8公里。"),
    ],
)
def test_different_numbers_of_one_thing_stand_side_by_side(one: str, other: str) -> None:
    """Each as printed, with the words before it."""
    assert len(sides(one, other)) == 1
    assert len(sides(one, other)[0]) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("大桥全长1286米。", "新桥全长近1300米。"),
        ("达成就业意向2600余人。", "达成就业意向的有2000多人。"),
        ("考生共14620名。", "考生有1.46万名。"),
        ("展出文物128件。", "展出剪纸150件。"),
        ("投入新能源公交车12辆。", "设站19个。"),
        ("过火面积约600平方米。", "过火面积600平方米。"),
        ("首批学生2100名。", "首批学生2,100人。"),
        ("今年种植面积1800亩。", "去年种植面积1500亩。"),
        ("三天销售额460万元。", "首日销售额150万元。"),
        ("全年计划植树5200棵，已植树面积3000亩。", "计划植树面积5000亩。"),
    ],
)
def test_roundings_and_other_things_are_no_disagreement(one: str, other: str) -> None:
    """近, 余, 多 and 1.46万 leave room; what is counted differently is not compared."""
    assert sides(one, other) == []


def test_one_paper_does_not_disagree_with_itself() -> None:
    """Two articles of a paper may count different things; the reader asked about papers."""
    told: list[Article] = [
        article("一", "过火面积约600平方米。", article_id=1),
        article("二", "过火面积约800平方米。", article_id=2),
    ]
    assert differing(told) == ()


def test_fire_is_reported_with_both_areas() -> None:
    """From the labelled stories; the dispatch of fire engines is not comparable as printed."""
    fire = [one.article for one in read() if one.story == 15][:2]
    shown = [[quote.span.text for quote in quotes] for quotes in differing(fire)]
    assert shown == [["过火面积约600平方米", "过火面积约800平方米"]]
