"""One line for digests that are too late to be sent: which days, with a button to each."""

from __future__ import annotations

from datetime import date

from bot.messages.callbacks import encode
from bot.messages.digest import AS_ORDERED
from bot.texts import say, short_date
from store.models.delivery import Button, Part

_DAYS = 6


def compose_missed(days: tuple[date, ...], *, language: str) -> Part:
    """「这几天的没有送到」, the newest days as buttons."""
    names = _names(days, language)
    buttons = tuple(
        Button(short_date(language, day), encode("day", day.isoformat(), AS_ORDERED)) for day in days[-_DAYS:]
    )
    rows = tuple(buttons[start : start + 3] for start in range(0, len(buttons), 3))
    return Part(say(language, "digests_missed", days=names), rows)


def compose_doubt(days: tuple[date, ...], *, language: str) -> Part:
    """「不知道送到没有，报道都在下面这份里」, before the digest that holds them once more."""
    return Part(say(language, "digests_doubtful", days=_names(days, language)))


def _names(days: tuple[date, ...], language: str) -> str:
    names = "、".join(short_date(language, day) for day in days[-_DAYS:])
    return f"…{names}" if len(days) > _DAYS else names
