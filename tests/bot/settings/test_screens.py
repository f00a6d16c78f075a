"""The settings screens within Telegram's limits, whatever has been chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.messages.callbacks import LIMIT_BYTES, decode
from bot.settings.changes import apply
from bot.settings.screens import SCREENS, Around, screen, summary
from bot.texts.markup import shown
from store.models import Profile, Subscriber, Timetable
from tests.bot.builders import NOW
from tests.botapi import tdlib

FULL = Subscriber(
    1,
    1000,
    active=True,
    silent=True,
    late="edit",
    profile=Profile(
        papers=tuple(f"第{n}日报<&>" for n in range(50)),
        places=tuple(f"第{n}县" for n in range(20)),
        only_matching=True,
        order="place",
    ),
    timetable=Timetable(
        time_zone="America/Argentina/Buenos_Aires",
        hours=(time(6), time(19)),
        days="chosen",
        weekdays=(0, 6),
        weekly=True,
        quiet_from=time(22, 15),
        quiet_upto=time(6, 45),
        paused_until=date(2026, 4, 1),
    ),
)
AROUND = Around(
    now=NOW,
    papers=tuple(f"第{n}日报<&>" for n in range(80)),
    near=("芮城县", "很长的名字" * 6),
    found=("Europe/London",),
)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reader", [FULL, Subscriber(1, 1000)], ids=["full", "fresh"])
def test_every_screen_is_a_valid_message(name: str, language: str, reader: Subscriber) -> None:
    """At most 100 buttons, 8 a row, 64 bytes each; each leads somewhere; the text parses."""
    part = screen(name, replace(reader, language=language), AROUND)
    assert not isinstance(tdlib.parse(part.html), str)
    buttons = [button for row in part.buttons for button in row]
    assert 0 < len(buttons) <= 100 and all(len(row) <= 8 for row in part.buttons)
    for button in buttons:
        assert 0 < len(button.data.encode()) <= LIMIT_BYTES and decode(button.data) is not None
    if name != "main":
        assert decode(part.buttons[-1][0].data) is not None and "set|main" in part.buttons[-1][0].data


@pytest.mark.parametrize("name", SCREENS)
def test_every_change_on_a_screen_can_be_made(name: str) -> None:
    """No button carries a setting that apply() does not know."""
    for reader in (FULL, Subscriber(1, 1000)):
        for row in screen(name, reader, replace(AROUND, found=())).buttons:
            for button in row:
                press = decode(button.data)
                assert press is not None
                if press.action == "put":
                    assert apply(reader, press.fact(0), press.fact(1), today=NOW.date()) is not None, button


def test_the_summary_tells_all_that_is_set() -> None:
    """Hours, days, zone, quiet hours, switches, pause."""
    said = shown(summary(replace(FULL, profile=replace(FULL.profile, papers=())), AROUND))
    for piece in (
        "周一、周日 06:00、19:00",
        "布宜诺斯艾利斯（UTC-3）",
        "22:15–06:45",
        "静音送达、只看关注和地方、周日回顾",
        "4月1日",
        "报纸：全部",
    ):
        assert piece in said, piece
