"""The server as a process of its own, told and asked over /control."""

from __future__ import annotations

import httpx
import pytest

from tests.botapi.process import in_process


def test_a_process_is_told_and_asked() -> None:
    """Readers, words, trouble, counts: all a crash test needs."""
    with in_process() as server, httpx.Client(base_url=f"{server.base_url}{server.token}/") as bot:
        server.users(1, 500)
        server.send(7, "/start")
        (update,) = bot.get("getUpdates").json()["result"]
        assert update["message"]["text"] == "/start"
        server.fault("reset_after", chat_id=7)
        keyboard = {"inline_keyboard": [[{"text": "后一天", "callback_data": "n"}]]}
        with pytest.raises(httpx.TransportError):
            bot.post("sendMessage", json={"chat_id": 7, "text": "一", "reply_markup": keyboard})
        bot.post("sendMessage", json={"chat_id": 8, "text": "二"})
        assert server.press(7, "后一天")
        with pytest.raises(httpx.HTTPStatusError):
            server.press(8, "无")
        state = server.state()
        assert state["counts"] == {"7": 1, "8": 1} and state["violations"] == []
        assert [call["chat_id"] for call in state["unanswered"]] == [7]
        assert state["outcomes"] == {"sendMessage reset_after": 1, "sendMessage ok": 1}
        assert [(one["text"], one["from_bot"]) for one in server.chat(7)] == [("/start", False), ("一", True)]
        server.limits(chat_burst=1)
        bot.post("sendMessage", json={"chat_id": 9, "text": "三"})
        assert bot.post("sendMessage", json={"chat_id": 9, "text": "四"}).status_code == 429
        server.limits()
        server.fault("blocked", times=None)
        assert bot.post("sendMessage", json={"chat_id": 9, "text": "五"}).status_code == 403
        server.mend()
        assert bot.post("sendMessage", json={"chat_id": 9, "text": "五"}).status_code == 200
        server.revoke()
        assert bot.post("getMe").status_code == 401
