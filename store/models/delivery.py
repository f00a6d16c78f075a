"""What is on its way to a subscriber: composed parts, outbox rows, outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from store.models.subscribers import Timetable

State = Literal["waiting", "sending", "sent", "uncertain", "failed", "expired"]
MailKind = Literal["digest", "missed", "alert", "promise", "notice", "edit"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back when it is pressed, `url` opens, `copy` goes to the reader's
    clipboard; exactly one of them is given."""

    text: str
    data: str = ""
    url: str = ""
    copy: str = ""


Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message as Telegram takes it: HTML within the limits, and rows of buttons."""

    html: str
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A promised digest: `at` is the instant in UTC, `day` the subscriber's local day it counts for, `number` which
    of the day's hours it is (0 or 1)."""

    day: date
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """An outbox row that waits: one part to one chat. `edits` is the Telegram message to edit (0: send a new one).

    `thread_id` is the topic of a group (0: none), `channel` says that the chat is a channel.
    """

    id: int
    subscriber_id: int
    chat_id: int
    kind: MailKind
    message_id: int
    part: int
    due_at: datetime
    attempts: int = 0
    unsure: int = 0
    silent: bool = False
    plain: bool = False
    edits: int = 0
    thread_id: int = 0
    channel: bool = False
    timetable: Timetable = field(default_factory=Timetable)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt to send a Mail, to be written down.

    `state` is what the row becomes: "sent" (with Telegram's message id), "waiting" (refused for certain, again not
    before `again_at`), "uncertain" or "failed" (`reason` says why). `gone` says that the whole chat cannot be reached;
    `moved_to` is the new id of a group that became a supergroup; `plain` asks for plain text next time.
    """

    mail: Mail
    state: State
    telegram_id: int = 0
    again_at: datetime | None = None
    reason: str = ""
    gone: bool = False
    moved_to: int = 0
    plain: bool = False


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many rows are in each state."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    uncertain: int = 0
    failed: int = 0
    expired: int = 0
    oldest_waiting: datetime | None = None


@dataclass(frozen=True, slots=True)
class UncertainPart:
    """A part of which nobody knows whether it arrived, for the operator and for its reader."""

    outbox_id: int
    subscriber_id: int
    kind: MailKind
    day: date | None
    part: int
    parts: int
    attempted_at: datetime
    reason: str
    digest_id: int | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """When a running bot last looked at its work: `lag_seconds` is how late the oldest due work is."""

    name: str
    at: datetime
    started_at: datetime
    process_id: int
    lag_seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A subscriber whose promise has come: what a plan needs, and the row's `revision` it was read at.

    `waiting_days` are the days of digests planned before and not begun, whose articles are in the range again. `doubtful`
    are the outbox rows of digest parts that may not have arrived, of `doubtful_days`, with articles from `doubtful_after` on.
    """

    subscriber_id: int
    language: str
    profile_key: str
    after: int
    slot: Slot
    timetable: Timetable
    revision: int
    waiting_days: tuple[date, ...] = ()
    doubtful: tuple[int, ...] = ()
    doubtful_days: tuple[date, ...] = ()
    doubtful_after: int = 0


@dataclass(frozen=True, slots=True)
class Overdue:
    """A digest that waited too long and was not begun."""

    subscriber_id: int
    language: str
    day: date
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one Due: `mailing_id` 0 means that there is nothing to send.

    `done` is the last promise settled, `following` the next one. `upto` is where the digest's range ends (None: the
    range stays where it is). `again_at` keeps the same promise and looks again then. `heals` are the outbox rows whose
    articles are in this digest once more, because nobody knows whether they arrived; `missed_mailing_id` says so.
    """

    due: Due
    done: Slot
    following: Slot | None
    mailing_id: int = 0
    digest_id: int | None = None
    missed_mailing_id: int = 0
    weekly_mailing_id: int = 0
    upto: int | None = None
    again_at: datetime | None = None
    resumes: bool = False
    heals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SentDigest:
    """A digest as it was composed and sent: to be edited when its articles are corrected or late ones come."""

    mailing_id: int
    digest_id: int
    revision: int
    profile_key: str
    language: str
    day: date
    after: int
    upto: int
