"""What a start loads: memory that a bot holds for months is not spent on what it may never need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LATER = "docx feedparser jieba jinja2 lxml opencc prompt_toolkit pypdfium2 pypinyin trafilatura"
"""Loaded by the first page, feed, search or visit that needs them."""
BOT = "apscheduler rich telegram tornado"
"""What only the bot and long work need: a health check each minute does without."""


def test_start_loads_no_library_before_something_needs_it() -> None:
    """First as `baozhai health` imports it, then as `baozhai run` with a token does, in a process of their own."""
    script = f"""
import sys, bot.cli, bot.commands
bot.commands.load("health")
import store.database
print(*(set("{LATER} {BOT}".split()) & set(sys.modules)))
import bot.serving
print(*(set("{LATER}".split()) & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "\n\n"
