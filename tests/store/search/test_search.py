"""Searching as a reader does it: what is found, what is told, and that nothing raises."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import remark as sentence
from store.database import Store
from store.models.search import SearchResult
from store.search import reading
from tests.store.search.papers import DAY, RUICHENG, article, fill, put

TODAY = date(2024, 8, 20)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store(":memory:") as opened:
        fill(opened)
        yield opened


def titles(result: SearchResult) -> list[str]:
    return [hit.title for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("天天", "今天天气真好"),
        ("曹欣怡", "今天天气真好"),
        ("欣", "今天天气真好"),
        ("2025年", "今天天气真好"),
        ("25年春", "今天天气真好"),
        ("5年", "今天天气真好"),
        ("02", "今天天气真好"),
        ("５．２％", "今天天气真好"),
        ("c++", "今天天气真好"),
        ("A-10", "今天天气真好"),
        ("“五一”", "今天天气真好"),
        ("「五一」活動", "今天天气真好"),
        ("9257人次", "城市客厅迎来理发摊"),
        ("9,257", "城市客厅迎来理发摊"),
        ("１元理髮", "城市客厅迎来理发摊"),
        ("𠮷", "𠮷野家里的猫"),
        ("𠮷野", "𠮷野家里的猫"),
        ("头发", "𠮷野家里的猫"),
        ("阿卜杜•买买提", "𠮷野家里的猫"),
        ("城市客厅 享受", "城市客厅迎来理发摊"),
    ],
)
def test_find_reaches_whatever_stands_there(store: Store, query: str, title: str) -> None:
    """Words are found wherever words begin and end, in whatever width, case and script they were typed."""
    assert title in titles(store.search.find(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("今天 -理发", {"今天天气真好"}),
        ("理发|和服", {"城市客厅迎来理发摊", "产品和服务都要好", "和服展开幕"}),
        ("理发 OR 和服展", {"城市客厅迎来理发摊", "和服展开幕"}),
        ("和服 -产品", {"和服展开幕"}),
        ("和服 -类:图片", {"产品和服务都要好"}),
        ('"春节前后，芮城"', {"今天天气真好"}),
        ('"春节前后、芮城"', set()),
        ("标题:和服", {"产品和服务都要好", "和服展开幕"}),
        ("标题:猫", {"𠮷野家里的猫"}),
        ("title:头发", set()),
        ("记者:曹欣怡", {"城市客厅迎来理发摊"}),
        ("地点:芮城", {"城市客厅迎来理发摊"}),
        ("地点:运城市", {"城市客厅迎来理发摊"}),
        ("報紙：晨光", {"和服展开幕", "𠮷野家里的猫"}),
        ("报纸:晨光 和服", {"和服展开幕"}),
        ("版:3 类:图片", {"和服展开幕"}),
        ("日期:2024-07", {"和服展开幕", "𠮷野家里的猫"}),
        ("日期:7月31日 和服", {"和服展开幕"}),
        ("2024-07..2024-07 和服", {"和服展开幕"}),
        ("和服 近7天", {"产品和服务都要好"}),
        ("和服 上周", {"产品和服务都要好"}),
        ("1元理发 地点:芮城|地点:太原", {"城市客厅迎来理发摊"}),
        ("怡 理发", {"城市客厅迎来理发摊"}),
        ("怡|𠮷", {"今天天气真好", "城市客厅迎来理发摊", "𠮷野家里的猫"}),
        ("é|近7天 怡", {"今天天气真好", "城市客厅迎来理发摊"}),
        ("怡 -理", {"今天天气真好"}),
        ("理发 or 和服展", {"城市客厅迎来理发摊", "和服展开幕"}),
        ("产品 AND 和服", {"产品和服务都要好"}),
        ("地点: 芮城", {"城市客厅迎来理发摊"}),
        ('地点: "芮城"', {"城市客厅迎来理发摊"}),
        ("版：　三 -地点: 芮城 类:图片", {"和服展开幕"}),
    ],
)
def test_find_speaks_the_language_of_readers(store: Store, query: str, expected: set[str]) -> None:
    """Blanks, bars, minus, quotation marks and fields mean what docs/search.md says."""
    assert set(titles(store.search.find(query, today=TODAY))) == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "no_words"),
        ("，。", "no_words"),
        ("-会议", "only_unwanted"),
        ('今天 "天气', "odd_quote"),
        ("日期:昨夜 今天", "not_a_date"),
        ("版:要闻 今天", "not_a_page"),
        ("类:小说 今天", "not_a_kind"),
        ("今天 地点:", "field_empty"),
        ("报纸:北京 今天", "paper_unknown"),
        ("上周 今天", "read_as_days"),
        ("灯塔", "nothing_found"),
        ("好" * 300, "query_cut"),
        (" ".join(f"词{n}" for n in range(30)), "too_many_words"),
    ],
)
def test_an_odd_query_gets_a_sentence(store: Store, query: str, code: str) -> None:
    """What cannot be read is told in a sentence, with its facts filled in."""
    result = store.search.find(query, today=TODAY)
    assert code in [remark.code for remark in result.remarks]
    for one in result.remarks:
        said = sentence("zh", one.code, dict(one.facts))
        assert said and "{" not in said


def test_a_week_alone_is_a_word(store: Store) -> None:
    """上周 by itself is looked for as text: only beside other words it means the days."""
    assert [remark.code for remark in store.search.find("上周", today=TODAY).remarks] == ["nothing_found"]


def test_hits_carry_what_a_list_shows(store: Store) -> None:
    """A hit has headline, paper, day, page, places and a snippet with the words marked as printed."""
    (hit,) = store.search.find("9257 理髮").hits
    assert (hit.paper, hit.day, hit.page, hit.places) == ("青河日报", DAY, 1, ("芮城县",))
    assert [text for text, is_hit in hit.snippet if is_hit] == ["理发", "9,257"]
    assert [text for text, is_hit in hit.headline if is_hit] == ["理发"]


def test_words_come_before_chance_neighbours() -> None:
    """和服 the word stands before 产品和服务, though both have it in the title."""
    with Store() as store:
        put(store, *(article(f"产品和服务{n}", "产品和服务，产品和服务。") for n in range(20)))
        put(store, article("展览", "和服很美。"), page=2)
        assert titles(store.search.find("和服"))[0] == "展览"
        assert store.search.find("和服").total == 21


@pytest.mark.parametrize("many", [30, 130, 1100])
@pytest.mark.parametrize("query", ["水库", "水库 新建", "水库大坝建成", "水"])
def test_pages_continue_each_other(many: int, query: str) -> None:
    """However the order is found, the pages of a list together are the list, and nothing comes twice."""
    with Store() as store:
        chance = random.Random(many)
        bodies = [
            "水库大坝建成，新建水库。",
            "新建的水库不大，水库大坝建成了。",
            "放水库存清点，新建一座水库大坝建成。",
        ]
        put(
            store,
            *(
                article(chance.choice(["水库", "消息", "新建水库大坝建成"]), chance.choice(bodies))
                for _ in range(many)
            ),
        )
        whole = [hit.article_id for hit in store.search.find(query, limit=60).hits]
        paged = [
            hit.article_id
            for start in range(0, 60, 5)
            for hit in store.search.find(query, limit=5, offset=start).hits
        ]
        assert paged == whole
        assert len(set(whole)) == len(whole) == min(many, 60)


def test_pages_stay_while_articles_arrive() -> None:
    """With `upto` handed back, a later page is what it would have been."""
    with Store() as store:
        put(store, *(article(f"水库第{n}号", "水库。") for n in range(12)))
        first = store.search.find("水库", limit=5)
        second = store.search.find("水库", limit=5, offset=5)
        put(store, article("水库水库水库", "水库。"), page=2)
        again = store.search.find("水库", limit=5, offset=5, upto=first.upto)
        assert (again.hits, again.total) == (second.hits, 12)
        assert store.search.find("水库").total == 13


@pytest.mark.parametrize("many", [5, 1500])
def test_newest_goes_by_day_not_by_arrival(many: int) -> None:
    """An archive read later stands behind the newer editions read before, also when there are many hits."""
    with Store() as store:
        put(store, *(article(f"新{n}", "水库。") for n in range(many)), day=date(2024, 8, 2))
        put(store, *(article(f"旧{n}", "水库。") for n in range(many)), day=date(2021, 8, 2))
        assert all(hit.day.year == 2024 for hit in store.search.find("水库", order="newest", limit=5).hits)
        last = store.search.find("水库", order="newest", limit=5, offset=many)
        assert all(hit.day.year == 2021 for hit in last.hits)


def test_count_counts_since_a_day(store: Store) -> None:
    """`count` counts all, or what was printed on a day or later."""
    assert store.search.count("和服") == 2
    assert store.search.count("和服", date(2024, 8, 1)) == 1
    assert store.search.count("") == 0


def test_matches_answers_for_given_articles(store: Store) -> None:
    """`matches` says which of the given articles a rule finds."""
    ids = [hit.article_id for hit in store.search.find("和服|理发").hits]
    assert store.search.matches("和服", ids) == {hit.article_id for hit in store.search.find("和服").hits}
    assert store.search.matches('"春节前后，芮城"', [1, 2]) == {1}
    assert store.search.matches("和服", []) == set()


def test_a_slow_query_is_cut_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long ends in a remark, and the next search is as good as ever."""
    with Store() as store:
        put(store, *(article(f"水库{n}", "水库大坝建成。" * 30) for n in range(300)))
        store.search.use(seconds=-1.0)
        monkeypatch.setattr("store.connection._STEPS_BETWEEN_LOOKS", 1)
        result = store.search.find("水库大坝")
        assert [remark.code for remark in result.remarks] == ["taking_too_long"]
        assert (store.search.count("水库"), store.search.facets("水库").papers) == (0, ())
        store.search.use()
        assert store.search.find("水库大坝").total == 300


def test_search_runs_on_a_connection_that_only_reads(tmp_path: Path) -> None:
    """A search has its own connection and does not wait for a write going on."""
    with Store(tmp_path / "baozhai.db") as store:
        fill(store)
        with store.transaction():
            put(store, article("水库", "水库。"), page=9)
            with reading(tmp_path / "baozhai.db") as search:
                assert search.find("理发").total == 1
                assert search.find("水库").total == 0


ALPHABET = "今天气好年a1B25.%+-，、“”·\n 𠮷發é"


@given(
    bodies=st.lists(st.text(ALPHABET, max_size=30), min_size=1, max_size=6),
    data=st.data(),
)
@settings(max_examples=80, deadline=None)
def test_every_part_of_a_text_finds_it(bodies: list[str], data: st.DataObject) -> None:
    """Any stretch of any text, between quotation marks, finds exactly the texts that have it."""
    with Store() as store:
        put(store, *(article("题", body) for body in bodies))
        body = data.draw(st.sampled_from(bodies))
        start = data.draw(st.integers(0, len(body)))
        part = body[start : start + data.draw(st.integers(1, 8))].strip()
        wanted = _plain(part).strip()
        if wanted:
            expected = {n + 1 for n, text in enumerate(bodies) if wanted in _plain(text)}
            assert store.search.matches(f'"{part}"', range(1, len(bodies) + 1)) == expected


def _plain(text: str) -> str:
    """What the test itself takes for equal, written without `fold`."""
    text = (
        unicodedata.normalize("NFKC", text).lower().replace("“", "''").replace("”", "''").replace("發", "发")
    )
    return " ".join(text.split())


PIECES = (
    *(
        "理发",
        "今天",
        "怡",
        "和服",
        "OR",
        "|",
        '"',
        "“",
        "-",
        " ",
        "  ",
        "地点:",
        "标题:",
        "日期:",
        "版:",
        "近7天",
    ),
    *(
        "2024-08",
        "..",
        "*",
        "(",
        ")",
        "^",
        "NEAR(",
        "NOT ",
        "AND ",
        "\x00",
        "\x1b",
        "\n",
        "，",
        ":",
        "+",
        "5.2%",
    ),
    *("C++", "𠮷", "\ud800", "%", "年", "1", "é", "\u202e"),
)


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)))
@settings(max_examples=600, deadline=None)
def test_no_query_raises(store: Store, query: str) -> None:
    """Whatever is typed is answered: operators, quotes, control characters, halves of surrogates."""
    result = store.search.find(query, today=TODAY)
    assert result.total >= len(result.hits)
    assert result.hits or result.remarks


@pytest.mark.slow
def test_no_query_of_a_hundred_thousand_raises(store: Store) -> None:
    """The same, at length."""
    chance = random.Random(1)
    for _ in range(100_000):
        query = "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        result = store.search.find(query, today=TODAY)
        assert result.hits or result.remarks


def test_places_not_there_are_no_hits(store: Store) -> None:
    """A place filter goes by what the articles are about, not by their text."""
    assert RUICHENG.name == "芮城县"
    assert set(titles(store.search.find("芮城"))) == {"今天天气真好"}


def test_many_hits_are_counted_by_how_dense_the_newest_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the number is an estimate and says so; below it is exact."""
    with Store() as store:
        put(store, *(article(f"{'水库' if n % 2 else '灯塔'}{n}", "好。") for n in range(400)))
        monkeypatch.setattr("store.search.ordering.MOST_COUNTED", 50)
        many = store.search.find("水库")
        assert not many.exact
        assert 180 <= many.total <= 220
        monkeypatch.undo()
        assert (store.search.find("水库").total, store.search.find("水库").exact) == (200, True)


def test_a_hit_in_the_byline_shows_the_byline(store: Store) -> None:
    """A reporter's name that is neither in title nor body is shown where it stands."""
    shown = {hit.title: hit.snippet for hit in store.search.find("曹欣怡").hits}
    assert shown["城市客厅迎来理发摊"] == (("记者 ", False), ("曹欣怡", True))
    assert ("曹欣怡", True) in shown["今天天气真好"]
