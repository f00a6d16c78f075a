"""The bot as a process against Telegram: what an operator starts, watches and stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from store.database import Store
from tests.botapi.process import RemoteServer, in_process

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 400.0


@pytest.fixture(scope="module")
def server() -> Iterator[RemoteServer]:
    """A Bot API in a process of its own."""
    with in_process() as remote:
        yield remote


@contextmanager
def bot(
    folder: Path, server: RemoteServer, *, extra: str = "", **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """`baozhai run` with a token, its log in `folder`/log."""
    config = folder / "config.toml"
    config.write_text(
        f"[telegram]\nbase_url = '{server.base_url}'\nbase_file_url = '{server.base_file_url}'\n{extra}",
        encoding="utf-8",
    )
    with (folder / "log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--config", str(config), "run"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            text=True,
            cwd=ROOT,
            env={
                **os.environ,
                "BAOZHAI_TOKEN": server.token,
                "BAOZHAI_DATA": str(folder / "data"),
                "PYTHONUTF8": "1",
                **environment,
            },
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def log_of(folder: Path) -> str:
    """What the operator reads."""
    return (folder / "log").read_text(encoding="utf-8")


def until(condition, process: subprocess.Popen[str], folder: Path) -> None:
    """Wait for the process to have done something."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert process.poll() is None, log_of(folder)
        assert time.monotonic() < end, log_of(folder)
        time.sleep(0.05)


def stop(process: subprocess.Popen[str]) -> int:
    """SIGTERM, as a service manager sends it; the exit code within the promised ten seconds."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=200)


def answered(server: RemoteServer, user_id: int, text: str) -> bool:
    """Whether the bot sent the user a message with these words."""
    return any(message["from_bot"] and text in message["text"] for message in server.chat(user_id))


def test_bot_starts_answers_and_stops_on_sigterm_with_a_clean_log(
    tmp_path: Path, server: RemoteServer
) -> None:
    """Polling over real HTTP; neither token nor words of readers in the log."""
    server.users(501, language_code="zh-hans")
    with bot(tmp_path, server) as process:
        server.send(501, "/start")
        until(lambda: answered(server, 501, "报摘"), process, tmp_path)
        server.send(501, "只有我知道的词")
        until(lambda: answered(server, 501, "只有我知道的词"), process, tmp_path)
        assert stop(process) == 0
    log = log_of(tmp_path)
    assert "serves" in log and "delivery starts" in log and "Traceback" not in log
    assert server.token not in log and server.token.split(":")[1] not in log and "只有我知道的词" not in log
    assert server.state()["violations"] == []


def test_samples_are_put_aside_before_real_readers_come(tmp_path: Path, server: RemoteServer) -> None:
    """Who tried the bot in the terminal first does not send invented news to subscribers."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        input="/start\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        env={**os.environ, "BAOZHAI_TOKEN": "", "BAOZHAI_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    with bot(tmp_path, server) as process:
        until(lambda: "put aside" in log_of(tmp_path) and "serves" in log_of(tmp_path), process, tmp_path)
        assert stop(process) == 0
    with Store(tmp_path / "data" / "baozhai.db") as store:
        assert store.articles.count() == 0
    assert list((tmp_path / "data").glob("samples-*.db"))


def test_bot_waits_for_the_network_and_says_so(tmp_path: Path, server: RemoteServer) -> None:
    """No network at start is not an end; a signal ends the waiting at once."""
    nowhere = RemoteServer("http://127.0.0.1:9", server.token, server.client)
    with bot(tmp_path, nowhere) as process:
        until(lambda: "cannot be reached" in log_of(tmp_path), process, tmp_path)
        assert stop(process) == 0
    assert "Traceback" not in log_of(tmp_path)


def test_watched_folder_is_read_while_the_bot_runs(tmp_path: Path, server: RemoteServer) -> None:
    """A page put into the folder can be searched for without any command."""
    page = tmp_path / "pages" / "清水日报" / "2026-11-19" / "03.txt"
    page.parent.mkdir(parents=True)
    page.write_text(
        "村口修好了新桥\n\n本报讯（记者 甘雨田）清水村的新桥昨天通车，全村320户人家出行不再绕路。\n",
        encoding="utf-8",
    )
    with bot(tmp_path, server, extra=f"[data]\npages = '{tmp_path / 'pages'}'\n") as process:
        until(lambda: "03.txt: new" in log_of(tmp_path), process, tmp_path)
        server.users(502, language_code="zh-hans")
        server.send(502, "新桥")
        until(lambda: answered(server, 502, "村口修好了新桥"), process, tmp_path)
        assert stop(process) == 0


def test_webhook_mode_answers_and_has_a_health_path(tmp_path: Path, server: RemoteServer) -> None:
    """Updates come by HTTP with the secret; /health tells a load balancer how the bot is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder, extra = (
        tmp_path,
        f"mode = 'webhook'\n[webhook]\npublic_url = 'http://127.0.0.1:{port}'\nport = {port}\n",
    )
    server.users(503, language_code="zh-hans")
    with bot(folder, server, extra=extra, BAOZHAI_WEBHOOK_SECRET="only-telegram-knows-this") as process:
        until(lambda: "serves" in log_of(folder), process, folder)
        server.send(503, "/start")
        until(lambda: answered(server, 503, "报摘"), process, folder)
        assert httpx.post(f"http://127.0.0.1:{port}/telegram", json={"update_id": 1}).status_code == 403
        until(lambda: httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200, process, folder)
        assert stop(process) == 0
    assert "only-telegram-knows-this" not in log_of(folder)
