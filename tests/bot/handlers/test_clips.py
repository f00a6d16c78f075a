"""/clips and the weekly clipping, as a reader meets them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from bot.arrivals.clipping import send_clippings
from bot.handlers import clips, follow, words
from bot.handlers.exchange import Reply
from bot.messages.callbacks import decode
from bot.texts.markup import shown
from store.database import Store
from store.models.delivery import Part
from tests.bot.builders import BOT, DAY, NOW, add_page, fill, parsed, request

MONDAY = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai


@pytest.fixture
def store() -> Iterator[Store]:
    """Two days of the paper, and a reader whose place is 芮城县."""
    with Store() as opened:
        fill(opened)
        one = opened.subscribers.seen(1000, "zh", NOW)
        opened.subscribers.save(replace(one, profile=replace(one.profile, places=("芮城县",))), NOW)
        yield opened


def ask(store: Store, text: str) -> Part:
    """The answer to a text that was said."""
    (part,) = words.answer(store, request(text, store=store)).parts
    return part


def press(store: Store, part: Part, label: str, *, chat_id: int = 1000) -> Reply:
    """What comes of the button that begins with these words."""
    from bot.handlers import PRESSES

    button = next(one for row in part.buttons for one in row if one.text.startswith(label))
    found = decode(button.data)
    assert found is not None, label
    return PRESSES[found.action][0](store, request(press=found, store=store, chat_id=chat_id))


def test_clipping_counts_and_lists_in_order(store: Store) -> None:
    """「见报 芮城」 as it is typed: how many, which papers, front pages, a line each with its source and reporter."""
    text = shown(ask(store, "见报 芮城").html)
    assert "芮城 见报" in text and "2月27日—3月5日" in text and "3篇（汾北日报3；头版2）" in text
    assert text.index("合龙") < text.index("新桥通车") < text.index("理发店")
    assert "3月5日 《汾北日报》1版　柳林渡口新桥通车　记者 邵一鸣" in text


def test_without_words_the_readers_own_are_offered(store: Store) -> None:
    """A button for the place; it opens the clipping."""
    part = ask(store, "见报")
    opened = press(store, part, "芮城县").edit
    assert opened is not None and "3篇" in opened.html
    stranger = clips.answer(store, request()).parts[0]
    assert "/clips 夏县" in stranger.html


def test_files_carry_the_same_articles(store: Store) -> None:
    """.docx with the full text, .csv with a row each; names say what and when."""
    part = ask(store, "见报 芮城县 本周")
    document = press(store, part, "📄").document
    assert document is not None and document.name == "芮城县-20260302-20260305.docx"
    text = zipfile.ZipFile(BytesIO(document.content)).read("word/document.xml").decode()
    assert "理发师傅葛长顺" in text
    table = press(store, part, "📊").document
    assert table is not None and table.content.decode("utf-8-sig").count("\n") == 4


def test_long_clipping_has_pages(store: Store) -> None:
    """Twenty lines a page, each article on exactly one."""
    for number in range(45):
        add_page(
            store,
            DAY,
            10 + number,
            parsed(f"第{number:02}站通水", f"闻喜县第{number:02}站通水。", place="闻喜县"),
        )
    seen: list[str] = []
    part = ask(store, "见报 闻喜县")
    for _ in range(3):
        seen += [line for line in shown(part.html).splitlines() if "站通水" in line]
        if any(one.text.startswith("下一页") for row in part.buttons for one in row):
            turned = press(store, part, "下一页").edit
            assert turned is not None
            part = turned
    assert len(seen) == len(set(seen)) == 45 and "第 3/3 页" in part.html


def test_nothing_printed_is_said_and_leads_back(store: Store) -> None:
    """The seven days before are a press away."""
    part = ask(store, "见报 绛县")
    assert "没有 绛县" in part.html
    earlier = press(store, part, "‹ 前七天").edit
    assert earlier is not None and "2月20日—2月26日" in earlier.html


def test_buttons_of_others_and_forged_days_open_nothing(store: Store) -> None:
    """A session belongs to its chat; days are checked."""
    part = ask(store, "见报 芮城县")
    assert press(store, part, "📄", chat_id=2000).document is None
    found = decode(part.buttons[0][0].data)
    assert found is not None
    forged = request(press=replace(found, facts=(found.fact(0), "20260231", "20260301", "docx")), store=store)
    assert clips.pressed_file(store, forged).alert


def test_weekly_comes_on_monday_once_and_can_be_ended(store: Store) -> None:
    """At the reader's own hour, last week's; told again next Monday; the list of followed things ends it."""
    press(store, ask(store, "见报 芮城县"), "🗓 每周一送我")
    assert send_clippings(store, NOW, bot_username=lambda: BOT) == 0
    early = MONDAY - timedelta(hours=1)
    assert send_clippings(store, early, bot_username=lambda: BOT) == 0
    assert send_clippings(store, MONDAY, bot_username=lambda: BOT) == 1
    assert send_clippings(store, MONDAY, bot_username=lambda: BOT) == 0
    (mail,) = store.outbox.next(MONDAY, 9)
    html = store.mailings.message(mail.message_id).html
    assert "3月2日—3月8日" in html and "3篇" in html
    late = MONDAY + timedelta(days=9)  # the bot stood still on Monday
    assert send_clippings(store, late, bot_username=lambda: BOT) == 1
    (listed,) = follow.answer_following(store, request(store=store)).parts
    ended = press(store, listed, "✖️ 不用每周送了").edit
    assert ended is not None and "📎" not in ended.html
    assert send_clippings(store, late + timedelta(days=7), bot_username=lambda: BOT) == 0


def test_pause_and_block_keep_the_weekly_back(store: Store) -> None:
    """Nothing in a pause, nothing to who cannot be reached; /forget leaves no order."""
    press(store, ask(store, "见报 芮城县"), "🗓 每周一送我")
    one = store.subscribers.by_chat(1000)
    assert one is not None
    paused = replace(one.timetable, paused_until=DAY + timedelta(days=30))
    store.subscribers.save(replace(one, timetable=paused), NOW)
    assert send_clippings(store, MONDAY, bot_username=lambda: BOT) == 0
    store.subscribers.save(one, NOW)
    store.subscribers.gone(1000, "blocked", NOW)
    assert send_clippings(store, MONDAY + timedelta(days=7), bot_username=lambda: BOT) == 0
    store.subscribers.forget(1000)
    assert store.clippings.before(DAY + timedelta(days=99)) == []
