"""What is a documented call, by the facts."""

from __future__ import annotations

from typing import Any

import pytest

from bot.loopback.model import BotApi
from tests.botapi import strict


def test_the_model_knows_only_documented_methods(api: BotApi) -> None:
    """And every method of the facts is one the model answers."""
    assert set(api._methods) == {name.lower() for name in strict.facts()["methods"]}
    assert strict.method_named("SENDmessage") == "sendMessage" and strict.method_named("logOut") is None


@pytest.mark.parametrize(
    "values",
    [
        {"chat_id": "7", "text": "5", "disable_notification": "true"},
        {
            "chat_id": 7,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "copy_text": {"text": "b"}}]]},
        },
        {"chat_id": "@channel", "text": "x", "reply_markup": '{"remove_keyboard": true}'},
        {"chat_id": 7, "text": "x", "link_preview_options": '{"is_disabled": true}'},
    ],
)
def test_a_good_call_passes(values: dict[str, Any]) -> None:
    """Native values and text forms alike."""
    assert strict.wrong("sendMessage", values, {}) == []


@pytest.mark.parametrize(
    ("method", "values", "files", "complaint"),
    [
        ("sendMessage", {"chat_id": 7.5, "text": "x"}, {}, "chat_id: expected"),
        ("sendMessage", {"chat_id": 7, "text": "x", "message_thread_id": "a"}, {}, "expected Integer"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {}}, {}, "needs"),
        ("sendMessage", {"chat_id": 7, "text": "x"}, {"photo": b""}, "file under unknown name 'photo'"),
        ("sendMessage", {"chat_id": 7}, {"text": b""}, "text takes no file"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, {}, "BotCommand needs 'description'"),
        ("setMyCommands", {"commands": {"command": "a"}}, {}, "expected Array of BotCommand"),
        ("getUpdates", {"timeout": True}, {}, "expected Integer, not bool"),
    ],
)
def test_a_bad_call_is_named(
    method: str, values: dict[str, Any], files: dict[str, Any], complaint: str
) -> None:
    """Deep into objects."""
    assert complaint in "\n".join(strict.wrong(method, values, files))
