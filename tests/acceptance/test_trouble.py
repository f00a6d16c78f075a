"""When things go wrong under a reader's hands: a sentence, never silence, never a trace in the chat."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from bot.handlers import conversation
from bot.handlers.services import SERVICES, Services
from bot.messages.callbacks import encode
from store.database import Store
from store.errors import StoreBusy
from tests.acceptance.conftest import House


def services(house: House) -> Services:
    """What the handlers of this house were given."""
    found = house.application.bot_data[SERVICES]
    assert isinstance(found, Services)
    return found


def give(house: House, **changes: object) -> None:
    """Give the handlers something else."""
    house.application.bot_data[SERVICES] = replace(services(house), **changes)  # type: ignore[arg-type]


async def test_markup_that_telegram_refuses_goes_out_as_plain_text(house: House) -> None:
    """Better without bold than not at all; the buttons stay."""
    reader = house.reader()
    house.server.faults.add("entities_too_long", method="sendMessage")
    (digest,) = await house.say(reader, "/digest")
    assert digest.text.startswith("📰 2026年3月5日") and not digest.entities and digest.buttons


async def test_who_blocks_the_bot_meanwhile_is_no_error(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer has nowhere to go; that is all."""
    reader = house.reader()
    house.server.faults.add("blocked", method="sendMessage")
    assert await house.say(reader, "/help") == []
    assert "ERROR" not in {record.levelname for record in caplog.records}


async def test_a_busy_database_is_said_so(house: House) -> None:
    """A backup holds the lock: please wait, not silence."""

    def busy() -> Store:
        raise StoreBusy

    give(house, open_store=busy)
    reader = house.reader()
    (answer,) = await house.say(reader, "理发")
    assert answer.text == "现在正忙，请过一会儿再试。"


async def test_an_error_of_ours_is_told_without_a_trace(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The reader gets a sentence, the press is answered, the log gets the cause and not the words."""
    reader = house.reader()
    (digest,) = await house.say(reader, "/digest")

    def broken() -> Store:
        raise RuntimeError("boom")

    give(house, open_store=broken)
    (answer,) = await house.say(reader, "秘密的词")
    assert "出了点问题" in answer.text and "boom" not in answer.text
    assert "出了点问题" in await house.press(reader, "按报纸", digest.message_id)
    assert "boom" in caplog.text and "秘密的词" not in caplog.text


async def test_a_slow_answer_shows_typing_first(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment the reader sees that somebody is at work; the press is answered before the work is done."""
    monkeypatch.setattr(conversation, "PATIENCE_SECONDS", 0.01)
    slow, path = threading.Event(), house.database

    def late() -> Store:
        slow.wait(10)
        return Store(path)

    give(house, open_store=late)
    reader = house.reader()
    act = house.server.api.call

    def watched(method: str, *values: object) -> object:
        if method == "sendChatAction":
            slow.set()
        return act(method, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(house.server.api, "call", watched)
    reader.send("/help")
    await house.settle()
    assert slow.is_set()
    assert house.latest(reader).text.startswith("怎么用")


async def test_an_edit_of_a_message_that_is_gone_becomes_a_new_one(house: House) -> None:
    """The press of a deleted message still brings what it promised; the same press twice changes nothing."""
    reader = house.reader()
    (digest,) = await house.say(reader, "/digest")
    data = encode("day", "2026-03-05", "p")
    await house.press(reader, data, digest.message_id, stale=True)
    await house.press(reader, data, digest.message_id, stale=True)
    assert len(reader.got()) == 1
    reader.clear()
    await house.press(reader, data, digest.message_id, stale=True)
    assert len(reader.got()) == 1 and reader.got()[0].message_id != digest.message_id
