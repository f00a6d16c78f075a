"""Is it in the paper? Measured on sixty forwarded notices; what is said where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.handlers import inpaper
from store.database import Store
from tests.bot.builders import DAY, add_page, fill, parsed, request
from tests.bot.handlers.forwarded import ABSENT, PRINTED


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Two days of the paper, and the twenty notices."""
    with Store() as opened:
        fill(opened)
        for number, one in enumerate(PRINTED):
            add_page(opened, DAY, 20 + number, parsed(one.title, one.body))
        yield opened


def asked(store: Store, text: str) -> str:
    """What the reader is told."""
    return inpaper.answer(store, request(words=text, store=store)).parts[0].html


def test_sixty_forwarded_notices(store: Store) -> None:
    """Found ≥ .95, altered facts shown ≥ .90, false alarms ≤ .05; what no paper has is not found."""
    found = shown = alarms = invented = 0
    wrong: list[str] = []
    for one in PRINTED:
        right = asked(store, one.said)
        is_found, alarmed = one.title in right, "不同" in right
        found += is_found
        alarms += alarmed
        altered = asked(store, one.said.replace(*one.altered))
        is_shown = one.title in altered and "不同" in altered and one.altered[1] in altered
        found += one.title in altered
        shown += is_shown
        if not is_found or alarmed or not is_shown:
            wrong.append(f"{one.title}: {right} / {altered}")
    for text in ABSENT:
        there = "没有找到" not in asked(store, text)
        invented += there
        if there:
            wrong.append(text)
    assert found >= 38, wrong
    assert shown >= 18, wrong
    assert alarms <= 1 and invented <= 1, wrong


def test_both_sentences_stand_side_by_side_and_nobody_is_called_a_liar(store: Store) -> None:
    """Forwarded, printed, the source; no true or false."""
    one = PRINTED[0]
    html = asked(store, one.said.replace(*one.altered))
    assert "转来：" in html and "报上：因更换主管道" in html and "日期不同（3月8日）" in html
    assert not any(word in html for word in ("真的", "假的", "谣言", "属实"))


def test_nothing_found_offers_to_tell_later(store: Store) -> None:
    """In the words of the question; with a button that keeps the promise."""
    reply = inpaper.answer(store, request(words=ABSENT[3], store=store))
    assert "近30天的报上没有找到这件事" in reply.parts[0].html
    assert reply.parts[0].buttons[0][0].text.startswith("⏳ 有了告诉我")


def test_old_papers_do_not_count(store: Store) -> None:
    """What was printed two months ago is another thing."""
    add_page(
        store, date(2025, 12, 20), 3, parsed("旧闻", "腊月里南门外的冰雕展十天卖出门票四万张，收入归敬老院。")
    )
    assert "没有找到" in asked(store, "南门外的冰雕展十天卖出门票四万张，收入归敬老院，大家快看看")


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("托管班", False),
        ("地点:芮城 党群服务中心 日期:2024-08 还有别的什么词语", False),
        (PRINTED[0].said, True),
    ],
)
def test_long_text_is_pasted_text(text: str, pasted: bool) -> None:
    """Twenty-five characters, and none of the search's own marks."""
    assert inpaper.looks_pasted(text) is pasted
