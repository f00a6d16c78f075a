"""The server as a process of its own, told and asked over /control."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def process() -> Iterator[tuple[str, str]]:
    """A server in a process: its URL and the bot's part of it."""
    command = [sys.executable, "-m", "tests.botapi.server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = json.loads(server.stdout.readline())
            yield said["url"], f"{said['url']}/bot{said['token']}"
        finally:
            server.terminate()


def test_a_process_is_told_and_asked(process: tuple[str, str]) -> None:
    """Readers, words, trouble, counts: all a crash test needs."""
    url, bot = process
    with httpx.Client() as client:
        client.post(f"{url}/control/users", json={"first": 1, "count": 500})
        client.post(f"{url}/control/send", json={"user_id": 7, "text": "/start"})
        (update,) = client.get(f"{bot}/getUpdates").json()["result"]
        assert update["message"]["text"] == "/start"
        client.post(f"{url}/control/faults", json={"kind": "reset_after", "chat_id": 7})
        keyboard = {"inline_keyboard": [[{"text": "后一天", "callback_data": "n"}]]}
        with pytest.raises(httpx.TransportError):
            client.post(f"{bot}/sendMessage", json={"chat_id": 7, "text": "一", "reply_markup": keyboard})
        client.post(f"{bot}/sendMessage", json={"chat_id": 8, "text": "二"})
        assert client.post(f"{url}/control/press", json={"user_id": 7, "button": "后一天"}).json()["query_id"]
        assert client.post(f"{url}/control/press", json={"user_id": 8, "button": "无"}).status_code == 404
        state = client.get(f"{url}/control/state").json()
        assert state["counts"] == {"7": 1, "8": 1} and state["violations"] == []
        assert [call["chat_id"] for call in state["unanswered"]] == [7]
        assert state["outcomes"] == {"sendMessage reset_after": 1, "sendMessage ok": 1}
        seen = client.get(f"{url}/control/chats/7").json()
        assert [(one["text"], one["from_bot"]) for one in seen] == [("/start", False), ("一", True)]
        client.post(f"{url}/control/limits", json={"chat_burst": 1})
        client.post(f"{bot}/sendMessage", json={"chat_id": 9, "text": "三"})
        assert client.post(f"{bot}/sendMessage", json={"chat_id": 9, "text": "四"}).status_code == 429
        client.post(f"{url}/control/limits", json={})
        client.post(f"{url}/control/token", json={"revoked": True})
        assert client.post(f"{bot}/getMe").status_code == 401
