"""Laws of time: exactly one digest for each local day and hour, in any zone, whatever the clocks and the readers do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.delivery.due import decide, is_quiet, quiet_end
from store.models import Slot, Timetable
from store.timetable import following, rescheduled, slots

ZONES = (
    "Asia/Shanghai",
    "Asia/Beirut",
    "America/Santiago",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
)
_NEAR_CHANGES = [
    time(23, 59),
    time(0, 0),
    time(0, 1),
    time(0, 30),
    time(1, 0),
    time(1, 45),
    time(2, 15),
    time(23, 30),
]
HOURS = st.one_of(
    st.sampled_from(_NEAR_CHANGES), st.times().map(lambda t: t.replace(second=0, microsecond=0))
)
_TICK = timedelta(minutes=7)
_CATCH_UP = timedelta(hours=12)


class Reader:
    """A subscriber's row, ticked as bot/delivery/planner.py does it; `got` counts digests by local day they stand for."""

    def __init__(self, timetable: Timetable, now: datetime) -> None:
        self.timetable = timetable
        self.got: Counter[date] = Counter()
        self.done_day: date | None = None
        self.done_count = 0
        self.promised: Slot | None = following(timetable, now, done_day=None, done_count=0)

    def tick(self, now: datetime) -> None:
        """Send if due."""
        if self.promised is None or self.promised.at > now:
            return
        decision = decide(self.timetable, self.promised, now, catch_up=_CATCH_UP)
        if decision.action == "send":
            self.got.update(decision.days)
        self.done_day, self.done_count = decision.slot.day, decision.slot.number + 1
        self.promised = decision.following

    def change(self, timetable: Timetable, now: datetime) -> None:
        """New settings."""
        self.promised = rescheduled(
            timetable, now, pending=self.promised, done_day=self.done_day, done_count=self.done_count
        )
        self.timetable = timetable


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ZONES), st.lists(HOURS, min_size=1, max_size=2, unique=True))
@example("Asia/Beirut", [time(0, 1), time(1, 0)])
def test_year_has_one_digest_for_each_local_day_and_hour(zone: str, hours: list[time]) -> None:
    """2026, with every change of clocks in it: no day left out, none twice."""
    table = Timetable(zone, tuple(hours))
    reader = Reader(table, datetime(2025, 12, 30, tzinfo=UTC))
    now = datetime(2025, 12, 30, tzinfo=UTC)
    while now < datetime(2027, 1, 3, tzinfo=UTC):
        # Ticks only where something is due: between them nothing can happen (a tick before the instant does nothing).
        assert reader.promised is not None
        reader.tick(reader.promised.at - timedelta(seconds=1))
        now = reader.promised.at + timedelta(seconds=20)
        reader.tick(now)
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    # Two hours that a gap makes one instant are one digest (Beirut, 00:00 and 01:00 on 29 March).
    promised = {day: len({slot.at for slot in slots(table, day)}) for day in year}
    assert sum(promised.values()) >= 365 * len(hours) - 1 and min(promised.values()) >= 1
    assert {day: reader.got[day] for day in year} == promised


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ZONES),
    HOURS,
    st.lists(st.tuples(st.integers(0, 60 * 24 * 20), st.sampled_from(ZONES), HOURS), max_size=5),
)
def test_changed_settings_neither_skip_nor_double_a_day(
    zone: str, hour: time, changes: list[tuple[int, str, time]]
) -> None:
    """Zone and hour changed at any minutes of three weeks: one digest for each local day in between."""
    start = datetime(2026, 3, 20, tzinfo=UTC)
    reader = Reader(Timetable(zone, (hour,)), start)
    waiting = sorted(changes)
    now = start
    while now < start + timedelta(days=24):
        reader.tick(now)
        while waiting and start + timedelta(minutes=waiting[0][0]) <= now:
            _, new_zone, new_hour = waiting.pop(0)
            reader.change(Timetable(new_zone, (new_hour,)), now)
        now += _TICK
    assert max(reader.got.values()) == 1
    days = sorted(reader.got)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) >= 22


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), HOURS, HOURS, st.integers(0, 60 * 24 * 365))
def test_quiet_hours_end_when_they_say(zone: str, start: time, end: time, minute: int) -> None:
    """A message put off rings at an instant that is not quiet, and no later than a day."""
    table = Timetable(zone, quiet_from=start, quiet_upto=end)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    rings = quiet_end(table, now)
    assert now <= rings <= now + timedelta(hours=25)
    assert not is_quiet(table, rings)
    assert (rings == now) == (not is_quiet(table, now))
