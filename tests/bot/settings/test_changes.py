"""What a press in the settings does, and what typed hours and spans mean."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.changes import MAX_PLACES, apply, read_hour, read_span
from store.models import Profile, Subscriber, Timetable

TODAY = date(2026, 3, 5)
PLAIN = Subscriber(1, 1000)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("07:30", time(7, 30)),
        ("7:05", time(7, 5)),
        ("7点", time(7)),
        ("7点半", time(7, 30)),
        ("晚上8点", time(20)),
        ("下午1点15分", time(13, 15)),
        ("０７：３０", time(7, 30)),
        ("730", time(7, 30)),
        ("2359", time(23, 59)),
        ("24:00", None),
        ("7:60", None),
        ("早", None),
        ("", None),
        ("七点", time(7)),
        ("早上六点三刻", time(6, 45)),
        ("二十五点", None),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, hour: time | None) -> None:
    """Chinese and Western forms; what is none is None."""
    assert read_hour(text) == hour


def test_spans_are_read_and_off_is_empty() -> None:
    """Equal ends mean none."""
    assert read_span("22:30-6:30") == (time(22, 30), time(6, 30))
    assert read_span("晚上10点到7点") == (time(22), time(7))
    assert read_span("off") == (time(0), time(0)) and read_span("22:30") is None and read_span("a-b") is None


@settings(deadline=None)  # the list of time zones is read at the first
@given(
    st.sampled_from(
        [
            "silent",
            "hour",
            "second",
            "days",
            "weekday",
            "zone",
            "paper",
            "place",
            "papers",
            "length",
            "order",
            "quiet",
            "pause",
            "until",
            "language",
            "late",
            "weekly",
            "matching",
            "x",
        ]
    ),
    st.text(max_size=30),
)
def test_no_press_raises_or_breaks_a_subscriber(key: str, value: str) -> None:
    """Button data is user input."""
    changed = apply(PLAIN, key, value, today=TODAY)
    assert changed is None or (1 <= len(changed.timetable.hours) <= 2 and changed.id == PLAIN.id)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("silent", "1"),
        ("weekday", "2=0"),
        ("paper", "汾北日报=1"),
        ("second", "19:00"),
        ("quiet", "22:00-07:00"),
        ("pause", "7"),
        ("length", "titles"),
    ],
)
def test_a_press_twice_is_a_press_once(key: str, value: str) -> None:
    """Buttons say what shall be."""
    once = apply(PLAIN, key, value, today=TODAY)
    assert once is not None and apply(once, key, value, today=TODAY) == once != PLAIN


def test_a_second_hour_is_kept_in_order_and_taken_away() -> None:
    """At most two, earliest first; changing the first keeps the second."""
    both = apply(PLAIN, "second", "06:00", today=TODAY)
    assert both is not None and both.timetable.hours == (time(6), time(7, 30))
    later = apply(both, "hour", "08:00", today=TODAY)
    assert later is not None and later.timetable.hours == (time(7, 30), time(8))
    once = apply(both, "second", "off", today=TODAY)
    assert once is not None and once.timetable.hours == (time(6),)


def test_a_pause_ends_and_cannot_be_for_ever() -> None:
    """Days or a date; 0 and the past mean none."""
    paused = apply(PLAIN, "pause", "7", today=TODAY)
    assert paused is not None and paused.timetable.paused_until == date(2026, 3, 12)
    ended = apply(paused, "until", "2026-03-01", today=TODAY)
    assert ended is not None and ended.timetable.paused_until is None
    assert (
        apply(PLAIN, "until", "2031-01-01", today=TODAY) is None
        and apply(PLAIN, "pause", "9999", today=TODAY) is None
    )


def test_places_have_a_limit() -> None:
    """The twenty-first is not added."""
    full = Subscriber(
        1, 1, profile=Profile(places=tuple(f"{n}县" for n in range(MAX_PLACES))), timetable=Timetable()
    )
    assert apply(full, "place", "新县=1", today=TODAY) == full
