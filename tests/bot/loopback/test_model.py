"""The door of the model, updates, and who can be written to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.loopback.errors import Refused
from bot.loopback.model import BotApi


def send(api: BotApi, chat_id: int, text: str = "一") -> Any:
    """Send to `chat_id`."""
    return api.call("sendMessage", {"chat_id": chat_id, "text": text})


def refused(api: BotApi, chat_id: int) -> str:
    """The refusal a message to `chat_id` meets."""
    with pytest.raises(Refused) as caught:
        send(api, chat_id)
    return str(caught.value)


def test_an_unknown_method_is_404(api: BotApi) -> None:
    """And names ignore case."""
    with pytest.raises(Refused, match="404 Not Found: method not found"):
        api.call("logOut")
    assert api.call("GETME")["username"] == "baozhai_bot"


def test_readers_can_be_out_of_reach(api: BotApi) -> None:
    """Unknown, never started, blocked, deleted: each in Telegram's words."""
    assert refused(api, 1) == "400 Bad Request: chat not found"
    stranger = api.user(2, started=False)
    assert refused(api, 2) == "403 Forbidden: bot can't initiate conversation with a user"
    stranger.start()
    send(api, 2)
    stranger.block()
    assert refused(api, 2) == "403 Forbidden: bot was blocked by the user"
    stranger.unblock()
    send(api, 2)
    stranger.deactivate()
    assert refused(api, 2) == "403 Forbidden: user is deactivated"


def test_blocking_tells_the_bot(api: BotApi) -> None:
    """my_chat_member, once for each change; writing again unblocks first."""
    reader = api.user(7)
    reader.block()
    reader.block()
    reader.send("我回来了")
    updates = api.call("getUpdates", {})
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_groups_can_shut_the_bot_out(api: BotApi) -> None:
    """Kicked, left, silenced, migrated."""
    group = api.group(-5)
    send(api, -5)
    group.silence()
    assert "not enough rights" in refused(api, -5)
    group.silence(False)
    group.bot_becomes("kicked")
    assert refused(api, -5) == "403 Forbidden: bot was kicked from the supergroup chat"
    group.bot_becomes("left")
    assert "bot is not a member" in refused(api, -5)
    group.bot_becomes("member")
    group.migrate(-6)
    with pytest.raises(Refused) as caught:
        send(api, -5)
    assert caught.value.error.parameters == {"migrate_to_chat_id": -6}
    send(api, -6)


def test_in_a_group_the_bot_hears_what_concerns_it(api: BotApi) -> None:
    """Privacy mode: commands (not another bot's), mentions, replies to it."""
    group, reader = api.group(-5), api.user(7)
    group.add(reader)
    own = send(api, -5)["message_id"]
    reader.send("大家好", chat_id=-5)
    reader.send("/digest", chat_id=-5)
    reader.send("/digest@other_bot", chat_id=-5)
    reader.send("/digest@baozhai_bot", chat_id=-5)
    reader.send("问 @baozhai_bot", chat_id=-5)
    reader.send("谢谢", chat_id=-5, reply_to=own)
    heard = [update["message"]["text"] for update in api.call("getUpdates", {})]
    assert heard == ["/digest", "/digest@baozhai_bot", "问 @baozhai_bot", "谢谢"]


def test_updates_are_kept_until_confirmed(api: BotApi) -> None:
    """Offset confirms what lies before it; a negative one keeps the last."""
    reader = api.user(7)
    for text in ("一", "二", "三"):
        reader.send(text)
    first = api.call("getUpdates", {"limit": 2})
    assert [update["message"]["text"] for update in first] == ["一", "二"]
    assert len(api.call("getUpdates", {})) == 3
    rest = api.call("getUpdates", {"offset": first[1]["update_id"] + 1})
    assert [update["message"]["text"] for update in rest] == ["三"]
    reader.send("四")
    reader.send("五")
    assert [update["message"]["text"] for update in api.call("getUpdates", {"offset": -1})] == ["五"]


def test_allowed_updates_persist(api: BotApi) -> None:
    """Once named, only these kinds come; what was queued before stays."""
    reader = api.user(7)
    reader.send("一")
    api.call("getUpdates", {"allowed_updates": '["callback_query"]'})
    reader.send("二")
    assert len(api.call("getUpdates", {})) == 1
    api.call("getUpdates", {"allowed_updates": []})
    reader.send("三")
    assert len(api.call("getUpdates", {})) == 2


def test_with_a_webhook_polling_is_a_conflict(api: BotApi) -> None:
    """Until deleteWebhook; a plain http address far away is refused."""
    with pytest.raises(Refused, match="HTTPS URL must be provided"):
        api.call("setWebhook", {"url": "http://example.com/x"})
    api.call("setWebhook", {"url": "https://example.com/x", "secret_token": "abc"})
    with pytest.raises(Refused, match="409 Conflict: can't use getUpdates method while webhook is active"):
        api.call("getUpdates", {})
    assert api.call("getWebhookInfo")["url"] == "https://example.com/x"
    api.call("deleteWebhook", {})
    assert api.call("getUpdates", {}) == []
