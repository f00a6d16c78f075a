"""A message on its way to a reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. It has one of `data` (comes back when pressed), `url` (opens), `copy` (is copied)."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One message: Telegram HTML within Telegram's limits, and its rows of buttons."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
