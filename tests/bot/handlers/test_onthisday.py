"""那年今日: earlier years' papers of the same day, the reader's places first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.handlers import onthisday, words
from bot.texts.markup import shown
from store.database import Store
from tests.bot.builders import NOW, add_page, fill, parsed, request


@pytest.fixture
def store() -> Iterator[Store]:
    """The paper of this year, of the same day in 2025 and 2023, and of the day beside it."""
    with Store() as opened:
        fill(opened)
        lines = [parsed(f"第{number}条旧闻", f"第{number}条旧闻的正文。") for number in range(4)]
        add_page(opened, date(2025, 3, 5), 1, *lines)
        add_page(opened, date(2025, 3, 5), 2, parsed("芮城旧闻", "芮城的一件旧事。", place="芮城县"))
        add_page(opened, date(2023, 3, 5), 1, parsed("三年前的桥", "三年前桥开工。"))
        add_page(opened, date(2025, 3, 6), 1, parsed("第二天的事", "不是这一天。"))
        yield opened


def test_earlier_years_newest_first(store: Store) -> None:
    """「那年今日」 as it is typed: each year with its foremost articles, a button that opens the day."""
    (part,) = words.answer(store, request("那年今日", store=store)).parts
    text = shown(part.html)
    assert (
        text.index("2025年（1年前）")
        < text.index("第0条旧闻")
        < text.index("2023年（3年前）")
        < text.index("三年前的桥")
    )
    assert (
        "第3条旧闻" not in text
        and "那天共5篇" in text
        and "第二天的事" not in text
        and "新桥通车" not in text
    )
    assert [button.text for button in part.buttons[0]] == ["📰 2025年", "📰 2023年"]


def test_the_readers_places_come_first(store: Store) -> None:
    """Page 2 before page 1 where it is home."""
    one = store.subscribers.seen(1000, "zh", NOW)
    store.subscribers.save(replace(one, profile=replace(one.profile, places=("芮城县",))), NOW)
    (part,) = onthisday.answer(store, request(store=store)).parts
    text = shown(part.html)
    assert text.index("芮城旧闻") < text.index("第0条旧闻")


def test_another_day_and_none(store: Store) -> None:
    """A day may be named; where there is nothing yet, the oldest paper is; nonsense is asked about."""
    (other,) = onthisday.answer(store, request("3月6日", store=store)).parts
    assert "第二天的事" in other.html
    (nothing,) = onthisday.answer(store, request("1月2日", store=store)).parts
    assert "还没有" in nothing.html and "2023年3月5日" in nothing.html
    (odd,) = onthisday.answer(store, request("桥", store=store)).parts
    assert "看不出是哪一天" in odd.html
    with Store() as empty:
        assert "等有了" in onthisday.answer(empty, request()).parts[0].html
