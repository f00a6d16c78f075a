"""A day: page files in, messages out over real HTTP to the strict Bot API, a restart in the middle."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App, join, running
from bot.config import load
from bot.loopback.people import User
from bot.loopback.settling import settle
from store.database import Store
from store.ingest import ingest
from tests.botapi.server import BotApiServer

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "河汾日报" / "2026-11-19"
EVENING = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # 20:00 in China
MORNING = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # 07:30 on the 19th


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Office:
    """Where the bot runs: a data folder, a folder for pages, a server to talk to."""

    def __init__(self, folder: Path, server: BotApiServer, clock: Clock) -> None:
        self.pages = folder / "pages"
        (self.pages / "河汾日报").mkdir(parents=True)
        self.server, self.clock = server, clock
        file = folder / "config.toml"
        file.write_text(
            f"[data]\npages = '{self.pages}'\n[telegram]\nbase_url = '{server.base_url}'\n"
            f"base_file_url = '{server.base_file_url}'\n[delivery]\nmessages_per_second = 1000\nchat_interval_seconds = 0\n",
            encoding="utf-8",
        )
        self.config = load(file, environ={"BAOZHAI_TOKEN": server.token})
        server.api.clock = clock

    @asynccontextmanager
    async def open(self) -> AsyncIterator[App]:
        """A process of the bot, from its start to its clean end."""
        app = join(self.config, clock=self.clock)
        async with running(app):
            app.scheduler.pause()  # the test says when it ticks
            yield app

    async def tick(self, app: App) -> None:
        """A tick of the scheduler, and all that it brings about."""
        await app.delivery.tick(self.clock())
        async with asyncio.timeout(300):
            while app.delivery.under_way or self._waiting():
                await asyncio.sleep(0.01)

    def _waiting(self) -> int:
        with Store(self.config.data.database) as store:
            counts = store.outbox.counts()
            return counts.waiting + counts.sending

    def read(self, *pages: str, day: str = "2026-11-19") -> None:
        """Page files arrive and are read."""
        folder = self.pages / "河汾日报" / day
        folder.mkdir(exist_ok=True)
        for page in pages:
            shutil.copy(SAMPLES / page, folder / page)
        with Store(self.config.data.database) as store:
            assert all(report.outcome != "failed" for report in ingest(store, [folder], now=self.clock()))


@pytest.fixture
def office(tmp_path: Path, botapi: BotApiServer) -> Office:
    """The bot's place of work on the evening before."""
    return Office(tmp_path, botapi, Clock(EVENING))


async def say(app: App, office: Office, user: User, text: str) -> str:
    """The user writes; what the bot answers last."""
    user.send(text)
    await settle(app.application, office.server.api)
    return user.got()[-1].text


def digests(user: User) -> list[str]:
    """The digests a user was sent (messages with the day's header)."""
    return [
        message.text
        for message in user.got()
        if "2026年11月" in message.text and "河汾日报" in message.text and "版" in message.text.split("\n")[1]
    ]


async def test_day_from_page_files_to_one_digest_across_a_restart(office: Office) -> None:
    """Subscribed in the evening, read at night, restarted, sent at 07:30, once; late pages come the next morning."""
    reader = office.server.api.user(1000, language_code="zh-hans")
    async with office.open() as app:
        await say(app, office, reader, "/start")
        await say(app, office, reader, "/subscribe")
        office.read("01.txt", "02.md")
        await office.tick(app)
        assert digests(reader) == []
    office.clock.now = MORNING - timedelta(minutes=1)
    async with office.open() as app:  # the bot was restarted in the night
        await office.tick(app)
        assert digests(reader) == []
        office.clock.now = MORNING + timedelta(seconds=20)
        await office.tick(app)
        sent = digests(reader)
        assert len(sent) == 1 and "今冬供热提前三天" in sent[0] and "云上菜摊" in sent[0]
    async with office.open() as app:  # and again right after sending
        await office.tick(app)
        assert digests(reader) == sent
        office.read("04.txt")
        assert "停水通知" in await say(app, office, reader, "/search 停水通知")
        office.clock.now = MORNING + timedelta(days=1, seconds=20)
        await office.tick(app)
    late = digests(reader)[len(sent) :]
    assert len(late) == 1
    assert "补遗" in late[0] and "停水通知" in late[0]
    assert "今冬供热提前三天" not in late[0]


async def test_day_without_a_page_sends_nothing_and_loses_nothing(office: Office) -> None:
    """No paper at 07:30: no empty digest; the paper comes late, so does the digest."""
    reader = office.server.api.user(1000, language_code="zh-hans")
    async with office.open() as app:
        await say(app, office, reader, "/subscribe")
        office.clock.now = MORNING + timedelta(seconds=20)
        await office.tick(app)
        assert digests(reader) == []
        office.read("01.txt")
        office.clock.now = MORNING + timedelta(minutes=30)
        await office.tick(app)
        assert len(digests(reader)) == 1


def play(folder: Path, lines: str) -> subprocess.CompletedProcess[str]:
    """`baozhai run` with lines piped in."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
        timeout=600,
        env={"PATH": "", "BAOZHAI_DATA": str(folder), "PYTHONUTF8": "1", "HOME": str(folder)},
    )


def test_piped_visit_reads_samples_and_answers_each_line(tmp_path: Path) -> None:
    """The README's pipe: start, digest, search, press, and the end of the pipe ends the visit."""
    done = play(tmp_path, "/start\n/subscribe\n/digest\n/search 托管班\n1\n")
    assert done.returncode == 0, done.stderr
    assert "8 sample pages" in done.stderr and "Traceback" not in done.stderr
    for expected in (
        "报摘",
        "2026年11月19日 星期四",
        "今日要点",
        "晚自习有人管",
        "托管班：",
        "《河汾日报》2026年11月18日02版",
    ):
        assert expected in done.stdout, expected
    again = play(tmp_path, "/search 托管班\n")
    assert "sample pages" not in again.stderr and "晚自习有人管" in again.stdout
    assert not (tmp_path / "baozhai.db").exists(), "the invented papers came into the operator's database"


def test_second_process_on_the_same_database_is_refused(tmp_path: Path) -> None:
    """Two bots would send twice: the second says who is there, and ends."""
    from bot.lock import ProcessLock

    lock = ProcessLock(tmp_path / "samples" / "baozhai.db")
    lock.acquire()
    try:
        done = play(tmp_path, "/start\n")
    finally:
        lock.release()
    assert (
        done.returncode == 1
        and "already serves this database" in done.stderr
        and "Traceback" not in done.stderr
    )


def test_refused_token_is_one_sentence(tmp_path: Path) -> None:
    """A token that Telegram does not know ends the start with what to do, and is not shown."""
    from tests.botapi.server import in_thread

    with in_thread() as server:
        config = tmp_path / "config.toml"
        config.write_text(
            f"[telegram]\nbase_url = '{server.base_url}'\nbase_file_url = '{server.base_file_url}'\n"
        )
        done = subprocess.run(
            [sys.executable, "-m", "bot", "--config", str(config), "run"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            check=False,
            timeout=600,
            env={
                "PATH": "",
                "BAOZHAI_TOKEN": "99999:wrongwrongwrong",
                "PYTHONUTF8": "1",
                "HOME": str(tmp_path),
            },
        )
    assert done.returncode == 1, done.stderr
    assert "token" in done.stderr and "wrongwrongwrong" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert json.dumps(done.stdout) == '""'
