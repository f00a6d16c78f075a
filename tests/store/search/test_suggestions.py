"""What is offered when nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Store
from store.errors import InvalidRule
from store.models import Place
from store.rules import parse as parse_rule
from store.search.names import Sounds
from store.search.query import FIELDS, parse
from store.search.suggestions import as_rule
from tests.store.search.papers import RUICHENG, article, fill, put

TODAY = date(2026, 3, 5)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        fill(opened)
        put(opened, article("芮城县通水", "芮城县的水库通水。", places=(RUICHENG,)), page=5)
        yield opened


def offered(store: Store, query: str) -> list[tuple[str, str, int]]:
    result = store.search.find(query)
    assert result.total == 0 and not result.hits
    return [(suggestion.kind, suggestion.query, suggestion.count) for suggestion in result.suggestions]


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("瑞城", ("name", "芮城", 2)),
        ("ruicheng", ("name", "芮城", 2)),
        ("理法", ("name", "理发", 1)),
        ("地点:瑞城", ("name", "地点:芮城", 2)),
        ("曹新怡", ("name", "曹欣怡", 2)),
        ("理发 灯塔", ("fewer", "理发", 1)),
        ("理发 水库 通水", ("fewer", "水库 通水", 1)),
        ("理发 -1元", ("fewer", "理发", 1)),
        ("通水理发", ("fewer", "通水", 1)),
        ("理发*", ("fewer", "理发", 1)),
        ("(理发 灯塔)", ("fewer", "理发", 1)),
        ("报纸:晨光 理发", ("unfiltered", "理发", 1)),
        ("报纸:晨光 理发|剪发", ("unfiltered", "理发|剪发", 1)),
    ],
)
def test_nothing_found_offers_what_would_be(
    store: Store, query: str, suggestion: tuple[str, str, int]
) -> None:
    """A name that sounds alike, fewer words, or no filter: each with the number it finds."""
    assert suggestion in offered(store, query)


def test_suggestions_find_what_they_promise(store: Store) -> None:
    """Each suggested query finds as many as it says."""
    for query in ("瑞城", "理发 灯塔", "报纸:晨光 理发", '"理发 灯塔" 今天', "标题:理法"):
        for suggestion in store.search.find(query).suggestions:
            assert store.search.find(suggestion.query).total == suggestion.count > 0


def test_a_search_that_finds_something_offers_nothing(store: Store) -> None:
    """Near misses are never mixed into hits."""
    assert store.search.find("理发").suggestions == ()


@pytest.mark.parametrize("text", ["x", "芮", "5.2%", "灯塔", "𠮷野"])
def test_nearest_knows_nothing_like_it(text: str) -> None:
    """Nothing is offered for what resembles nothing."""
    assert Sounds(["芮城", "理发"]).nearest(text) == []


def test_names_follow_the_store(tmp_path: Path) -> None:
    """A place of a new edition is offered at once, on this connection and on another; what was known stays."""
    file = tmp_path / "baozhai.db"
    with Store(file) as store, Store(file) as other:
        fill(store)
        store.search.prepare()
        assert "闻喜" not in [query for _, query, _ in offered(store, "文洗")]
        wenxi = Place("闻喜县", "county", "140823", "运城市")
        put(store, article("闻喜县通水", "闻喜县的水库通水。", places=(wenxi,)), page=5)
        for opened in (store, other):
            assert ("name", "闻喜", 1) in offered(opened, "文洗")
            assert ("name", "曹欣怡", 2) in offered(opened, "曹新怡")


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("理发 近7天", "理发"),
        ("地点:芮城 党群 -培训", "芮城 党群 -培训"),
        ("记者:邵一鸣 日期:2024-08 版:3", "邵一鸣"),
        ('"城市 客厅" 2024-07..2024-08', '"城市 客厅"'),
        ("甲|乙", "甲|乙"),
        ("2024-07-01..2024-08-03 渡口", "渡口"),
        ("地方: 芮城 渡口", "芮城 渡口"),
        ("by:邵一鸣 版面:3 类型:图片 过去7天", "邵一鸣"),
        ("渡口 -版:3 -日期:上月 -报纸:涑水晚报", "渡口 -涑水晚报"),
        ("类:图片|渡口", "渡口"),
    ],
)
def test_a_search_becomes_a_rule_without_its_dates(query: str, rule: str) -> None:
    """A follow looks forward: dates, pages and kinds fall away, names stay words."""
    assert as_rule(parse(query, today=TODAY)) == rule


_values = {
    "days": ["上周", "2024-07..2024-08", "2024-07-01..2024-08-03", "近7天", "去年", "2024年7月"],
    "page": ["3", "三", "头"],
    "kind": ["图片", "公告", "photo"],
    "": ["芮城", "邵一鸣", "新桥", "涑水晚报"],
}
_fields = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda name: st.builds(
        "{}{}:{}{}".format,
        st.sampled_from(["", "-"]),
        st.just(name),
        st.sampled_from(["", " "]),
        st.sampled_from(_values.get(FIELDS[name], _values[""])),
    )
)
_pieces = _fields | st.sampled_from(
    ["渡口", "-会议", '"新 桥"', "2024-07-01..2024-08-03", "过去7天", "本月", "甲|乙", "渡口|本月", "OR"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_pieces, min_size=1, max_size=5))
def test_a_rule_from_a_search_never_keeps_a_field_or_a_range(pieces: list[str]) -> None:
    """Whatever the fields' names, in either language; and it excludes only what the search excluded."""
    rule = as_rule(parse(" ".join(pieces), today=TODAY))
    assert not re.search(r"[:：]|\.\.", rule)
    with suppress(InvalidRule):
        assert not parse_rule(rule).without or any(piece.startswith("-") for piece in pieces)
