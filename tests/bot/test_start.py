"""What a start loads: memory that a bot holds for months is not spent on what it may never need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LATER = "docx feedparser jieba jinja2 lxml opencc prompt_toolkit pypdfium2 pypinyin trafilatura"
"""Loaded by the first page, feed, search or visit that needs them."""


def test_start_loads_no_library_before_something_needs_it() -> None:
    """As `baozhai run` with a token imports it, in a process of its own."""
    script = f"import sys, bot.cli, bot.serving; print(*(set('{LATER}'.split()) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == []
