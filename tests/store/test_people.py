"""Persons of articles: bylines, and who is quoted with an office."""

from __future__ import annotations

import pytest

from store.models import Byline, Person
from store.places.people import people_in


def people(*texts: str) -> list[tuple[str, str]]:
    return [(p.name, p.office) for p in people_in(Byline(), texts)]


def test_the_byline_comes_first_with_its_roles() -> None:
    """A reporter who also took the picture is one person."""
    byline = Byline("本报记者 柯远帆 摄", ("柯远帆",), ("翁大川",), ("柯远帆", "季青禾"))
    assert people_in(byline, ["村民葛满仓说，茶好。"]) == (
        Person("柯远帆", "记者"),
        Person("翁大川", "通讯员"),
        Person("季青禾", "摄影"),
        Person("葛满仓", "村民"),
    )


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("据盐湖区党群服务中心工作人员苗青介绍，夏天人多。", "苗青", "盐湖区党群服务中心工作人员"),
        ("恒阳社区居民程永寿说：“如今方便了。”", "程永寿", "恒阳社区居民"),
        ("“省了一半的水。”合作社理事长栗守田说。", "栗守田", "合作社理事长"),
        ("县委书记欧阳文清主持会议。", "欧阳文清", "县委书记"),
        ("农科所所长鄢立群提醒，要轮作。", "鄢立群", ""),
        ("副市长王飞、李大成参加。", "王飞", "副市长"),
    ],
)
def test_a_person_quoted_with_an_office_is_found(text: str, name: str, office: str) -> None:
    """The office as printed, without the words that lead up to it."""
    found = dict(people(text))
    if office:
        assert found[name] == office
    else:
        assert name not in found or found[name].endswith("所长")


def test_a_spokesman_without_a_name_is_an_office() -> None:
    """县委组织部相关负责人 has no name, and an office worth knowing."""
    assert people("芮城县委组织部相关负责人表示，要常抓不懈。") == [("", "芮城县委组织部相关负责人")]


@pytest.mark.parametrize(
    "text",
    [
        "习近平总书记关于党的建设的重要论述。",
        "提升群众幸福感、获得感。",
        "全体党员干部和群众在现场。",
        "书记谈了谈。",
        "工作人员高兴地说，欢迎再来。",
        "坚持党的群众路线，",
    ],
)
def test_words_behind_an_office_are_no_names(text: str) -> None:
    """Surnames are ordinary characters too."""
    assert [name for name, _ in people(text) if name] == []


def test_a_person_is_given_once_with_the_first_office() -> None:
    """Later mentions add nothing."""
    assert people("村民葛满仓说，好。", "掌柜葛满仓说，行。村民葛满仓表示，会办好。") == [("葛满仓", "村民")]
