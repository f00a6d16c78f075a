"""Readers by the dozen, and the program killed or stopped under them: every word is answered, none twice, nobody waits for
another. The program itself, over HTTP."""

from __future__ import annotations

import signal
import subprocess
import time as stopwatch
from pathlib import Path

import pytest

from store.database import Store
from tests.acceptance.program import PATIENCE_SECONDS, configuration, log_of, program, wait_until
from tests.botapi.server import BotApiServer, in_thread

IN_FLIGHT = 24
"""Answers that may be under way at the end of a process."""
UNTOLD = "没有送到"
"""The line to a reader whose answer was under way at the end of a process."""


def answers(server: BotApiServer, chat: int) -> list[str]:
    """What the bot said to a reader."""
    return [message.text for message in server.api.user(chat).got()]


def subscribe_all(server: BotApiServer, readers: int) -> range:
    """So many readers write /subscribe within a moment."""
    chats = range(1, readers + 1)
    for chat in chats:
        server.api.user(chat, language_code="zh-hans").send("/subscribe")
    return chats


def answered(server: BotApiServer, chats: range) -> int:
    """How many have heard anything."""
    return sum(bool(answers(server, chat)) for chat in chats)


def check(folder: Path, server: BotApiServer, chats: range, *, stops: int) -> None:
    """All subscribed and answered, nobody answered twice; only what was in flight may have brought the line besides."""
    with Store(folder / "baozhai.db") as store:
        assert store.subscribers.count(active=True) == len(chats)
        assert store.inbox.waiting() == 0
    told = 0
    for chat in chats:
        real = [text for text in answers(server, chat) if UNTOLD not in text]
        lines = len(answers(server, chat)) - len(real)
        told += lines
        assert len(real) <= 1, "answered twice"
        assert real or lines, "lost"
    assert told <= IN_FLIGHT * stops, "only what was being sent is in doubt"


def end(process: subprocess.Popen[bytes], server: BotApiServer, chats: range, how: signal.Signals) -> None:
    """End the program while most of the storm waits. Told to stop it begins nothing more: by events, for machines differ."""
    before = answered(server, chats)
    assert before < len(chats)
    process.send_signal(how)
    code = process.wait(PATIENCE_SECONDS)
    if how is signal.SIGKILL:
        return
    assert code == 0
    assert answered(server, chats) - before <= IN_FLIGHT, "it answered its queue before it obeyed"


@pytest.mark.parametrize(
    ("readers", "ends"),
    [
        (40, (signal.SIGKILL, signal.SIGTERM)),
        pytest.param(400, (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL), marks=pytest.mark.slow),
        pytest.param(400, (signal.SIGTERM,), marks=pytest.mark.slow),
    ],
)
def test_subscriptions_survive_every_end(
    tmp_path: Path, readers: int, ends: tuple[signal.Signals, ...]
) -> None:
    """Killed and stopped in the middle of the storm, started again each time: 0 lost, 0 answered twice."""
    with in_thread(second_opinion=False) as server:
        config = configuration(tmp_path, server)
        chats = subscribe_all(server, readers)
        for number, how in enumerate(ends, 1):
            with program(config, server) as process:
                wait_until(
                    lambda part=number: answered(server, chats) >= readers * part // (len(ends) + 3), process
                )
                end(process, server, chats, how)
        with program(config, server) as process, Store(tmp_path / "baozhai.db") as store:
            wait_until(
                lambda: (
                    answered(server, chats) == readers
                    and not server.api.updates.pending
                    and not store.inbox.waiting()
                ),
                process,
            )
        check(tmp_path, server, chats, stops=len(ends))
        assert "Traceback" not in log_of(config)


def end_at_once(process: subprocess.Popen[bytes], server: BotApiServer, folder: Path) -> None:
    """Two signals while an answer hangs: the code is the second one's."""
    server.faults.add("hang", method="sendMessage", times=None, seconds=60)
    server.api.user(600).send("/help")
    with Store(folder / "baozhai.db") as store:
        wait_until(lambda: store.db.value("SELECT count(*) FROM inbox WHERE state = 'answering'"), process)
    process.send_signal(signal.SIGTERM)
    stopwatch.sleep(0.2)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 128 + signal.SIGTERM


@pytest.mark.parametrize("messages", [100, pytest.param(1600, marks=pytest.mark.slow)])
def test_an_impatient_reader_and_an_impatient_operator(tmp_path: Path, messages: int) -> None:
    """Others are answered while the stormy chat has had its first few, and that one is told so, once. Then, whatever
    hangs, a second signal ends the program at once: whoever presses Ctrl-C twice means it."""
    with in_thread(second_opinion=False) as server:
        config = configuration(tmp_path, server)
        stormy, others = server.api.user(1, language_code="zh-hans"), range(2, 12)
        with program(config, server) as process:
            warm = server.api.user(500)
            warm.send("/help")
            wait_until(lambda: warm.got(), process)
            for _ in range(messages):
                stormy.send("/help")
            overtaken = []
            for chat in others:
                server.api.user(chat).send("/help")
                wait_until(lambda chat=chat: answers(server, chat), process)
                overtaken.append(len(answers(server, 1)))
            wait_until(lambda: any("太快" in text for text in answers(server, 1)), process)
            stopwatch.sleep(1.5)
            end_at_once(process, server, tmp_path)
        assert overtaken[0] <= 10, "the first of the others waited for the storm"
        got = answers(server, 1)
        assert sum("太快" in text for text in got) == 1 and len(got) <= 30
