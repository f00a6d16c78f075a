"""The program itself, `python -m bot run` over HTTP, killed in the middle of the morning's digests; then SIGTERM."""

from __future__ import annotations

import os
import subprocess
import sys
import time as stopwatch
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.database import Store
from store.instants import to_text
from tests.bot.fakes import add_page, subscribe
from tests.botapi.server import BotApiServer, in_thread

PROJECT = Path(__file__).resolve().parent.parent.parent
READERS = 40
CONFIG = """
[data]
folder = "{folder}"
[telegram]
base_url = "{base_url}"
base_file_url = "{base_file_url}"
[delivery]
messages_per_second = 200
chat_interval_seconds = 0
"""


def prepare(folder: Path, server: BotApiServer) -> Path:
    """A database with readers who are due now, and a configuration; its path."""
    now = datetime.now(UTC)
    with Store(folder / "baozhai.db") as store, store.transaction():
        add_page(
            store,
            now.date(),
            1,
            ["河湾县新桥通车", "清溪县水库蓄水", "集市迁往城东"],
            now - timedelta(minutes=10),
        )
        for chat in range(1, READERS + 1):
            server.api.user(chat).send("/start")
            subscribe(store, chat, now)
        at = to_text(now - timedelta(minutes=1))
        store.db.execute(
            "UPDATE subscribers SET promised_at = ?, next_due_at = ?, next_due_day = ?, delivered_upto = 0",
            [at, at, now.date().isoformat()],
        )
    server.api.updates.pending.clear()
    path = folder / "config.toml"
    path.write_text(
        CONFIG.format(folder=folder, base_url=server.base_url, base_file_url=server.base_file_url),
        encoding="utf-8",
    )
    return path


def start(config: Path, server: BotApiServer) -> subprocess.Popen[bytes]:
    """The program as an operator starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "--config", str(config), "run"],
        cwd=PROJECT,
        env={**os.environ, "BAOZHAI_TOKEN": server.token, "BAOZHAI_CONFIG": str(config)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )


def wait_until(condition: object, process: subprocess.Popen[bytes], seconds: float = 400) -> None:
    """Look every few milliseconds; the process must live."""
    assert callable(condition)
    end = stopwatch.monotonic() + seconds
    while not condition():
        assert process.poll() is None, f"the program ended with {process.returncode}"
        assert stopwatch.monotonic() < end, "too long"
        stopwatch.sleep(0.002)


def test_program_killed_twice_and_stopped_once_delivers_to_everybody_once(tmp_path: Path) -> None:
    """After 5 and after 20 messages SIGKILL; then all arrive; then SIGTERM ends it."""
    with in_thread(second_opinion=False) as server:
        config = prepare(tmp_path, server)
        before = 0
        for kill_at in (5, 20):
            process = start(config, server)
            try:
                wait_until(lambda at=kill_at: len(server.sent()) >= at, process)
            finally:
                process.kill()
                process.wait()
            assert len(server.sent()) > before
            before = len(server.sent())
        process = start(config, server)
        try:
            with Store(tmp_path / "baozhai.db") as store:
                wait_until(
                    lambda: store.outbox.counts().waiting + store.outbox.counts().sending == 0, process
                )
                counts = store.outbox.counts()
        finally:
            process.terminate()
            assert process.wait(400) == 0
        assert counts.sent + counts.uncertain == READERS and counts.failed == 0
        got = server.counts()
        assert max(got.values()) == 1, "nobody got it twice"
        assert READERS - len(got) <= counts.uncertain, "who did not get it is among the uncertain"
        # A killed client leaves a server that cannot answer it; all else would be the bot's fault.
        assert [one for one in server.violations if "Connection lost" not in one] == []
