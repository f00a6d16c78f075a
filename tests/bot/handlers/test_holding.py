"""bot/handlers/holding.py: sending paused, chats shut out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.handlers import holding
from bot.handlers.exchange import Reply
from bot.handlers.operating import Answer
from bot.health import examine
from bot.messages.callbacks import Press
from store.database import Store
from store.models import Part
from store.models.inbox import Arrived
from tests.bot.builders import NOW, request
from tests.bot.fakes import subscribe

CHAT = 424242


@pytest.fixture
def store() -> Iterator[Store]:
    """A reader with a message that waits."""
    with Store(":memory:") as store:
        reader = subscribe(store, CHAT, NOW)
        store.outbox.enqueue(reader, "notice", "甲", [Part("甲")], NOW)
        yield store


def said(reply: Reply) -> str:
    """The text of a reply."""
    return "\n".join(part.html for part in (*reply.parts, *((reply.edit,) if reply.edit else ())))


def ask(store: Store, answer: Answer, words: str = "", *facts: str) -> Reply:
    """An operator's command or press."""
    return answer(store, request(words=words, press=Press("x", facts), store=store, is_admin=True))


def arrived(number: int, chat: int = CHAT) -> Arrived:
    """A message as Telegram hands it over."""
    return Arrived(number, chat, f"{{{number}}}", asks=True)


def test_while_paused_nothing_is_sent_and_nothing_is_lost(store: Store) -> None:
    """/health says so in place of the lag; the button sends again; both acts are written down."""
    ask(store, holding.answer_pause)
    later = NOW + timedelta(hours=2)
    assert store.outbox.next(later, 5) == [] and store.outbox.next_at() is None
    problems = " ".join(examine(store, later).problems)
    assert "paused" in problems and "late" not in problems
    assert "起就暂停了" in said(ask(store, holding.answer_pause))
    assert ask(store, holding.pressed_resume).posts
    assert len(store.outbox.next(later, 5)) == 1 and "paused" not in " ".join(examine(store, later).problems)
    assert [act.act for act in store.acts.newest()] == ["resume", "pause"]


def test_a_blocked_chat_is_neither_answered_nor_served_until_it_is_let_in(store: Store) -> None:
    """What it sends is not kept at all; unblocked, its subscription goes on."""
    store.inbox.keep([arrived(number) for number in range(6)], NOW)
    assert str(CHAT) in said(ask(store, holding.answer_block)), "named as busy"
    ask(store, holding.answer_block, str(CHAT))
    store.inbox.keep([arrived(9), arrived(10, chat=7)], NOW)
    assert store.inbox.waiting() == 1, "only the other chat's"
    assert store.db.value("SELECT count(*) FROM inbox WHERE queue = ? OR body LIKE '%9%'", [CHAT]) == 0
    assert store.outbox.next(NOW + timedelta(days=1), 5) == [] and store.subscribers.count(active=True) == 0
    assert str(CHAT) in str(ask(store, holding.answer_block).parts[0].buttons)
    ask(store, holding.pressed_unblock, "", str(CHAT))
    store.inbox.keep([arrived(11)], NOW)
    assert store.inbox.waiting() == 2 and store.subscribers.count(active=True) == 1
    assert [act.act for act in store.acts.newest()] == ["unblock", "block"]


@pytest.mark.parametrize("words", ["abc", "0", "--5", "9" * 30, "１２"])
def test_what_is_no_chat_is_not_blocked(store: Store, words: str) -> None:
    """A sentence, and nobody is shut out; nor can operators shut themselves out."""
    assert "用法" in said(ask(store, holding.answer_block, words))
    own = request(store=store, is_admin=True).user_id
    assert "您自己" in said(ask(store, holding.answer_block, str(own)))
    assert store.blocks.all() == []


def test_readers_get_none_of_it(store: Store) -> None:
    """One sentence, and nothing is done."""
    for answer in (holding.answer_pause, holding.answer_block):
        assert "管理员" in said(answer(store, request(words=str(CHAT), store=store)))
    assert holding.pressed_unblock(store, request(press=Press("unblock", ("1",)), store=store)).alert
    assert store.holds.paused_since() is None and store.blocks.all() == []
