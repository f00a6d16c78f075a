"""Pages that operators send: shown, mended with buttons, stored once when confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.handlers.exchange import Reply, Request
from bot.handlers.uploads import answer_upload, is_page, pressed_upload
from bot.messages.callbacks import decode
from store.database import Store
from store.models.delivery import Part

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
DAY = date(2026, 11, 26)
TEXT = "苇桥镇新修水渠通水\n\n本报讯（记者 温若谷）苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水。\n"


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store(":memory:") as opened:
        yield opened


def request(*, admin: bool = True, words: str = "", data: str = "") -> Request:
    """An operator's message or press."""
    press = decode(data)
    assert press is not None or not data
    facts = {"press": press} if press else {}
    return Request(
        chat_id=1,
        user_id=7,
        now=NOW,
        bot_username="b",
        is_admin=admin,
        words=words,
        telegram_language="en",
        **facts,
    )  # type: ignore[arg-type]


def send(
    store: Store, name: str = "苇河日报-2026-11-26-B03.txt", *, text: str = TEXT, words: str = ""
) -> Part:
    """What a file is answered with."""
    return answer_upload(store, request(words=words), name=name, content=text.encode()).parts[0]


def press(store: Store, part: Part, words: str, *, admin: bool = True) -> Reply:
    """The reply to the button with these words."""
    (data,) = [button.data for row in part.buttons for button in row if button.text == words]
    return pressed_upload(store, request(data=data, admin=admin))


def test_page_is_shown_and_stored_when_confirmed(store: Store) -> None:
    """Nothing is stored before; a second press is told that it was done."""
    part = send(store)
    assert "《苇河日报》" in part.html and "page B03" in part.html and "苇桥镇新修水渠通水" in part.html
    assert store.articles.on(DAY) == []
    reply = press(store, part, "Store")
    assert reply.edit is not None and "B03" in reply.edit.html
    assert [(one.paper, one.page_name) for one in store.articles.on(DAY)] == [("苇河日报", "B03")]
    assert press(store, part, "Store").alert
    assert len(store.articles.on(DAY)) == 1


def test_place_is_mended_with_buttons(store: Store) -> None:
    """Paper from those that are known, day and page by steps."""
    first = send(store)
    press(store, first, "Store")
    part = send(store, "scan.txt", text=TEXT.replace("水渠", "水塔"))
    assert "《？》" in part.html
    assert press(store, part, "Store").alert
    for words in ("《苇河日报》", "◀ Day before", "Page +1", "Page +1", "Page −1"):
        reply = press(store, part, words)
        assert reply.edit is not None
    assert "《苇河日报》" in reply.edit.html and "page 1" in reply.edit.html
    press(store, reply.edit, "Store")
    assert [(one.paper, one.day, one.page) for one in store.articles.on(date(2026, 11, 25))] == [
        ("苇河日报", date(2026, 11, 25), 1)
    ]


def test_words_beside_the_file_say_where_it_belongs(store: Store) -> None:
    """报名 日期 版次, before what the name says."""
    part = send(store, "IMG_2041.txt", words="霜岭晚报 2026-11-25 A02")
    assert "《霜岭晚报》" in part.html and "page A02" in part.html


def test_discarded_page_is_not_stored(store: Store) -> None:
    """And its file is gone."""
    part = send(store)
    press(store, part, "Discard")
    assert press(store, part, "Store").alert
    assert store.articles.on(DAY) == []


def test_only_operators_may_send_and_confirm(store: Store) -> None:
    """Everybody else is told that it is not theirs, and nothing changes."""
    part = send(store)
    assert press(store, part, "Store", admin=False).alert
    assert store.articles.on(DAY) == []
    refused = answer_upload(store, request(admin=False), name="a.txt", content=TEXT.encode())
    assert not refused.parts[0].buttons


def test_file_that_cannot_be_read_is_answered_with_a_sentence(store: Store) -> None:
    """A picture without the means to read it, a damaged file."""
    for name in ("photo.xyz", "a.docx"):
        part = answer_upload(store, request(), name=name, content=b"x").parts[0]
        assert name in part.html and not part.buttons


def test_short_text_is_a_question_and_no_page() -> None:
    """Operators search too."""
    assert not is_page("夏县 医保")
    assert not is_page("长" * 500)
    assert is_page("苇河日报 2026-11-26 B03\n" + TEXT * 4)
    assert is_page(TEXT * 30)


def test_pasted_notice_is_a_question_and_no_page() -> None:
    """Long, with a day and a sender, but no page: it is answered with what the papers have on it."""
    notice = (
        "停水通知\n因管网检修，2026年11月28日8时至17时苇桥镇停水。\n"
        + "请居民提前储水，注意安全，不便之处敬请谅解。\n" * 8
    )
    assert len(notice) >= 200
    assert not is_page(notice)
