"""Plans as SQL."""

from __future__ import annotations

import pytest

from store.database import Store
from store.search.plan import All, Any, Ids, Mark, Nothing, Phrase, Plan, Read, of_text
from store.search.sql import condition, match, quoted, simplify
from tests.store.search.papers import article, put

A, B, C = Phrase(("今天",)), Phrase(("天气",)), Phrase(("水库",))
M = Mark("怡")


def test_quoted_leaves_no_syntax() -> None:
    """FTS5 takes everything within for plain characters."""
    assert quoted('a"b* OR') == '"a""b* OR"'


def test_one_table_gets_one_match() -> None:
    """What FTS5 can walk in step stands in one MATCH."""
    found = condition(All((A, B), (C,)))
    assert found is not None
    assert (found.table, found.sql) == ("article_bigrams", "article_bigrams MATCH ?")
    assert found.parameters == ['(("今天" AND "天气") NOT ("水库"))']


@pytest.mark.parametrize(
    ("plan", "simple"),
    [
        (All((A, Nothing())), Nothing()),
        (Any((A, Nothing())), A),
        (Any((Nothing(),)), Nothing()),
        (All((A,)), A),
        (All((All((A,), (B,)), C)), All((A, C), (B,))),
        (Any((Any((A, B)), C, A)), Any((A, B, C))),
        (All((A,), (Nothing(),)), A),
    ],
)
def test_simplify_drops_what_cannot_matter(plan: Plan, simple: Plan) -> None:
    """Nothing is drawn out, and nesting made flat."""
    assert simplify(plan) == simple


def test_what_is_to_be_read_is_no_sql() -> None:
    """A Read that was not answered is a mistake of the caller, not an empty result."""
    with pytest.raises(TypeError):
        condition(Read(A, "今天"))
    with pytest.raises(TypeError):
        match(Ids(frozenset({1})))


@pytest.mark.parametrize(
    ("plan", "ids"),
    [
        (All((A, M)), {1}),
        (Any((A, M)), {1, 2, 3}),
        (All((A,), (M,)), {2}),
        (All((M,), (A,)), {3}),
        (Any((All((A, M)), C)), {1, 4}),
        (All((Any((A, M)), Ids(frozenset({2, 3, 4})))), {2, 3}),
        (Ids(frozenset({4})), {4}),
        (All((A,), (Any((M, C)),)), {2}),
        (All((Ids(frozenset({1, 2})),), (M,)), {2}),
        (All((M, Any((A, C)))), {1}),
        (Mark("怡", "title"), {3}),
        (Phrase(("今天",), "title"), {2}),
        (Phrase(("今天",), "heading"), {2}),
        (Nothing(), set()),
    ],
)
def test_plans_over_several_tables_find_their_articles(plan: Plan, ids: set[int]) -> None:
    """And, or and not mean the same whichever tables answer."""
    with Store() as store:
        put(store, article("一", "今天怡"), article("今天", "二"), article("怡", "三"), article("四", "水库"))
        index = store.search.index
        assert set(index.newest(plan, limit=9, upto=9)) == ids
        assert index.count(plan, upto=9) == len(ids)
        assert index.among(plan, [1, 2, 3, 4]) == ids
        assert set(index.best(plan, limit=9, upto=9)) == ids
        assert index.newest(plan, limit=9, upto=0) == []


class _Runs:
    """Runs of signs known to a pretended index."""

    def __init__(self, *runs: str) -> None:
        self.runs = runs

    def containing(self, part: str, limit: int) -> list[str]:
        return [run for run in self.runs if part in run][:limit]

    def starting(self, part: str, limit: int) -> list[str]:
        return [run for run in self.runs if run.startswith(part)][:limit]

    def ending(self, part: str, limit: int) -> list[str]:
        return [run for run in self.runs if run.endswith(part)][:limit]


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("今天天", Phrase(("今天", "天天"))),
        ("怡", M),
        ("5年", Phrase(("5年",))),
        ("25年", Any((Phrase(("2025", "5年")), Phrase(("125", "5年"))))),
        ("25", Any((Phrase(("2025",)), Phrase(("125",))))),
        ("年20", Phrase(("年2", "2025"))),
        ("2", Mark("2")),
        ("x9", Nothing()),
        ("x9年", Nothing()),
        ("今天,天气", Read(Phrase(("今天", "天气")), "今天,天气")),
        ("5 年", Read(All((Mark("5"), Mark("年"))), "5 年")),
    ],
)
def test_a_text_becomes_the_tokens_it_must_have(text: str, plan: Plan) -> None:
    """Parts of runs stand for the runs known; what tokens cannot tell is read."""
    assert of_text(text, _Runs("2025", "125")) == plan


def test_too_many_runs_are_read_instead() -> None:
    """A part of hundreds of numbers is looked up by its marks, or the texts are read."""
    runs = _Runs(*(f"{n}25{n}" for n in range(300)), *(f"{n}25" for n in range(300)))
    assert of_text("25", runs) == Mark("25")
    assert isinstance(of_text("25年", runs), Read)
