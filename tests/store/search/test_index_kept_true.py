"""The index says what the articles say: after changes, removals, roll-backs, rebuilding and migration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.connection import Connection
from store.database import Store
from store.schema import migrate, version
from store.search.sqlite import TABLES
from tests.store.search.papers import RUICHENG, article, fill, put


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every token of the index with its article, column and place."""
    found = {}
    for table in TABLES:
        store.db.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab('main', '{table}', 'instance')")
        rows = store.db.rows("SELECT term, doc, col, offset FROM temp.seen ORDER BY 2, 3, 4, 1")
        found[table] = [tuple(row) for row in rows]
        store.db.execute("DROP TABLE temp.seen")
    rows = store.db.rows("SELECT article_id, paper_id, day, more, labels FROM indexed_articles ORDER BY 1")
    found["indexed_articles"] = [tuple(row) for row in rows]
    return found


def codes(store: Store, *, deep: bool = True) -> set[str]:
    return {problem.code for problem in store.search.verify(deep=deep)}


def test_an_article_is_found_as_soon_as_it_is_stored() -> None:
    """Storing a page indexes it; nothing else has to be called."""
    with Store() as store:
        fill(store)
        assert store.search.find("理发").total == 1
        assert codes(store) == set()


def test_a_changed_article_leaves_no_ghost() -> None:
    """Words that are no longer in an article do not find it, and are in no table of the index."""
    with Store() as store:
        put(
            store,
            article("水库建成", "水库大坝昨天建成，灯塔也亮了。", places=(RUICHENG,), reporters=("曹欣怡",)),
        )
        put(store, article("水库建成", "水库大坝昨天建成，彩灯也亮了！"), edition="2")
        assert store.search.find("灯塔").total == 0
        assert store.search.find("地点:芮城").total == store.search.find("记者:曹欣怡").total == 0
        assert store.search.find("彩灯").total == 1
        seen = contents(store)
        assert not [term for table in TABLES for term, *_ in seen[table] if "塔" in term or "芮城" in term]
        assert codes(store) == set()


def test_a_removed_article_leaves_no_ghost() -> None:
    """An article no longer on its page leaves nothing behind in the index."""
    with Store() as store:
        put(store, article("灯塔", "灯塔亮了。"), article("水库", "水库建成。"))
        put(store, article("水库", "水库建成。"), edition="2")
        assert store.search.find("灯塔").total == 0
        assert not [term for term, *_ in contents(store)["article_bigrams"] if term == "灯塔"]
        assert codes(store) == set()


def test_what_is_rolled_back_is_not_indexed() -> None:
    """The index is written in the article's own transaction: both or neither."""
    with Store() as store:
        fill(store)
        before = contents(store)

        class Stop(Exception):
            pass

        with pytest.raises(Stop), store.transaction():
            put(store, article("灯塔", "灯塔。"), page=7)
            put(store, article("今天天气不好", "没有别的。"), edition="2")
            assert store.search.find("灯塔").total == 1
            raise Stop
        assert contents(store) == before
        assert store.search.find("灯塔").total == 0
        assert codes(store) == set()


@given(
    st.lists(
        st.lists(st.sampled_from(["水库建成", "灯塔亮了", "5.2%增长", "a-10试飞", "怡", "，"]), max_size=4),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_rebuilt_is_grown(editions: list[list[str]]) -> None:
    """However a page was corrected on the way, the index rebuilt is the index grown."""
    with Store() as store:
        for number, texts in enumerate(editions):
            put(store, *(article(text, text, "甲" + text) for text in texts), edition=str(number))
        grown = contents(store)
        assert codes(store) == set()
        count = store.search.rebuild()
        assert contents(store) == grown
        assert count == store.articles.count()


def test_rebuilding_mends_whatever_was_wrong() -> None:
    """`rebuild` needs nothing of the old index."""
    with Store() as store:
        fill(store)
        for table in TABLES:
            store.db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        store.db.execute("DELETE FROM indexed_articles")
        assert store.search.find("理发").total == 0
        assert store.search.rebuild() == 5
        assert store.search.find("理发").total == 1
        assert codes(store) == set()


@pytest.mark.parametrize(
    ("damage", "code", "deep"),
    [
        ("UPDATE articles SET body = '换了' WHERE id = 1", "changed_since", False),
        ("UPDATE articles SET removed_at = '2024-08-20' WHERE id = 1", "ghost", False),
        ("DELETE FROM indexed_articles WHERE article_id = 2", "not_indexed", False),
        ("DELETE FROM article_marks_docsize WHERE id = 2", "index_disagrees", False),
        ("UPDATE search_state SET value = 'other'", "folding_changed", False),
        (
            "INSERT INTO article_bigrams (article_bigrams, rowid, title, body, more, own)"
            " VALUES ('delete', 1, '今天 天天 天气 气真 真好', '', '', '')",
            "not_found_by_title",
            False,
        ),
        ("INSERT INTO article_bigrams (rowid, body) VALUES (99, '幽灵')", "ghost_words", True),
        (
            "INSERT INTO article_marks (article_marks, rowid, marks) VALUES ('delete', 1, '怡')",
            "words_differ",
            True,
        ),
    ],
)
def test_verify_finds_planted_damage(damage: str, code: str, deep: bool) -> None:
    """What is wrong with the index is named; all was well before."""
    with Store() as store:
        fill(store)
        assert codes(store, deep=deep) == set()
        store.db.execute(damage)
        found = store.search.verify(deep=deep)
        assert code in {problem.code for problem in found}
        assert all(problem.code in str(problem) for problem in found)


def test_an_article_changed_twice_before_the_index_follows() -> None:
    """The trigger keeps what is in the index, not what came in between."""
    with Store() as store:
        fill(store)
        store.db.execute("UPDATE articles SET body = '一次' WHERE id = 1")
        store.db.execute("UPDATE articles SET body = '两次' WHERE id = 1")
        store.search.reindex([1], [])
        assert codes(store) == set()
        assert store.search.find("两次").total == 1


def test_an_article_deleted_by_hand_can_be_taken_out() -> None:
    """Also a row that is gone altogether leaves the index by what the trigger kept of it."""
    with Store() as store:
        put(store, article("灯塔", "灯塔亮了。"))
        store.db.execute("DELETE FROM articles")
        assert codes(store, deep=False) >= {"ghost", "changed_since"}
        store.search.reindex([], [1])
        assert codes(store) == set()


def test_an_index_of_words_is_migrated(tmp_path: Path) -> None:
    """A database from before the bigrams finds afterwards what its words index could not."""
    old = Connection(tmp_path / "old.db")
    migrate(old, upto=2)
    old.execute("INSERT INTO papers VALUES (1, '青河日报', '')")
    old.execute("INSERT INTO editions VALUES (1, 1, '2024-08-15')")
    old.execute("INSERT INTO pages VALUES (1, 1, 1, '', 'text', '', '', 1, '1', '')")
    for number, removed in ((1, None), (2, "2024-08-16")):
        old.execute(
            "INSERT INTO articles VALUES (?, 1, ?, 'article', '', '今天天气真好', '', '', '曹欣怡来了。', 1, 1, 1, NULL, '', 1, '', '', ?)",
            [number, number, removed],
        )
    assert version(old) == 2
    old.close()
    with Store(tmp_path / "old.db") as store:
        assert store.search.find("今天").total == store.search.find("欣怡").total == 1
        assert store.db.rows("SELECT name FROM sqlite_master WHERE name LIKE 'article_words%'") == []
        assert codes(store) == set()
