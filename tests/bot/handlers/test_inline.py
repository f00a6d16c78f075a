"""Inline cards: paging, lengths, what stands above them. The calls themselves: tests/acceptance/test_groups.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.handlers.inline import CARDS_A_PAGE, Page, page
from bot.texts.markup import shown
from store.database import Store
from tests.bot.builders import BOT, DAY, add_page, fill, parsed


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Two days of the paper, and forty-five articles on one thing."""
    with Store() as opened:
        fill(opened)
        for number in range(45):
            add_page(
                opened,
                DAY,
                10 + number,
                parsed(f"第{number:02}站<通水>&", f"闻喜第{number:02}站今天通水。" * 40),
            )
        yield opened


def typed(store: Store, query: str, offset: int = 0, language: str = "zh") -> Page:
    """The page for what was typed."""
    return page(store, query, offset, language=language, bot_username=BOT, today=DAY)


def test_pages_follow_each_other_and_end(store: Store) -> None:
    """Every article once, the last page has no next one."""
    seen: list[int] = []
    offset = 0
    for _ in range(3):
        found = typed(store, "通水", offset)
        seen += [card.article_id for card in found.cards]
        offset = found.following
    assert len(seen) == len(set(seen)) == 45 and offset == 0
    assert len(typed(store, "通水").cards) == CARDS_A_PAGE


def test_cards_are_short_and_their_markup_is_escaped(store: Store) -> None:
    """A card's message fits, angle brackets of a headline are text."""
    for card in typed(store, "通水").cards:
        assert len(card.below) <= 300 and len(shown(card.html)) < 1000
        assert "&lt;通水&gt;&amp;" in card.html and card.title.endswith("<通水>&")


def test_nothing_found_says_so_in_the_askers_language(store: Store) -> None:
    """A button above the empty list leads to the bot; beyond the last page there is none."""
    assert "没有找到" in typed(store, "没有这样的词语").button
    assert "ask Baozhai" in typed(store, "没有这样的词语", language="en").button
    assert typed(store, "通水", 900) == Page(())


def test_without_words_the_newest_papers_come_front_pages_first(store: Store) -> None:
    """What a chat would want to pass on this morning."""
    found = typed(store, "")
    assert found.cards[0].title.startswith("柳林渡口新桥通车") and "最新一期" in found.button
    with Store() as empty:
        assert typed(empty, "").cards == ()
