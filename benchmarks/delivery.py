"""How fast digests are planned and sent, and what the library's plain loop makes of the same troubles.

    python -m benchmarks.delivery plan [--subscribers 100000] [--settings 50]
    python -m benchmarks.delivery flat
    python -m benchmarks.delivery send [--messages 2000] [--limited]
    python -m benchmarks.delivery faults [--chats 500]

`plan` measures in a process of its own: wall and CPU seconds, peak memory. `send` and `faults` talk HTTP to the strict
Bot API of the tests, in a process of its own. The builder and the composer are small: what is measured is delivery.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time as stopwatch
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.pace import Pace
from bot.delivery.planner import Planner
from bot.delivery.sender import Delivery
from store.database import Store
from store.models import Profile
from tests.bot.fakes import NOON, Composing, add_page, build, missed_line

DUE = NOON + timedelta(hours=1)


def fill(store: Store, subscribers: int, settings: int, *, hour: time = time(13)) -> None:
    """A page of forty articles and so many subscribers with so many different settings, all due at one instant."""
    add_page(store, date(2026, 3, 10), 1, [f"第{n}条" for n in range(40)], NOON)
    keys = [store.subscribers.profiles.put(Profile(places=(f"第{n}县",))) for n in range(settings)]
    text = "2026-03-10T05:00:00.000+00:00"
    store.db.execute("BEGIN")
    store.db.executemany(
        "INSERT INTO subscribers (chat_id, active, profile_key, time_zone, hour, days, quiet_from, quiet_upto,"
        " promised_at, next_due_at, next_due_day, first_seen_at) VALUES (?, 1, ?, 'Asia/Shanghai', ?, 'every', '00:00',"
        " '00:00', ?, ?, '2026-03-10', ?)",
        (
            (chat, keys[chat % settings], f"{hour:%H:%M}", text, text, text)
            for chat in range(1, subscribers + 1)
        ),
    )
    store.db.execute("COMMIT")


def plan(subscribers: int, settings: int) -> dict[str, float]:
    """Plan for all of them; then a tick with nobody due."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.db") as store:
        fill(store, subscribers, settings)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        composing = Composing(40)
        planner = Planner(build, composing, missed_line, lambda: "bot")
        wall, cpu = stopwatch.perf_counter(), stopwatch.process_time()
        report = planner.plan(store, DUE)
        wall, cpu = stopwatch.perf_counter() - wall, stopwatch.process_time() - cpu
        assert report.planned == subscribers and composing.calls == settings, (report, composing.calls)
        empty = []
        for n in range(20):
            begin = stopwatch.perf_counter()
            planner.plan(store, DUE + timedelta(seconds=20 * (n + 1)))
            empty.append(stopwatch.perf_counter() - begin)
        return {
            "subscribers": subscribers,
            "settings": settings,
            "seconds": round(wall, 2),
            "cpu_seconds": round(cpu, 2),
            "microseconds_each": round(cpu / subscribers * 1e6, 1),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "peak_mb_before": round(before),
            "tick_nobody_due_ms": round(sorted(empty)[len(empty) // 2] * 1000, 2),
        }


@contextmanager
def server(*, limited: bool = False) -> Iterator[tuple[str, str]]:
    """The strict Bot API in a process of its own: (url, token)."""
    command = [sys.executable, "-m", "tests.botapi.server", *(["--limited"] if limited else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        facts = json.loads(process.stdout.readline())
        yield facts["url"], facts["token"]
    finally:
        process.terminate()
        process.wait()


def control(url: str, path: str, facts: dict[str, Any] | None = None) -> Any:
    """Ask or tell the server."""
    data = json.dumps(facts).encode() if facts is not None else None
    request = urllib.request.Request(
        f"{url}/control/{path}", data=data, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _bot(url: str, token: str, limiter: Any, *, read_timeout: float = 5) -> ExtBot[Any]:
    request = HTTPXRequest(connection_pool_size=128, read_timeout=read_timeout)
    return ExtBot(token, base_url=f"{url}/bot", request=request, rate_limiter=limiter)


async def send(messages: int, *, limited: bool) -> dict[str, float]:
    """Plan and send to so many chats; how fast."""
    per_second = 30.0 if limited else 1e6
    with tempfile.TemporaryDirectory() as folder, server() as (url, token):
        database = Path(folder) / "bench.db"
        with Store(database) as store:
            fill(store, messages, 1)
        control(url, "users", {"first": 1, "count": messages})
        for chat in range(1, messages + 1):
            control(url, "send", {"user_id": chat, "text": "/start"})
        if limited:
            # Permitted: 30 a second; the small burst leaves nothing to win by a quick start.
            control(
                url, "limits", {"per_second": 30, "burst": 3, "chat_per_second": 1, "group_per_minute": 20}
            )
        pace = Pace(per_second=per_second, chat_interval=1.0 if limited else 0.0)
        async with _bot(url, token, pace) as bot:
            planner = Planner(build, Composing(40), missed_line, lambda: "bot", catch_up=timedelta(days=9000))
            delivery = Delivery(lambda: Store(database), bot, planner=planner, pace=pace)
            await delivery.start(datetime.now(UTC), sender=False)
            await delivery.tick(DUE)
            wall, cpu = stopwatch.perf_counter(), stopwatch.process_time()
            await delivery.drain()
            wall, cpu = stopwatch.perf_counter() - wall, stopwatch.process_time() - cpu
            await delivery.stop()
        state = control(url, "state")
        outcomes = state["outcomes"]
        return {
            "messages": sum(state["counts"].values()),
            "seconds": round(wall, 1),
            "per_second": round(messages / wall, 1),
            "per_cpu_second": round(messages / cpu, 1),
            "share_of_permitted": round(messages / wall / 30, 3) if limited else 0,
            "floods": outcomes.get("sendMessage flood", 0),
        }


TROUBLE = (
    {"kind": "blocked", "times": None, "every": 50},
    {"kind": "reset_before", "times": 1, "every": 50, "offset": 1},
    {"kind": "reset_after", "times": 1, "every": 50, "offset": 2},
    {"kind": "flood", "times": 1, "retry_after": 1, "every": 100, "offset": 3},
    {"kind": "status", "code": 502, "times": 1, "every": 100, "offset": 4},
    {"kind": "entities_too_long", "times": 1, "every": 100, "offset": 5},
)
"""Every so many chats meet this, as the server's faults."""


def _trouble(url: str, chats: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for trouble in TROUBLE:
        facts = {key: value for key, value in trouble.items() if key not in ("every", "offset")}
        for chat in range(1 + int(str(trouble.get("offset", 0))), chats + 1, int(str(trouble["every"]))):
            control(url, "faults", {**facts, "chat_id": chat})
            found[str(trouble["kind"])] += 1
    return found


def _count(url: str, chats: int, blocked: int) -> dict[str, int]:
    counts = {int(chat): n for chat, n in control(url, "state")["counts"].items()}
    return {
        "arrived": len(counts),
        "doubled": sum(n > 1 for n in counts.values()),
        "not_arrived_of_reachable": chats - blocked - len(counts),
    }


async def faults(chats: int) -> dict[str, Any]:
    """The same troubles for Baozhai, for the library's loop, and for the loop that tries each error again."""
    results: dict[str, Any] = {}
    for name in ("baozhai", "baozhai once more", "plain loop", "plain loop, 3 tries"):
        with tempfile.TemporaryDirectory() as folder, server() as (url, token):
            control(url, "users", {"first": 1, "count": chats})
            for chat in range(1, chats + 1):
                control(url, "send", {"user_id": chat, "text": "/start"})
            kinds = _trouble(url, chats)
            begin = stopwatch.perf_counter()
            if name.startswith("baozhai"):
                states = await _ours(
                    Path(folder) / "bench.db", url, token, chats, again=name.endswith("more")
                )
                known = states
            else:
                known = {"errors": await _loop(url, token, chats, tries=3 if "tries" in name else 1)}
            seconds = stopwatch.perf_counter() - begin
            results[name] = {
                **_count(url, chats, kinds["blocked"]),
                "seconds": round(seconds, 1),
                "known": known,
            }
            results["trouble"] = dict(kinds)
    return results


async def _ours(database: Path, url: str, token: str, chats: int, *, again: bool) -> dict[str, int]:
    with Store(database) as store:
        fill(store, chats, 1)
    pace = Pace(per_second=30)
    async with _bot(url, token, pace) as bot:
        planner = Planner(build, Composing(40), missed_line, lambda: "bot", catch_up=timedelta(days=9000))
        delivery = Delivery(
            lambda: Store(database), bot, planner=planner, pace=pace, send_uncertain_again=again
        )
        await delivery.start(datetime.now(UTC), sender=False)
        await delivery.tick(DUE)
        await delivery.drain()
        await delivery.stop()
    with Store(database) as store:
        counts = store.outbox.counts()
    return {
        "sent": counts.sent,
        "uncertain": counts.uncertain,
        "failed": counts.failed,
        "waiting": counts.waiting,
    }


async def _loop(url: str, token: str, chats: int, *, tries: int) -> int:
    """What is usually written: for chat in chats: await send_message, errors logged."""
    errors = 0
    text = "<b>2026-03-10</b>\n" + "\n".join(f"#{n} 第{n}条" for n in range(40))
    async with _bot(url, token, AIORateLimiter(max_retries=3)) as bot:
        for chat in range(1, chats + 1):
            for attempt in range(tries):
                try:
                    await bot.send_message(chat, text, parse_mode="HTML")
                    break
                except TelegramError:
                    errors += attempt == tries - 1
    return errors


def main() -> None:
    """Run one measurement and print it as JSON lines."""
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("what", choices=("plan", "flat", "send", "faults"))
    parser.add_argument("--subscribers", type=int, default=100_000)
    parser.add_argument("--settings", type=int, default=50)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--limited", action="store_true")
    options = parser.parse_args()
    if options.what == "plan":
        print(json.dumps(plan(options.subscribers, options.settings)))
    elif options.what == "flat":
        for subscribers in (1_000, 10_000, 100_000):
            command = ["plan", "--subscribers", str(subscribers)]
            subprocess.run([sys.executable, "-m", "benchmarks.delivery", *command], check=True)
    elif options.what == "send":
        print(json.dumps(asyncio.run(send(options.messages, limited=options.limited))))
    else:
        for name, result in asyncio.run(faults(options.chats)).items():
            print(json.dumps({name: result}, ensure_ascii=False))


if __name__ == "__main__":
    main()
