"""Readers by the dozen, and the program killed or stopped under them: every word is answered, none twice, nobody waits for
another. The program itself, over HTTP."""

from __future__ import annotations

import signal
import time as stopwatch
from pathlib import Path

import pytest

from bot.serving import LONGEST_STOP_SECONDS
from store.database import Store
from tests.acceptance.program import configuration, log_of, program, wait_until
from tests.botapi.server import BotApiServer, in_thread

STOP_SECONDS = 10.0
"""What a service manager waits before it kills."""
SLOW_MACHINE_SECONDS = 50.0
"""What a machine may take besides until a process hears of a signal and is gone."""
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
    assert told <= 24 * stops, "only what was being sent is in doubt"


@pytest.mark.parametrize(("readers", "kills"), [(40, 1), pytest.param(400, 3, marks=pytest.mark.slow)])
def test_subscriptions_survive_kill_9(tmp_path: Path, readers: int, kills: int) -> None:
    """Killed in the middle of the storm, started again: 0 lost, 0 answered twice."""
    with in_thread(second_opinion=False) as server:
        config = configuration(tmp_path, server)
        chats = subscribe_all(server, readers)
        for number in range(kills):
            with program(config, server) as process:
                wait_until(
                    lambda part=number + 1: answered(server, chats) >= readers * part // (kills + 2), process
                )
                assert answered(server, chats) < readers
        with program(config, server) as process, Store(tmp_path / "baozhai.db") as store:
            wait_until(
                lambda: (
                    answered(server, chats) == readers
                    and not server.api.updates.pending
                    and not store.inbox.waiting()
                ),
                process,
            )
        check(tmp_path, server, chats, stops=kills)


@pytest.mark.parametrize("readers", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_sigterm_in_a_storm_is_obeyed_and_loses_nothing(tmp_path: Path, readers: int) -> None:
    """Gone within ten seconds, what waits stays in its rows, the next start answers it."""
    with in_thread(second_opinion=False) as server:
        config = configuration(tmp_path, server)
        chats = subscribe_all(server, readers)
        with program(config, server) as process:
            wait_until(lambda: answered(server, chats) >= 5, process)
            process.send_signal(signal.SIGTERM)
            assert LONGEST_STOP_SECONDS < STOP_SECONDS
            assert process.wait(STOP_SECONDS + SLOW_MACHINE_SECONDS) == 0
        assert answered(server, chats) < readers
        with program(config, server) as process, Store(tmp_path / "baozhai.db") as store:
            wait_until(
                lambda: (
                    answered(server, chats) == readers
                    and not server.api.updates.pending
                    and not store.inbox.waiting()
                ),
                process,
            )
        check(tmp_path, server, chats, stops=1)
        assert "Traceback" not in log_of(config)


def test_second_signal_ends_the_program_at_once(tmp_path: Path) -> None:
    """Whoever presses Ctrl-C twice means it, whatever hangs."""
    with in_thread(second_opinion=False) as server:
        config = configuration(tmp_path, server)
        server.faults.add("hang", method="sendMessage", times=None, seconds=60)
        subscribe_all(server, 5)
        with program(config, server) as process, Store(tmp_path / "baozhai.db") as store:
            wait_until(
                lambda: store.db.value("SELECT count(*) FROM inbox WHERE state = 'answering'"), process
            )
            process.send_signal(signal.SIGTERM)
            stopwatch.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            assert process.wait(3) == 128 + signal.SIGTERM


@pytest.mark.parametrize("messages", [100, pytest.param(1600, marks=pytest.mark.slow)])
def test_one_chat_that_storms_slows_itself_only(tmp_path: Path, messages: int) -> None:
    """Another reader is answered while the stormy one has had its first few; that one is told so, once."""
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
        assert overtaken[0] <= 10, "the first of the others waited for the storm"
        got = answers(server, 1)
        assert sum("太快" in text for text in got) == 1 and len(got) <= 30
