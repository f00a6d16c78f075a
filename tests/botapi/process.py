"""The server in a process of its own, for tests and benchmarks that kill the bot's process or share no core with it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class RemoteServer:
    """A server elsewhere, told and asked over /control (see control.py)."""

    url: str
    token: str
    client: httpx.Client

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"{self.url}/file/bot"

    def state(self) -> dict[str, Any]:
        """Violations, counts per chat (keys are text), unanswered calls, outcomes."""
        told: dict[str, Any] = self._read(self.client.get("/control/state"))
        return told

    def chat(self, chat_id: int) -> list[dict[str, Any]]:
        """The messages of a chat as its reader sees them."""
        seen: list[dict[str, Any]] = self._read(self.client.get(f"/control/chats/{chat_id}"))
        return seen

    def users(self, first: int, count: int = 1, **facts: Any) -> None:
        """Make readers."""
        self._read(self.client.post("/control/users", json={"first": first, "count": count, **facts}))

    def send(self, user_id: int, text: str) -> int:
        """A reader writes; the message id."""
        return int(
            self._read(self.client.post("/control/send", json={"user_id": user_id, "text": text}))[
                "message_id"
            ]
        )

    def press(self, user_id: int, button: int | str, message_id: int | None = None) -> str:
        """A reader presses; the query id."""
        facts = {"user_id": user_id, "button": button, "message_id": message_id}
        return str(self._read(self.client.post("/control/press", json=facts))["query_id"])

    def fault(self, kind: str, **facts: Any) -> None:
        """Set a trouble (see faults.py)."""
        self._read(self.client.post("/control/faults", json={"kind": kind, **facts}))

    def mend(self) -> None:
        """End all trouble."""
        self._read(self.client.delete("/control/faults"))

    def limits(self, **limits: Any) -> None:
        """Set flood limits (see limits.py); without any they are lifted."""
        self._read(self.client.post("/control/limits", json=limits))

    def revoke(self, revoked: bool = True) -> None:
        """Take the token away, or give it back."""
        self._read(self.client.post("/control/token", json={"revoked": revoked}))

    @staticmethod
    def _read(answer: httpx.Response) -> Any:
        answer.raise_for_status()
        return answer.json()


@contextlib.contextmanager
def in_process(*, port: int = 0, limited: bool = False) -> Iterator[RemoteServer]:
    """A server in a process of its own, ended with the block; `limited` has Telegram's flood limits."""
    command = [
        sys.executable,
        "-m",
        "tests.botapi.server",
        "--port",
        str(port),
        *(["--limited"] if limited else []),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = json.loads(server.stdout.readline())
            with httpx.Client(base_url=said["url"], timeout=300) as client:
                yield RemoteServer(said["url"], said["token"], client)
        finally:
            server.terminate()
