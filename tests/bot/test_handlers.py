"""Handlers as functions from a request to a reply, over a store in memory: what is awkward to reach over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handlers import PRESSES, article, digest, doubt, follow, subscribe
from bot.handlers.commands import COMMANDS
from bot.handlers.operators import exported
from bot.handlers.words import nearest_command
from bot.messages import compose_digest
from bot.messages.callbacks import Press, decode
from digests.day.builder import build_delivery
from store.database import Store
from store.models import Part
from store.models.delivery import Button
from tests.bot.builders import BOT, DAY, NOW, fill, request


@pytest.fixture
def store() -> Iterator[Store]:
    """Two days of the paper."""
    with Store(":memory:") as store:
        fill(store)
        yield store


@pytest.mark.parametrize("action", sorted(PRESSES))
def test_any_facts_of_a_button_are_answered(store: Store, action: str) -> None:
    """Callback data can be forged: no exception, and something that the presser sees."""
    answer, _ = PRESSES[action]
    for facts in [(), ("x",), ("999999",), ("1", "9" * 30, "x", "-1"), ("2026-03-05", "zz", "before", "99")]:
        reply = answer(store, request(press=Press(action, facts), store=store))
        assert reply.toast or reply.edit or reply.parts or reply.buttons is not None, facts


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_answers_in_an_empty_database(command: object) -> None:
    """The first minutes of a new installation, for a stranger in each language."""
    with Store(":memory:") as empty:
        for language in ("zh-hans", "en"):
            reply = command.answer(empty, request(telegram_language=language, is_admin=True))  # type: ignore[attr-defined]
            assert reply.parts or reply.document


def test_the_reason_of_an_article_is_the_rule_that_brought_it(store: Store) -> None:
    """A followed word before a place, a place before a paper; each offers to end it."""
    follow.keep(store, request(), "新桥", "follow")
    reply = article.pressed_why(store, request(press=Press("why", ("3",)), store=store))
    assert reply.toast == "因为您关注了「新桥」。" and reply.alert
    assert reply.buttons and reply.buttons[0][0].text == "✖️ 新桥"
    other = article.pressed_why(store, request(press=Press("why", ("4",)), store=store))
    assert "您没有限定报纸和地方" in other.toast


def test_a_paper_named_after_digest_narrows_it(store: Store) -> None:
    """/digest 汾北 昨天, in any order; a word that is neither gets a sentence."""
    reply = digest.answer(store, request("昨天 汾北"))
    assert "2026年3月4日" in reply.parts[0].html
    assert "看不出" in digest.answer(store, request("芮城")).parts[0].html


def test_doubtful_messages_are_asked_about_and_settled_by_their_reader_only(store: Store) -> None:
    """「再发一次」 puts the row back; another reader's press changes nothing."""
    reader = store.subscribers.seen(1000, "zh", NOW)
    store.outbox.enqueue(reader.id, "notice", "test", [Part("x", ((Button("y", "1|leave"),),))], NOW)
    (mail,) = store.outbox.claim(store.outbox.next(NOW, 1), NOW)
    store.outbox.recover(NOW + timedelta(minutes=1))
    asked = digest.answer(store, request(store=store)).parts[-1]
    assert "不知道您收到没有" in asked.html and asked.buttons[0][1].text == "再发一次"
    store.subscribers.seen(2000, "zh", NOW)
    stranger = request(press=Press("again", (str(mail.id),)), chat_id=2000, store=None)
    doubt.pressed_again(store, stranger)
    assert store.outbox.counts().uncertain == 1
    doubt.pressed_again(store, request(press=Press("again", (str(mail.id),)), store=store))
    assert store.outbox.counts().waiting == 1


def test_subscribing_twice_is_once(store: Store) -> None:
    """The second time says so."""
    subscribe.answer(store, request())
    assert "已经订了" in subscribe.answer(store, request(store=store)).parts[0].html
    assert store.subscribers.count(active=True) == 1


def test_unsubscribing_keeps_the_settings(store: Store) -> None:
    """Nothing is due any more; what was chosen stays."""
    subscribe.answer(store, request())
    follow.keep(store, request(), "新桥", "follow")
    subscribe.answer_unsubscribe(store, request(store=store))
    reader = store.subscribers.by_chat(1000)
    assert (
        reader is not None
        and not reader.active
        and reader.next_due_at is None
        and reader.profile.follows == ("新桥",)
    )
    assert "还没有订阅" in subscribe.answer_unsubscribe(store, request(store=store)).parts[0].html


def test_the_nearest_command_is_found_or_none() -> None:
    """Operators' commands are for operators."""
    assert nearest_command("serch") == "search" and nearest_command("sub") == "subscribe"
    assert nearest_command("zzzz") is None and nearest_command("healt") != "health"
    assert nearest_command("healt", admin=True) == "health"


def test_exported_labels_name_nobody(store: Store) -> None:
    """The file for the parser has page and lines, not who said so."""
    reader = store.subscribers.seen(987654321, "zh", NOW)
    store.labels.add(1, "cut", subscriber_id=reader.id, now=NOW)
    text = exported(store.labels.all())
    assert '"kind": "cut"' in text and "987654321" not in text and "subscriber" not in text


def test_votes_of_a_forged_day_are_refused(store: Store) -> None:
    """Not a date: nothing is written."""
    digest.pressed_vote(store, request(press=Press("vote", ("x", "1"))))
    assert store.labels.votes(DAY) == (0, 0)


def test_what_is_followed_is_not_muted_and_the_other_way_round(store: Store) -> None:
    """The last word counts, and a muted rule rings no more."""
    follow.keep(store, request(), "芮城", "follow", rings=True)
    follow.keep(store, request(), "芮城", "mute")
    reader = store.subscribers.by_chat(1000)
    assert reader is not None and (reader.profile.follows, reader.profile.mutes) == ((), ("芮城",))
    assert store.follows.listeners() == {}
    follow.keep(store, request(), "芮城", "follow")
    reader = store.subscribers.by_chat(1000)
    assert reader is not None and (reader.profile.follows, reader.profile.mutes) == (("芮城",), ())


def test_rules_have_a_limit(store: Store) -> None:
    """The fifty-first is refused with a sentence, wherever it comes from."""
    for number in range(50):
        assert follow.keep(store, request(), f"词{number}", "follow")
    assert not follow.keep(store, request(), "再来一个", "follow")
    assert "最多 50 条" in follow.answer(store, request("再来一个", store=store)).parts[0].html


def test_a_digest_that_was_sent_is_regrouped_as_it_was(store: Store) -> None:
    """Also when its day had no papers of its own; a stranger's settings are not shown to others."""
    follow.keep(store, request(), "新桥", "follow")
    mine = request(store=store)
    sent = build_delivery(store, profile=mine.profile, after=0, upto=99, day=DAY + timedelta(days=1), now=NOW)
    parts = compose_digest(sent, language="zh", length="summaries", bot_username=BOT)
    press = decode(next(one.data for row in parts[-1].buttons for one in row if one.text == "按地方"))
    assert press is not None
    again = digest.pressed_digest(store, replace(mine, press=press)).edit
    assert again is not None and "2026年3月6日" in again.html and "关注：新桥" in again.html
    other = digest.pressed_digest(store, request(press=press, chat_id=2000)).edit
    assert other is not None and "新桥" in other.html and "关注：新桥" not in other.html
