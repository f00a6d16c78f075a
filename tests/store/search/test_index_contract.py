"""What is expected of every index that answers searches: SQLite's and, as extras, tantivy's and OpenSearch's.

OpenSearch's runs against the server that BAOZHAI_OPENSEARCH names (http://HOST:9200), else against tests/store/search/opensearch.py.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from store.database import Store
from store.search.plan import All, Any, Ids, Mark, Nothing, Phrase, Plan
from tests.store.search.opensearch import Server
from tests.store.search.papers import article, fill, put

Use = Callable[[Store], None]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if named := os.environ.get("BAOZHAI_OPENSEARCH"):
        yield urlsplit(named)._replace(path="").geturl()
    else:
        with Server().served() as served:
            yield served.url


@pytest.fixture(params=["sqlite", "tantivy", "opensearch"])
def use(request: pytest.FixtureRequest) -> Iterator[Use]:
    """Lets a store search with the engine; OpenSearch in an index of its own."""
    if request.param != "opensearch":
        if request.param == "tantivy":
            pytest.importorskip("tantivy")
        yield lambda store: store.search.use(engine=request.param)
        return
    pytest.importorskip("opensearchpy")
    address = f"{request.getfixturevalue('server')}/baozhai-{uuid.uuid4().hex}"
    yield lambda store: store.search.use(engine="opensearch", address=address, seconds=60)
    with Store(":memory:") as empty:
        empty.search.use(engine="opensearch", address=address, seconds=60)
        empty.search.rebuild()  # nothing is left on the server


@pytest.fixture
def store(use: Use, tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "baozhai.db") as opened:
        use(opened)
        yield opened


A, B, C = Phrase(("今天",)), Phrase(("天气",)), Phrase(("水库", "库大"))
PLANS: list[tuple[Plan, set[int]]] = [
    (A, {1, 2}),
    (C, {4}),
    (All((A, Mark("怡"))), {1}),
    (Any((A, Mark("怡"), C)), {1, 2, 3, 4}),
    (All((A,), (Mark("怡"),)), {2}),
    (All((Mark("怡"),), (A,)), {3}),
    (All((Any((A, Mark("怡"))), Ids(frozenset({2, 3, 4})))), {2, 3}),
    (Ids(frozenset({4, 9})), {4}),
    (Mark("怡", "title"), {3}),
    (Phrase(("今天",), "title"), {2}),
    (Phrase(("今天",), "heading"), {2}),
    (Phrase(("\ue000n1",)), {1, 2, 3, 4}),
    (All((Phrase(("\ue000karticle",)), B)), {4}),
    (Nothing(), set()),
]


@pytest.mark.parametrize(("plan", "ids"), PLANS)
def test_an_index_carries_out_plans(store: Store, plan: Plan, ids: set[int]) -> None:
    """The same plan has the same articles in every index, newest first, up to the id that counts."""
    put(
        store,
        article("一", "今天怡"),
        article("今天", "二"),
        article("怡", "三"),
        article("天气", "水库大坝"),
    )
    index = store.search.index
    assert index.newest(plan, limit=9, upto=9) == sorted(ids, reverse=True)
    assert index.newest(plan, limit=1, upto=9) == sorted(ids, reverse=True)[:1]
    assert set(index.newest(plan, limit=9, upto=2)) == {number for number in ids if number <= 2}
    assert set(index.best(plan, limit=9, upto=9)) == ids
    assert index.count(plan, upto=9) == len(ids)
    assert index.count_newest(plan, limit=9, upto=9) == (len(ids), min(ids, default=0))
    assert index.among(plan, [1, 3]) == ids & {1, 3}


def test_best_weighs_titles(store: Store) -> None:
    """A word in the title counts more than in the body."""
    put(
        store,
        *(article(f"别的{n}", "水库大坝。" + "闲话。" * 9) for n in range(9)),
        article("水库", "闲话。" * 9),
    )
    assert store.search.index.best(Phrase(("水库",)), limit=1, upto=99) == [10]


@pytest.mark.parametrize(
    "query",
    ["天天", "欣", "2025年", "25年春", "02", "c++", "A-10", "9257", "𠮷野", "和服 -产品", "理发|和服", "标题:和服", "地点:芮城", "报纸:晨光 和服",
     "日期:2024-07", '"春节前后，芮城"', '"春节前后、芮城"', "怡 理发", "记者:曹欣怡", "灯塔", "版:3 -类:图片"],
)  # fmt: skip
def test_hits_are_the_same_in_every_index(store: Store, query: str) -> None:
    """Choosing another engine never changes what is found."""
    fill(store)
    found = {hit.article_id for hit in store.search.find(query).hits}
    store.search.use()
    assert {hit.article_id for hit in store.search.find(query).hits} == found


def test_an_index_follows_the_articles(store: Store) -> None:
    """Changed and removed articles leave no ghost, and what is rolled back was never there."""
    put(store, article("水库建成", "水库大坝昨天建成，灯塔也亮了。"), article("展览", "灯塔展。"))
    assert store.search.find("灯塔").total == 2
    put(store, article("水库建成", "水库大坝昨天建成，彩灯也亮了！"), edition="2")
    assert (store.search.find("灯塔").total, store.search.find("彩灯").total) == (0, 1)
    with pytest.raises(ZeroDivisionError), store.transaction():
        put(store, article("灯塔", "灯塔。"), page=2)
        assert store.search.find("灯塔").total == 1
        raise ZeroDivisionError
    assert store.search.find("灯塔").total == 0
    assert store.search.verify(deep=True) == []


def test_an_index_is_found_again(store: Store, use: Use, tmp_path: Path) -> None:
    """Opened anew, also after changes by somebody with another engine, an index is up to date."""
    fill(store)
    assert store.search.find("理发").total == 1
    with Store(tmp_path / "baozhai.db") as other:
        put(other, article("灯塔", "灯塔。"), page=8)
    assert store.search.find("灯塔").total == 1
    with Store(tmp_path / "baozhai.db") as again:
        use(again)
        assert again.search.find("理发").total == again.search.find("灯塔").total == 1
        assert again.search.rebuild() == 6
        assert again.search.find("理发").total == again.search.find("灯塔").total == 1


def test_an_index_forgets_what_a_search_saw_before_a_roll_back(store: Store) -> None:
    """The next change may get the number of the one rolled back; its articles are found all the same."""
    with pytest.raises(ZeroDivisionError), store.transaction():
        put(store, article("灯塔", "灯塔。"))
        assert store.search.find("灯塔").total == 1
        raise ZeroDivisionError
    put(store, article("水库", "水库。"))
    assert (store.search.find("灯塔").total, store.search.find("水库").total) == (0, 1)
