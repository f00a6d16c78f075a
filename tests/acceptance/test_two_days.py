"""Two days with everything at random: papers, presses, lost connections, floods, blocks, kills. A real process, a clock that the
test moves. In the end the counts are right: nothing lost, nothing doubled but what did not go out for certain."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time as stopwatch
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from store.database import Store
from store.models import Timetable
from tests.acceptance.program import PROJECT, configuration
from tests.bot.fakes import add_page, subscribe
from tests.botapi.server import BotApiServer, in_thread

START = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)  # midnight in Shanghai
HOURS = (7, 8, 12, 18, 21)
STEP = timedelta(minutes=10)
PATIENCE_SECONDS = 600.0


class World:
    """The readers, the papers, the process and its clock."""

    def __init__(self, folder: Path, server: BotApiServer, readers: int, chance: random.Random) -> None:
        self.folder, self.server, self.chance = folder, server, chance
        self.chats = range(1, readers + 1)
        self.now = START
        self.clock = folder / "now"
        self.tell_time()
        self.config = configuration(
            folder,
            server,
            delivery="messages_per_second = 1000\nchat_interval_seconds = 0\ngroup_messages_per_minute = 1000\n",
        )
        self.pages = 0
        self.process: subprocess.Popen[str] | None = None
        self.memory: list[int] = []
        with Store(folder / "baozhai.db") as store, store.transaction():
            for chat in self.chats:
                server.api.user(chat, language_code="zh-hans").start()
                hours = tuple(time(hour) for hour in sorted(chance.sample(HOURS, chance.choice((1, 1, 2)))))
                subscribe(store, chat, self.now, timetable=Timetable(hours=hours))
        server.api.updates.pending.clear()

    def tell_time(self) -> None:
        """Write the clock's file in one go."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(self.now.isoformat(), encoding="ascii")
        fresh.replace(self.clock)

    def start(self) -> None:
        """A fresh process."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.long_run", str(self.config), str(self.clock)],
            cwd=PROJECT,
            env={**os.environ, "BAOZHAI_TOKEN": self.server.token, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "ticks").open("a"),
            stderr=(self.folder / "log").open("a"),
            text=True,
        )

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def until(self, happened: Callable[[], object]) -> None:
        """Wait for the process."""
        end = stopwatch.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert self.process is not None and self.process.poll() is None, (
                self.folder / "log"
            ).read_text()[-3000:]
            assert stopwatch.monotonic() < end, (self.folder / "log").read_text()[-3000:]
            stopwatch.sleep(0.02)

    def looked(self) -> bool:
        """Whether the planner has looked at this instant."""
        ticks = self.folder / "ticks"
        return ticks.exists() and f"looked {self.now.isoformat()}\n" in ticks.read_text()[-200:]

    def new_page(self) -> None:
        """A page of today's paper."""
        self.pages += 1
        with Store(self.folder / "baozhai.db") as store:
            today = (self.now + timedelta(hours=8)).date()
            titles = [f"消息{self.pages}之{n}来自河湾" for n in range(self.chance.randint(1, 3))]
            add_page(store, today, self.pages, titles, self.now - timedelta(minutes=5))

    def trouble(self) -> None:
        """One of Telegram's moods, for a few calls."""
        faults, chat = self.server.faults, self.chance.choice(self.chats)
        kind = self.chance.choice(
            ("reset_before", "reset_after", "status", "flood", "blocked", "no_rights", "slow")
        )
        facts = {"status": {"code": self.chance.choice((500, 502, 503))}, "slow": {"seconds": 0.5}}.get(
            kind, {}
        )
        faults.add(kind, method="sendMessage", times=self.chance.randint(1, 3), **({"chat_id": chat} | facts))

    def talk(self) -> None:
        """A few readers write."""
        for chat in self.chance.sample(self.chats, 5):
            self.server.api.user(chat).send(
                self.chance.choice(("/help", "没有的词", "/settings", "/subscribe"))
            )

    def measure(self) -> None:
        """Resident megabytes of the process."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists():
            found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
            self.memory.append(int(found[1]) // 1024 if found else 0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_two_days_with_everything_at_random(tmp_path: Path, seed: int) -> None:
    """BAOZHAI_LONG_READERS says how many readers (500)."""
    chance, readers = random.Random(seed), int(os.environ.get("BAOZHAI_LONG_READERS", "500"))
    with in_thread(second_opinion=False) as server:
        world = World(tmp_path, server, readers, chance)
        world.start()
        try:
            end = START + timedelta(hours=48)
            while world.now < end:
                if chance.random() < 0.05:
                    world.new_page()
                if chance.random() < 0.3:
                    world.trouble()
                if chance.random() < 0.2:
                    world.talk()
                if chance.random() < 0.04:
                    world.kill()
                    world.start()
                world.now += STEP
                world.tell_time()
                world.until(world.looked)
                world.measure()
            settle_down(world)
        finally:
            world.kill()
        judge(world)


def settle_down(world: World) -> None:
    """All goes well, a page comes, and everybody's hour once more."""
    world.server.faults.clear()
    world.new_page()
    for _ in range(26):
        world.now += timedelta(hours=1)
        world.tell_time()
        world.until(world.looked)
    with Store(world.folder / "baozhai.db") as store:
        world.until(
            lambda: (
                not (store.outbox.counts().waiting or store.outbox.counts().sending or store.inbox.waiting())
            )
        )


def judge(world: World) -> None:
    """What each reader was sent by Telegram's own record, beside what the rows say."""
    with Store(world.folder / "baozhai.db") as store:
        told = Counter[int]()
        for row in store.db.rows(
            "SELECT subscribers.chat_id, count(*) AS n FROM outbox JOIN subscribers ON subscribers.id = subscriber_id"
            " WHERE kind = 'digest' AND (unsure > 0 OR outbox.state = 'failed') GROUP BY chat_id"
        ):
            told[row["chat_id"]] = row["n"]
        articles = [article.title for article in store.articles.between(0, store.articles.newest_id())]
        assert store.db.value("PRAGMA integrity_check") == "ok"
        reached = {one.chat_id: one.reached for one in store.subscribers.all()}
        counts = store.outbox.counts()
    lost, doubled = [], []
    for chat in world.chats:
        seen = Counter[str]()
        for message in world.server.api.user(chat).got():
            seen.update(title for title in articles if title in message.text)
        lost += [(chat, title) for title in articles if not seen[title] and reached[chat]]
        doubled += [(chat, title) for title in articles if seen[title] > 1 + told[chat]]
    assert world.server.violations == [] or all("Connection lost" in one for one in world.server.violations)
    grown = (tmp := world.folder / "baozhai.db").stat().st_size
    print(
        f"readers {len(world.chats)}, articles {len(articles)}, {counts}, lost {len(lost)}, doubled {len(doubled)},"
        f" memory {min(world.memory)} to {max(world.memory)} MB, {tmp.name} {grown / 1e6:.1f} MB"
    )
    assert not lost and not doubled
    assert max(world.memory) <= 1.5 * max(world.memory[:10]) + 40
