"""The bot's face: commands, descriptions, members."""

from __future__ import annotations

from typing import Any

import pytest

from bot.loopback.errors import Refused
from bot.loopback.model import BotApi


def test_commands_are_kept_per_scope_and_language(api: BotApi) -> None:
    """Chinese beside the default, groups beside private chats."""
    help_command = [{"command": "help", "description": "Help"}]
    api.call("setMyCommands", {"commands": help_command})
    api.call(
        "setMyCommands", {"commands": [{"command": "help", "description": "帮助"}], "language_code": "zh"}
    )
    scope = {"type": "all_group_chats"}
    assert api.call("getMyCommands", {})[0]["description"] == "Help"
    assert api.call("getMyCommands", {"language_code": "zh"})[0]["description"] == "帮助"
    assert api.call("getMyCommands", {"scope": scope}) == []


@pytest.mark.parametrize(
    ("method", "values", "complaint"),
    [
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "help", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x"}] * 101},
            "too many bot commands",
        ),
        ("setMyCommands", {"commands": [], "language_code": "zh-hans"}, "invalid language code"),
        ("setMyDescription", {"description": "长" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "长" * 121}, "bot short description is too long"),
        (
            "setWebhook",
            {"url": "https://a.com", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
    ],
)
def test_a_bad_profile_is_refused(api: BotApi, method: str, values: dict[str, Any], complaint: str) -> None:
    """The documented limits."""
    with pytest.raises(Refused) as caught:
        api.call(method, values)
    assert complaint in caught.value.error.description


def test_descriptions_fall_back_to_the_default(api: BotApi) -> None:
    """A language without its own text shows the default."""
    api.call("setMyDescription", {"description": "English"})
    api.call("setMyDescription", {"description": "中文", "language_code": "zh"})
    assert api.call("getMyDescription", {"language_code": "zh"}) == {"description": "中文"}
    assert api.call("getMyDescription", {"language_code": "fr"}) == {"description": "English"}


def test_members_have_their_standing(api: BotApi) -> None:
    """Asked anew each time: rights can be lost."""
    group, reader = api.group(-5), api.user(7)
    group.add(reader, "administrator")
    asked = {"chat_id": -5, "user_id": 7}
    assert api.call("getChatMember", asked)["status"] == "administrator"
    assert [member["user"]["id"] for member in api.call("getChatAdministrators", {"chat_id": -5})] == [7]
    group.add(reader)
    assert api.call("getChatMember", asked)["status"] == "member"
    assert api.call("getChatMember", {"chat_id": -5, "user_id": 8})["status"] == "left"
