"""The settings, screen by screen: one message that edits itself; pure.

Each button carries what shall be (bot/settings/changes.py), each screen has a way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from bot.messages.callbacks import encode
from bot.settings import zones
from bot.settings.changes import HOURS
from bot.texts import key_for, listed, plain, say, short_date
from bot.texts.markup import Html, join
from store.models.delivery import Button, Buttons, Part
from store.models.subscribers import Language, Subscriber

SCREENS = (
    "main",
    "hours",
    "days",
    "zone",
    "papers",
    "places",
    "length",
    "order",
    "quiet",
    "language",
    "pause",
)
_SPANS = ("22:00-07:00", "23:00-07:00", "21:00-08:00", "12:00-14:00")
_MOST_PLACES = 40
_PAUSES = (3, 7, 14, 30)
_HOUR_CHOICES = HOURS[0:12]
_SECOND_CHOICES = HOURS[26:38:2]


@dataclass(frozen=True, slots=True)
class Around:
    """What the screens show beside the subscriber's own settings."""

    now: datetime
    papers: Sequence[str] = ()
    near: Sequence[str] = ()
    """Places in recent news, to choose from."""
    found: Sequence[str] = ()
    """Zones or places that a search found."""


def screen(name: str, subscriber: Subscriber, around: Around) -> Part:
    """The screen as a message; an unknown name gives the main one."""
    language = subscriber.language
    makers = {
        "hours": _hours,
        "days": _days,
        "zone": _zone,
        "papers": _papers,
        "places": _places,
        "length": _length,
        "order": _order,
        "quiet": _quiet,
        "language": _language,
        "pause": _pause,
    }
    if name not in makers:
        return _main(subscriber, around)
    rows = makers[name](subscriber, around)
    back = Button(plain(language, "back"), encode("set", "main"))
    key = key_for(f"screen_{name}", group=subscriber.chat_id < 0)
    return Part(say(language, key), (*(row for row in rows if row), (back,)))


def summary(subscriber: Subscriber, around: Around) -> Html:
    """All settings in a few lines."""
    language, table, profile = subscriber.language, subscriber.timetable, subscriber.profile
    everything = plain(language, "all")
    lines = [
        say(language, "settings_on" if subscriber.active else "settings_off"),
        say(
            language,
            "settings_when",
            hours=listed(language, [f"{hour:%H:%M}" for hour in table.hours]),
            zone=zones.shown(table.time_zone, language=language, now=around.now),
            days=days_shown(subscriber),
        ),
        say(
            language,
            "settings_what",
            papers=listed(language, profile.papers) or everything,
            places=listed(language, profile.places) or plain(language, "none"),
        ),
        say(
            language,
            "settings_how",
            length=plain(language, f"length_{profile.length}"),
            order=plain(language, f"order_{profile.order}"),
        ),
    ]
    if table.quiet_from != table.quiet_upto:
        lines.append(
            say(
                language,
                "settings_quiet",
                first=f"{table.quiet_from:%H:%M}",
                last=f"{table.quiet_upto:%H:%M}",
            )
        )
    switches = {
        "silent": subscriber.silent,
        "matching": profile.only_matching,
        "weekly": table.weekly,
        "late": subscriber.late == "edit",
    }
    also = [plain(language, f"switch_{name}") for name, on in switches.items() if on]
    if also:
        lines.append(say(language, "settings_also", switches=listed(language, also)))
    if table.paused_until:
        lines.append(say(language, "settings_paused", day=short_date(language, table.paused_until)))
    return join("\n", lines)


def days_shown(subscriber: Subscriber) -> str:
    """Which days, in words."""
    language, table = subscriber.language, subscriber.timetable
    if table.days == "chosen":
        return listed(language, [plain(language, f"weekday_short_{day}") for day in table.weekdays])
    return plain(language, f"days_{table.days}")


def _main(subscriber: Subscriber, around: Around) -> Part:
    language, table, profile = subscriber.language, subscriber.timetable, subscriber.profile

    def to(name: str) -> Button:
        return Button(plain(language, f"to_{name}"), encode("set", name))

    def switch(key: str, on: bool) -> Button:
        return _choice(language, f"switch_{key}", on, key, str(int(not on)), "main")

    rows: Buttons = (
        (to("hours"), to("days")),
        (to("zone"), to("pause")),
        (to("papers"), to("places")),
        (to("length"), to("order")),
        (to("quiet"), to("language")),
        (switch("silent", subscriber.silent), switch("matching", profile.only_matching)),
        (
            switch("weekly", table.weekly),
            _choice(
                language,
                "switch_late",
                subscriber.late == "edit",
                "late",
                "next" if subscriber.late == "edit" else "edit",
                "main",
            ),
        ),
        (Button(plain(language, "settings_done"), encode("set", "done")),),
    )
    return Part(summary(subscriber, around), rows)


def _choice(
    language: str, key: str, chosen: bool, setting: str, value: str, back_to: str, **facts: object
) -> Button:
    """A button that shows whether it is on and says what pressing it makes."""
    return _named(plain(language, key, **facts), chosen, setting, value, back_to)


def _named(text: str, chosen: bool, setting: str, value: str, back_to: str) -> Button:
    return Button(f"{'✅' if chosen else '▫️'} {text}", encode("put", setting, value, back_to))


def _in_rows(buttons: Sequence[Button], width: int) -> list[tuple[Button, ...]]:
    good = [button for button in buttons if button.data]
    return [tuple(good[start : start + width]) for start in range(0, len(good), width)]


def _hours(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    language, hours = subscriber.language, subscriber.timetable.hours
    second = hours[1] if len(hours) > 1 else None
    first = [
        _named(f"{hour:%H:%M}", hour == hours[0], "hour", f"{hour:%H:%M}", "hours") for hour in _HOUR_CHOICES
    ]
    later = [
        _named(f"{hour:%H:%M}", hour == second, "second", f"{hour:%H:%M}", "hours")
        for hour in _SECOND_CHOICES
    ]
    return [
        *_in_rows(first, 4),
        (_choice(language, "once_a_day", second is None, "second", "off", "hours"),),
        *_in_rows(later, 3),
        (Button(plain(language, "type_hour"), encode("ask", "hour")),),
    ]


def _days(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    language, table = subscriber.language, subscriber.timetable
    kinds = [
        _choice(language, f"days_{kind}", table.days == kind, "days", kind, "days")
        for kind in ("every", "weekdays", "workdays", "chosen")
    ]
    rows: list[tuple[Button, ...]] = [(button,) for button in kinds]
    if table.days == "chosen":
        days = [
            _named(
                plain(language, f"weekday_short_{day}"),
                day in table.weekdays,
                "weekday",
                f"{day}={int(day not in table.weekdays)}",
                "days",
            )
            for day in range(7)
        ]
        rows += _in_rows(days, 4)
    return rows


def _zone(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    language, current = subscriber.language, subscriber.timetable.time_zone
    offered = tuple(dict.fromkeys([*around.found, current, *zones.COMMON]))[:10]
    buttons = [
        _named(zones.shown(zone, language=language, now=around.now), zone == current, "zone", zone, "zone")
        for zone in offered
    ]
    return [*_in_rows(buttons, 2), (Button(plain(language, "type_city"), encode("ask", "zone")),)]


def _papers(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    chosen = subscriber.profile.papers
    buttons = [
        _named(paper, paper in chosen, "paper", f"{paper}={int(paper not in chosen)}", "papers")
        for paper in dict.fromkeys([*around.papers, *chosen])
    ][:40]
    return [
        (_choice(subscriber.language, "all_papers", not chosen, "papers", "all", "papers"),),
        *_in_rows(buttons, 2),
    ]


def _places(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    chosen = subscriber.profile.places
    # Chosen ones stay where they are: a button that jumps away under the thumb is pressed twice.
    offered = tuple(dict.fromkeys([*around.found, *around.near, *chosen]))[:_MOST_PLACES]
    buttons = [
        _named(place, place in chosen, "place", f"{place}={int(place not in chosen)}", "places")
        for place in offered
    ]
    return [
        *_in_rows(buttons, 2),
        (Button(plain(subscriber.language, "type_place"), encode("ask", "place")),),
    ]


def _length(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    return [
        (
            _choice(
                subscriber.language,
                f"length_{kind}_long",
                subscriber.profile.length == kind,
                "length",
                kind,
                "length",
            ),
        )
        for kind in ("titles", "summaries", "detailed")
    ]


def _order(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    return [
        (
            _choice(
                subscriber.language, f"order_{kind}", subscriber.profile.order == kind, "order", kind, "order"
            ),
        )
        for kind in ("importance", "place", "paper")
    ]


def _quiet(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    table = subscriber.timetable
    now = f"{table.quiet_from:%H:%M}-{table.quiet_upto:%H:%M}"
    off = table.quiet_from == table.quiet_upto
    spans = tuple(dict.fromkeys([*_SPANS, *([] if off else [now])]))
    return [
        (_choice(subscriber.language, "quiet_off", off, "quiet", "off", "quiet"),),
        *_in_rows([_named(span, not off and span == now, "quiet", span, "quiet") for span in spans], 2),
        (Button(plain(subscriber.language, "type_span"), encode("ask", "quiet")),),
    ]


def _language(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    return [
        (_choice(kind, "language_name", subscriber.language == kind, "language", kind, "language"),)
        for kind in get_args(Language)
    ]


def _pause(subscriber: Subscriber, around: Around) -> list[tuple[Button, ...]]:
    language, until = subscriber.language, subscriber.timetable.paused_until
    buttons = [
        _choice(language, "pause_days", False, "pause", str(days), "pause", days=days) for days in _PAUSES
    ]
    return [
        (_choice(language, "pause_none", until is None, "pause", "0", "pause"),),
        *_in_rows(buttons, 2),
        (Button(plain(language, "type_day"), encode("ask", "until")),),
    ]
