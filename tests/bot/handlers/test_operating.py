"""bot/handlers/operating.py: what operators see and do in Telegram."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.handlers import operating
from bot.handlers.exchange import Reply
from bot.messages.callbacks import Press
from store.database import Store
from store.models import Part
from tests.bot.builders import NOW, fill, request
from tests.bot.fakes import subscribe


@pytest.fixture
def store() -> Iterator[Store]:
    """Two days of a paper and three readers, one of them gone."""
    with Store(":memory:") as store:
        fill(store)
        for chat in (101, 102, 103):
            subscribe(store, chat, NOW)
        store.subscribers.gone(103, "blocked", NOW)
        yield store


def said(reply: Reply) -> str:
    """The text of a reply."""
    return "\n".join(part.html for part in (*reply.parts, *((reply.edit,) if reply.edit else ())))


def pressed(store: Store, action: str, *facts: str, admin: bool = True) -> Reply:
    """An operator's press."""
    answer = {"failed": operating.pressed_failed, "broadcast": operating.pressed_broadcast}[action]
    return answer(store, request(press=Press(action, facts), store=store, is_admin=admin))


def waiting(store: Store) -> list[str]:
    """The texts that wait."""
    return [
        row["html"]
        for row in store.db.rows(
            "SELECT html FROM outbox JOIN digest_messages ON digest_messages.id = message_id WHERE state = 'waiting'"
        )
    ]


@pytest.mark.parametrize(
    "answer", [operating.answer_stats, operating.answer_failed, operating.answer_broadcast]
)
def test_readers_get_none_of_it(store: Store, answer: operating.Answer) -> None:
    """One sentence, and nothing is done."""
    reply = answer(store, request(words="大家好", store=store))
    assert "管理员" in said(reply) or "operators" in said(reply)
    assert pressed(store, "broadcast", "send", "1", admin=False).alert
    assert waiting(store) == []


def test_stats_count_readers_papers_and_messages(store: Store) -> None:
    """And name what operators did lately."""
    store.acts.add(7, "broadcast send", "1", "2 rows", NOW)
    text = said(operating.answer_stats(store, request(store=store, is_admin=True)))
    assert "broadcast send 1 2 rows" in text and str(store.articles.count()) in text


def test_a_broadcast_is_shown_confirmed_and_sent_once_to_those_who_can_be_reached(store: Store) -> None:
    """Two presses send one message each; progress counts them; every act is written down."""
    preview = operating.answer_broadcast(
        store, request(words="今晚停机 <一小时>", store=store, is_admin=True)
    )
    assert "&lt;一小时&gt;" in said(preview) and waiting(store) == []
    pressed(store, "broadcast", "send", "1")
    assert pressed(store, "broadcast", "send", "1").alert
    assert len(waiting(store)) == 2 and all("今晚停机" in text for text in waiting(store))
    progress = said(operating.answer_broadcast(store, request(store=store, is_admin=True)))
    assert "待发 2" in progress or "waiting 2" in progress
    assert [act.act for act in store.acts.newest()] == ["broadcast send"]


def test_a_broadcast_can_be_taken_back_while_it_waits(store: Store) -> None:
    """What waits is not sent; a cancelled draft cannot be sent."""
    operating.answer_broadcast(store, request(words="甲", store=store, is_admin=True))
    pressed(store, "broadcast", "cancel", "1")
    assert pressed(store, "broadcast", "send", "1").alert
    operating.answer_broadcast(store, request(words="乙", store=store, is_admin=True))
    pressed(store, "broadcast", "send", "2")
    pressed(store, "broadcast", "cancel", "2")
    assert waiting(store) == []


def test_failed_messages_are_tried_again_or_given_up_but_never_a_digest(store: Store) -> None:
    """A digest's articles come with the next one; sending it again would double them."""
    reader = store.subscribers.by_chat(101)
    assert reader is not None
    for subject in ("甲", "乙"):
        store.outbox.enqueue(reader.id, "notice", subject, [Part(subject)], NOW)
    store.db.execute(
        "UPDATE outbox SET state = 'failed', reason = 'too long', kind = iif(id = 1, 'digest', 'notice')"
    )
    assert "too long" in said(operating.answer_failed(store, request(store=store, is_admin=True)))
    pressed(store, "failed", "retry")
    assert len(waiting(store)) == 1
    pressed(store, "failed", "drop")
    assert store.outbox.failed() == []
    assert [act.act for act in store.acts.newest()] == ["failed drop", "failed retry"]
