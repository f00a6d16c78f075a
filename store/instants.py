"""Instants and hours as the tables hold them: text of one width, so that they compare as text; and the papers' time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The papers' own time: which day is today there."""


def to_text(at: datetime) -> str:
    """An aware instant as UTC text, milliseconds always there."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def to_instant(text: str) -> datetime:
    """The instant behind the text."""
    return datetime.fromisoformat(text)


def maybe_instant(text: str | None) -> datetime | None:
    """The instant behind the text, or None."""
    return datetime.fromisoformat(text) if text else None


def maybe_day(text: str | None) -> date | None:
    """The day behind the text, or None."""
    return date.fromisoformat(text) if text else None


def hour_text(hour: time) -> str:
    """An hour of the day as 07:30."""
    return f"{hour:%H:%M}"
