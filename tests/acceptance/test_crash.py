"""kill -9 at random points of a broadcast, restart, count: nothing lost, nothing twice but what the policy repeats."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time as clock_time
from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from store.database import Store
from store.models import Timetable
from tests.bot.fakes import Clock, add_page, subscribe
from tests.botapi.server import BotApiServer, in_thread

PROJECT = Path(__file__).resolve().parent.parent.parent
IN_FLIGHT = 16
"""Twin: tests/acceptance/broadcaster.py."""


class Crashes:
    """One broadcast: a database with readers due, a server, and a process that is killed again and again."""

    def __init__(
        self, folder: Path, server: BotApiServer, readers: int, *, articles: int, policy: str = ""
    ) -> None:
        self.database = folder / "baozhai.db"
        self.server = server
        self.readers = readers
        self.policy = policy
        clock = Clock()
        with Store(self.database) as store, store.transaction():
            add_page(store, date(2026, 3, 10), 1, [f"第{n}条" for n in range(1, articles + 1)], clock())
            for chat in range(1, readers + 1):
                server.api.user(chat).send("/start")
                subscribe(store, chat, clock(), timetable=Timetable(hours=(time(13),)))
        self.now = clock.move(hours=1)

    def start(self) -> subprocess.Popen[str]:
        """The real process."""
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.acceptance.broadcaster", str(self.database)),
                *(self.server.base_url, self.server.token, self.now.isoformat(), self.policy),
            ],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_for(self, process: subprocess.Popen[str], word: str, seconds: float = 600) -> None:
        """Read until the process's line that starts with `word`; it is killed, and the test fails, if none comes."""
        assert process.stdout is not None
        watchdog = threading.Timer(seconds, process.kill)
        watchdog.start()
        try:
            # Not select(): it does not see a line that came together with the one before and is buffered here.
            for line in iter(process.stdout.readline, ""):
                if line.startswith(word):
                    return
        finally:
            watchdog.cancel()
        raise AssertionError(f"the process ended, or did not say {word!r} in {seconds} s")

    def kill_after(self, sent: int) -> int:
        """Start, kill -9 as soon as `sent` more messages arrived; how many arrived."""
        before = len(self.server.sent())
        process = self.start()
        try:
            self.wait_for(process, "started")
            while len(self.server.sent()) - before < sent and process.poll() is None:
                with Store(self.database) as store:
                    counts = store.outbox.counts()
                if counts.sent + counts.uncertain and not counts.waiting + counts.sending:
                    break
                clock_time.sleep(0.001)
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        return len(self.server.sent()) - before

    def finish(self) -> None:
        """Start once more and let it send all that is left."""
        process = self.start()
        try:
            self.wait_for(process, "idle")
        finally:
            process.terminate()
            assert process.wait(60) == 0
            assert process.stdout is not None
            process.stdout.close()

    def verdict(self, *, parts: int) -> tuple[int, int, int]:
        """(lost, doubled, uncertain) over all parts; checks that loss and doubling are among the uncertain only."""
        counts = self.server.counts()
        with Store(self.database) as store:
            rows = store.db.rows(
                "SELECT chat_id, state, unsure, part FROM outbox JOIN subscribers ON subscribers.id = subscriber_id"
            )
        assert len(rows) == self.readers * parts, "each part of each reader has one row"
        states = Counter(row["state"] for row in rows)
        assert set(states) <= {"sent", "uncertain"}, states
        unsure = Counter(row["chat_id"] for row in rows if row["unsure"])
        lost = doubled = 0
        for chat in range(1, self.readers + 1):
            missing = parts - counts[chat]
            lost += max(0, missing - unsure[chat])
            doubled += max(0, -missing - unsure[chat])
        return lost, doubled, sum(unsure.values())


@pytest.mark.parametrize("policy", ["", "once-more"])
def test_killed_broadcast_loses_nothing_and_doubles_only_by_policy(tmp_path: Path, policy: str) -> None:
    """Three kills in a broadcast of two parts to sixty readers."""
    chance = random.Random(f"short {policy}")
    with in_thread(second_opinion=False) as server:
        crashes = Crashes(tmp_path, server, 60, articles=4, policy=policy)
        for _ in range(3):
            crashes.kill_after(chance.randint(1, 30))
        crashes.finish()
        lost, doubled, uncertain = crashes.verdict(parts=2)
        assert (lost, doubled) == (0, 0), "outside the uncertain parts"
        assert uncertain <= 3 * IN_FLIGHT
        if not policy:
            assert max(server.counts().values()) <= 2, "by default nothing is ever sent twice"


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_hundred_kills_of_broadcasts_to_five_hundred_chats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten broadcasts to 500 chats, ten kills each, at points drawn by lot."""
    chance = random.Random(20261120)
    total: Counter[str] = Counter()
    for broadcast in range(10):
        folder = tmp_path / str(broadcast)
        folder.mkdir()
        with in_thread(second_opinion=False) as server:
            crashes = Crashes(folder, server, 500, articles=2)
            for _ in range(10):
                crashes.kill_after(chance.randint(0, 45))
            crashes.finish()
            lost, doubled, uncertain = crashes.verdict(parts=1)
            counts = server.counts()
            total.update(
                kills=10,
                chats=500,
                lost=lost,
                doubled=doubled,
                uncertain=uncertain,
                arrived_though_uncertain=len(counts) - (500 - uncertain),
                twice=sum(count > 1 for count in counts.values()),
            )
    with capsys.disabled():
        print(dict(total))
    assert total["lost"] == total["doubled"] == total["twice"] == 0
    assert total["uncertain"] <= 100 * IN_FLIGHT


def test_second_process_refuses_and_says_who_has_the_database(tmp_path: Path) -> None:
    """Two started by mistake: the second ends at once; after the first was killed a third may run."""
    with in_thread(second_opinion=False) as server:
        crashes = Crashes(tmp_path, server, 3, articles=1)
        first = crashes.start()
        crashes.wait_for(first, "idle")
        second = crashes.start()
        assert second.stdout is not None and f"process {first.pid}" in second.stdout.read()
        assert second.wait(60) == 3
        second.stdout.close()
        first.kill()
        first.wait()
        assert first.stdout is not None
        first.stdout.close()
        crashes.finish()
        assert server.counts() == {1: 1, 2: 1, 3: 1}
