"""A followed rule is edited where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.handlers import PRESSES, follow, words
from bot.handlers.exchange import Reply
from bot.messages.callbacks import Press, decode
from store.database import Store
from store.models.delivery import Part
from tests.bot.builders import NOW, fill, request


@pytest.fixture
def store() -> Iterator[Store]:
    """A reader who follows 理发 (ringing) and 图书车, and mutes 羊肉."""
    with Store() as opened:
        fill(opened)
        follow.keep(opened, request(), "理发", "follow", rings=True)
        follow.keep(opened, request(), "图书车", "follow")
        follow.keep(opened, request(), "羊肉", "mute")
        yield opened


def press(store: Store, part: Part, label: str, row: int = 0) -> Reply:
    """What comes of the button that begins with these words, the `row`-th of them."""
    buttons = [one for line in part.buttons for one in line if one.text.startswith(label)]
    found = decode(buttons[row].data)
    assert found is not None
    return PRESSES[found.action][0](store, request(press=found, store=store))


def listed(store: Store) -> Part:
    """/following"""
    return follow.answer_following(store, request(store=store)).parts[0]


def test_rule_is_rewritten_in_its_place_and_rings_as_before(store: Store) -> None:
    """Asked, answered, first in the list as it was, with its bell; the next text is a search again."""
    asked = press(store, listed(store), "✏️").edit
    assert asked is not None and "<code>理发</code>" in asked.html
    (done,) = words.answer(store, request("理发|葛长顺 -培训", store=store)).parts
    assert "“理发”改成了 <b>理发|葛长顺 -培训</b>：近30天命中 1 条" in done.html
    reader = store.subscribers.by_chat(1000)
    assert reader is not None and reader.profile.follows == ("理发|葛长顺 -培训", "图书车")
    assert store.follows.alerting(reader.id) == ("理发|葛长顺 -培训",)
    assert words.answer(store, request("图书车", store=store)).parts[0].html.startswith("🔎")


def test_what_is_no_rule_is_asked_again_and_can_be_cancelled(store: Store) -> None:
    """Nothing is lost meanwhile; after 取消 the next text is a search."""
    press(store, listed(store), "✏️", 1)
    (again,) = words.answer(store, request("-培训", store=store)).parts
    assert "只写了不要的词" in again.html
    press(store, again, "取消")
    assert words.answer(store, request("理发", store=store)).parts[0].html.startswith("🔎")
    reader = store.subscribers.by_chat(1000)
    assert reader is not None and reader.profile.follows == ("理发", "图书车")


def test_muted_rule_is_rewritten_and_twins_are_refused(store: Store) -> None:
    """A mute stays a mute; what is there already is not there twice; an old button says that the rule is gone."""
    press(store, listed(store), "✏️", 2)
    words.answer(store, request("羊肉 价格", store=store))
    press(store, listed(store), "✏️", 0)
    assert "已经关注了" in words.answer(store, request("图书车", store=store)).parts[0].html
    reader = store.subscribers.by_chat(1000)
    assert reader is not None
    assert reader.profile.mutes == ("价格 羊肉",) and reader.profile.follows == ("理发", "图书车")
    gone = PRESSES["reword"][0](store, request(press=Press("reword", ("abc", "follow")), store=store))
    assert gone.toast == "这一条已经不在了。" and gone.edit is not None
    assert store.searches.answered(1000, 1000, now=NOW) is None
