"""The program itself, `python -m bot run`, as a process over HTTP: started, watched, stopped and killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time as stopwatch
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.botapi.server import BotApiServer

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 600.0
"""Machines may be slow; a test that waits so long has failed."""


def configuration(folder: Path, server: BotApiServer, *, more: str = "", delivery: str = "") -> Path:
    """A config.toml in the folder, with the data beside it."""
    path = folder / "config.toml"
    path.write_text(
        f"[data]\nfolder = '{folder}'\n[telegram]\nbase_url = '{server.base_url}'\n"
        f"base_file_url = '{server.base_file_url}'\n{more}[delivery]\n{delivery}",
        encoding="utf-8",
    )
    return path


@contextmanager
def program(config: Path, server: BotApiServer, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program as an operator starts it, its log beside the configuration; killed at the end if it still lives."""
    with (config.parent / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--config", str(config), "run"],
            cwd=PROJECT,
            env={**os.environ, "BAOZHAI_TOKEN": server.token, "PYTHONUTF8": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def log_of(config: Path) -> str:
    """What the operator reads."""
    return (config.parent / "log").read_text(encoding="utf-8")


def wait_until(happened: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    """Look every few milliseconds; the process must live."""
    end = stopwatch.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert process.poll() is None, f"the program ended with {process.returncode}"
        assert stopwatch.monotonic() < end, "too long"
        stopwatch.sleep(0.005)
