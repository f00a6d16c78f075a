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
PATIENCE_SECONDS = 600.0
SECRET_WORDS = "只有我知道的词"


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
    """SIGTERM, as a service manager sends it; the exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=200)


def answered(server: RemoteServer, user_id: int, text: str) -> bool:
    """Whether the bot sent the user a message with these words."""
    return any(message["from_bot"] and text in message["text"] for message in server.chat(user_id))


def ingested_the_samples(folder: Path) -> None:
    """Somebody tried the program with the invented samples before there was a token: they are in the database now."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", str(ROOT / "samples")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        env={**os.environ, "BAOZHAI_TOKEN": "", "BAOZHAI_DATA": str(folder / "data"), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr


def test_bot_from_the_first_visit_to_sigterm(tmp_path: Path, server: RemoteServer) -> None:
    """One process, for a start is dear: samples are put aside before real readers come, it answers over real HTTP, it reads
    a watched folder without any command, and SIGTERM ends it with neither token nor words of readers in the log."""
    ingested_the_samples(tmp_path)
    page = tmp_path / "pages" / "清水日报" / "2026-11-19" / "03.txt"
    page.parent.mkdir(parents=True)
    page.write_text(
        "村口修好了新桥\n\n本报讯（记者 甘雨田）清水村的新桥昨天通车，全村320户人家出行不再绕路。\n",
        encoding="utf-8",
    )
    server.users(501, language_code="zh-hans")
    with bot(tmp_path, server, extra=f"[data]\npages = '{tmp_path / 'pages'}'\n") as process:
        until(lambda: "put aside" in log_of(tmp_path) and "serves" in log_of(tmp_path), process, tmp_path)
        for text, answer in (("/start", "报摘"), (SECRET_WORDS, SECRET_WORDS)):
            server.send(501, text)
            until(lambda answer=answer: answered(server, 501, answer), process, tmp_path)
        until(lambda: "03.txt: new" in log_of(tmp_path), process, tmp_path)
        server.send(501, "新桥")
        until(lambda: answered(server, 501, "村口修好了新桥"), process, tmp_path)
        assert stop(process) == 0
    [aside] = (tmp_path / "data").glob("samples-*.db")
    with Store(aside) as samples, Store(tmp_path / "data" / "baozhai.db") as store:
        assert samples.articles.count() > 1 and store.articles.count() == 1
    log = log_of(tmp_path)
    assert "delivery starts" in log and "Traceback" not in log
    assert server.token not in log and server.token.split(":")[1] not in log and SECRET_WORDS not in log
    assert server.state()["violations"] == []


def test_bot_waits_for_the_network_and_says_so(tmp_path: Path, server: RemoteServer) -> None:
    """No network at start is not an end; a signal ends the waiting at once."""
    nowhere = RemoteServer("http://127.0.0.1:9", server.token, server.client)
    with bot(tmp_path, nowhere) as process:
        until(lambda: "cannot be reached" in log_of(tmp_path), process, tmp_path)
        assert stop(process) == 0
    assert "Traceback" not in log_of(tmp_path)


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
