"""The keys of config.toml: what each may hold, its default, and how to say what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import available_timezones


@dataclass(frozen=True, slots=True)
class Rule:
    """What a key may hold: its default, a check that returns the value or None, and how to say what is allowed."""

    default: Any
    check: Callable[[Any], Any | None]
    allowed: str


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _url(value: Any) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+\S*", value) else None


def _public_url(value: Any) -> str | None:
    return "" if value == "" else _url(value)


def _choice(*allowed: str) -> Rule:
    return Rule(
        allowed[0],
        lambda value: value if value in allowed else None,
        " or ".join(f'"{one}"' for one in allowed),
    )


def _number(default: float, low: float, high: float) -> Rule:
    def check(value: Any) -> float | None:
        good = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
        return float(value) if good else None

    return Rule(default, check, f"a number from {low:g} to {high:g}")


def _whole(default: int, low: int, high: int) -> Rule:
    def check(value: Any) -> int | None:
        return (
            value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None
        )

    return Rule(default, check, f"a whole number from {low} to {high}")


def _switch(default: bool) -> Rule:
    return Rule(default, lambda value: value if isinstance(value, bool) else None, "true or false")


def _hour(value: Any) -> time | None:
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    return time(int(found[1]), int(found[2])) if found else None


def _zone(value: Any) -> str | None:
    return value if isinstance(value, str) and value in available_timezones() else None


def _ids(value: Any) -> frozenset[int] | None:
    good = isinstance(value, list) and all(
        isinstance(one, int) and not isinstance(one, bool) for one in value
    )
    return frozenset(value) if good else None


def papers(value: Any) -> Any | None:
    """`value` if it is the name of a file or a list of tables, else None."""
    tables = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return value if isinstance(value, str) or tables else None


RULES: dict[str, dict[str, Rule]] = {
    "data": {
        "folder": Rule("data", lambda value: value if isinstance(value, str) and value else None, "a folder"),
        "out": Rule("out", lambda value: value if isinstance(value, str) and value else None, "a folder"),
        "pages": Rule("", _text, 'a folder, or "" for none'),
    },
    "telegram": {
        "base_url": Rule("https://api.telegram.org/bot", _url, "an http or https address"),
        "base_file_url": Rule("https://api.telegram.org/file/bot", _url, "an http or https address"),
        "admins": Rule([], _ids, "a list of Telegram user ids, like [123456789]"),
        "mode": _choice("polling", "webhook"),
    },
    "webhook": {
        "public_url": Rule("", _public_url, 'an https address, or ""'),
        "listen": Rule(
            "127.0.0.1",
            lambda value: value if isinstance(value, str) and value else None,
            "an address to listen on",
        ),
        "port": _whole(8443, 1, 65535),
    },
    "delivery": {
        "hour": Rule("07:30", _hour, 'an hour of the day like "07:30"'),
        "time_zone": Rule("Asia/Shanghai", _zone, 'an IANA time zone like "Asia/Shanghai"'),
        "catch_up_hours": _number(12, 0, 168),
        "send_uncertain_again": _switch(False),
        "messages_per_second": _number(25, 0.1, 1000),
        "chat_interval_seconds": _number(1, 0, 60),
        "group_messages_per_minute": _number(18, 1, 1000),
        "alerts_a_day": _whole(3, 0, 100),
        "paid_broadcast": _switch(False),
    },
    "search": {
        "engine": _choice("sqlite", "tantivy", "opensearch"),
        "opensearch": Rule("", _text, "an address with the index, like http://127.0.0.1:9200/baozhai"),
        "timeout_seconds": _number(2, 0.05, 60),
    },
    "sources": {
        "contact": Rule("", _text, 'an address where you can be reached, like "mailto:me@example.org"'),
        "delay_seconds": _number(1, 0, 3600),
        "again_minutes": _whole(20, 1, 720),
        "last_hour": Rule("12:00", _hour, 'an hour of the day like "12:00"'),
        "drop": Rule("", _text, 'a folder, or "" for none'),
        "papers": Rule([], papers, "a file of [[papers]], or tables [[sources.papers]]"),
    },
    "health": {
        "listen": Rule("", _text, 'an address to listen on, or "" for none'),
        "port": _whole(8081, 1, 65535),
    },
    "backup": {
        "folder": Rule("", _text, 'a folder, or "" for none'),
        "hour": Rule("03:30", _hour, 'an hour of the day like "03:30"'),
        "keep_days": _whole(14, 1, 3650),
    },
    "retention": {
        "messages_days": _whole(90, 0, 36500),
        "searches_days": _whole(7, 0, 36500),
        "digests_days": _whole(0, 0, 36500),
        "page_text_days": _whole(0, 0, 36500),
    },
    "reading": {
        "page_seconds": _number(10, 0.5, 600),
        "page_megabytes": _whole(500, 50, 64_000),
        "ocr_seconds": _number(240, 5, 7200),
        "ocr_megabytes": _whole(2500, 500, 64_000),
        "most_pages": _whole(200, 1, 5000),
    },
    "log": {
        "form": _choice("text", "json"),
        "level": Rule(
            "INFO",
            lambda value: value if value in ("DEBUG", "INFO", "WARNING", "ERROR") else None,
            "DEBUG, INFO, WARNING or ERROR",
        ),
    },
}
"""Every key of config.toml, by section; the sample file must name each (tests/test_docs.py)."""
