"""/week: counted, compared, a press away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.handlers import PRESSES, words
from bot.messages.callbacks import decode
from bot.texts.markup import shown
from store.database import Store
from store.models.delivery import Part
from tests.bot.builders import DAY, add_page, fill, parsed, request


@pytest.fixture
def store() -> Iterator[Store]:
    """A week with three reports on water pipes in 临猗县, after four weeks of school sports."""
    with Store() as opened:
        fill(opened)
        for week in range(1, 5):
            day = DAY - timedelta(days=7 * week)
            for number in range(2):
                add_page(
                    opened,
                    day,
                    number + 1,
                    parsed("县运动会开幕", "学生运动会开幕，跑步跳绳都有。", place="平陆县"),
                )
        for number in range(3):
            add_page(
                opened,
                DAY - timedelta(days=2),
                20 + number,
                parsed(
                    f"第{number}村换水管",
                    f"临猗县第{number}村换了自来水管，运动会以前通水。",
                    place="临猗县",
                ),
            )
        yield opened


def ask(store: Store) -> Part:
    """「这一周」 as it is typed."""
    (part,) = words.answer(store, request("这一周", store=store)).parts
    return part


def test_places_by_count_and_words_by_surprise(store: Store) -> None:
    """临猗县 leads with four; the pipes come before the sports that are always there; averages are of four weeks."""
    text = shown(ask(store).html)
    assert "2月27日—3月5日" in text and "12篇" in text
    assert "临猗县　4篇（前四周平均0篇）" in text and "平陆县" not in text
    told = text.split("词\n")[1]
    assert "水管" in told and (
        "运动会" not in told or told.index("水管") < told.index("运动会　3篇（前四周平均2篇）")
    )


def test_a_press_shows_the_articles(store: Store) -> None:
    """The search of these seven days."""
    part = ask(store)
    button = part.buttons[0][0]
    found = decode(button.data)
    assert found is not None and button.text == "临猗县"
    (results,) = PRESSES[found.action][0](store, request(press=found, store=store)).parts
    assert "4 条" in results.html


def test_young_archive_is_not_compared_and_an_empty_one_says_so() -> None:
    """Two days of papers have no average, and no words: there is nothing that they could be more than."""
    with Store() as young:
        assert "等有了" in ask(young).html
        fill(young)
        text = shown(ask(young).html)
        assert "9篇" in text and "前四周" not in text and "\n词\n" not in text
