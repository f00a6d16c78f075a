"""The order an editor would give the first hits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store.search.ranking import Candidate, order, stands_as_word


@pytest.mark.parametrize(
    ("text", "term", "is_word"),
    [
        ("展出和服四十件", "和服", True),
        ("产品和服务都好", "和服", False),
        ("产品和服务，还有和服展", "和服", True),
        ("", "和服", False),
        ("使用C++编写", "C++", True),
        ("全市养老服务点十处", "养老服务", True),
    ],
)
def test_stands_as_word_looks_at_the_neighbours(text: str, term: str, is_word: bool) -> None:
    """A term is a word where jieba begins and ends one; signs are not asked."""
    assert stands_as_word(text, term) is is_word


def reader(candidates: Sequence[Candidate], asked: list[int]) -> object:
    by_id = {candidate.article_id: candidate for candidate in candidates}

    def read(ids: Sequence[int]) -> list[Candidate]:
        asked.extend(ids)
        return [by_id[article_id] for article_id in ids]

    return read


def test_order_puts_words_then_titles_first() -> None:
    """Words before chance neighbours, then title before lead before the rest; else the index's order."""
    far = "别的事情。" * 30
    candidates = [
        Candidate(1, "产品和服务", "产品和服务"),
        Candidate(2, "展览", far + "和服很美"),
        Candidate(3, "展览", "和服很美"),
        Candidate(4, "和服展", far),
        Candidate(5, "展览", far + "和服不少"),
    ]
    assert order([1, 2, 3, 4, 5], reader(candidates, []), ["和服"], needed=5) == [4, 3, 2, 5, 1]  # type: ignore[arg-type]


def test_order_reads_no_more_than_needed() -> None:
    """When the first handful is good, the rest is not even read."""
    candidates = [Candidate(n, "和服", "") for n in range(50)]
    asked: list[int] = []
    assert order(range(50), reader(candidates, asked), ["和服"], needed=10) == list(range(50))  # type: ignore[arg-type]
    assert len(asked) < 50


def test_a_longer_list_begins_like_a_shorter_one() -> None:
    """However many are needed, the list is the same as far as it goes."""
    texts = ["产品和服务", "和服展", "展出和服", "和服务有关"]
    candidates = [Candidate(n, texts[n * 7 % 4], texts[n * 3 % 4]) for n in range(50)]
    whole = order(range(50), reader(candidates, []), ["和服"], needed=50)  # type: ignore[arg-type]
    for needed in (1, 5, 10, 20):
        assert order(range(50), reader(candidates, []), ["和服"], needed=needed)[:needed] == whole[:needed]  # type: ignore[arg-type]
