"""Reminders of the calendar: when one is due (pure), and putting due ones into the outbox, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages.calendar import compose_gone, compose_reminder
from store.database import Store
from store.models.calendar import Found
from store.tables.calendar import Reminder

EVENING = time(19)
LEADS = ("evening", "hour")
_CLOCK = re.compile(
    r"(?P<part>上午|下午|早上|早|晚上|晚间|晚|夜间|凌晨|中午)?\s?(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])\s?"
    r"(?:[:：∶]\s?(?P<minute>\d{2})|[时点](?:(?P<half>半)|(?P<more>\d{1,2})分?)?)"
)
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九十")} | {"两": 2, "十一": 11, "十二": 12}


def target(found: Found, day: date) -> date | None:
    """The day to be reminded of, seen from `day`: when it begins, when it ends; None when there is none ahead."""
    if found.deadline or found.first is None:
        ahead = found.last
    else:
        ahead = found.first if found.first >= day else found.last
    if ahead is None and found.weekdays:
        ahead = next(
            (
                there
                for distance in range(8)
                if (there := day + timedelta(days=distance)).weekday() in found.weekdays
            ),
            None,
        )
    return ahead if ahead is not None and ahead >= day else None


def clock(text: str) -> time | None:
    """The first hour of the day in 「上午8:30至11:30」, 「晚七点」; None when there is none."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    said = found["hour"]
    hour = int(said) if said.isdigit() else _DIGITS[said]
    minute = int(found["minute"] or found["more"] or (30 if found["half"] else 0))
    if found["part"] in ("下午", "晚上", "晚间", "晚", "夜间") and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def due_at(found: Found, lead: str, *, day: date, reader_zone: str, paper_zone: str) -> datetime | None:
    """When to remind, seen from `day`; None when that cannot be said (no hour is printed, nothing lies ahead).

    The evening is the reader's, the hour of what is announced is the paper's.
    """
    ahead = target(found, day)
    if ahead is None:
        return None
    if lead == "evening":
        return datetime.combine(ahead - timedelta(days=1), EVENING, ZoneInfo(reader_zone))
    hour = clock(found.hours[0]) if found.hours else None
    if hour is None:
        return None
    return datetime.combine(ahead, hour, ZoneInfo(paper_zone)) - timedelta(hours=1)


def send_reminders(store: Store, now: datetime, *, bot_username: Callable[[], str], paper_zone: str) -> int:
    """Queue what is due; how many. Each reminder goes into the outbox and out of its table in one transaction."""
    queued = 0
    for reminder in store.calendar.reminders():
        reader = store.subscribers.get(reminder.subscriber_id)
        if reader is None or not reader.reached:
            continue
        zone = reader.timetable.time_zone
        event = reminder.event
        if event is None:
            (article,) = store.articles.many([reminder.article_id]) or (None,)
            part = compose_gone(article, language=reader.language)
            ahead: date | None = None
        else:
            # Seen from the evening before: who asks for an evening is told of the next day.
            today = now.astimezone(ZoneInfo(zone)).date()
            at = due_at(event.found, reminder.lead, day=today, reader_zone=zone, paper_zone=paper_zone)
            ahead = target(event.found, today)
            if at is not None and at > now:
                continue
            if at is None and not event.found.is_over(today):
                at = due_at(event.found, "evening", day=today, reader_zone=zone, paper_zone=paper_zone)
                if at is None or at > now:
                    continue
            part = compose_reminder(
                event, ahead, today=today, language=reader.language, bot_username=bot_username()
            )
        with store.transaction():
            if not store.calendar.forget_reminder(reader.id, reminder.event_id):
                continue
            if event is not None and ahead is None:  # over before it could be said
                continue
            queued += store.outbox.enqueue(
                reader.id,
                "notice",
                f"remind {reminder.event_id} {reminder.lead} {ahead or ''}",
                [part],
                now,
                silent=reader.silent,
                language=reader.language,
            )
    return queued


__all__ = ["LEADS", "Reminder", "clock", "due_at", "send_reminders", "target"]
