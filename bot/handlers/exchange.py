"""What a reader asks and what the bot answers, as plain records: handlers turn one into the other.

A command's file has `answer(store, request) -> Reply`; it knows nothing of Telegram and runs in a worker thread.
`bot/handlers/conversation.py` makes requests from updates and sends replies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.messages.callbacks import Press
from bot.texts import key_for, language_of
from store.models.delivery import Button, Buttons, Part
from store.models.subscribers import Profile, Subscriber, Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody wrote or pressed something.

    `words` is what stands after the command (or the whole free text); `press` the button. `subscriber` is the chat as
    the store knows it, None when it does not. `forwarded` says that somebody else wrote it. `may_change` says whether this person may
    change the chat's settings; `thread_id` is the topic of a group it came from, 0 for none.
    """

    chat_id: int
    user_id: int
    now: datetime
    bot_username: str
    words: str = ""
    press: Press = field(default_factory=lambda: Press(""))
    private: bool = True
    may_change: bool = True
    is_admin: bool = False
    forwarded: bool = False
    telegram_language: str = ""
    subscriber: Subscriber | None = None
    name: str = ""
    thread_id: int = 0
    hour: time = time(7, 30)
    time_zone: str = "Asia/Shanghai"

    @property
    def language(self) -> str:
        """ "zh", "zh-hant" or "en": as chosen, else as the reader's Telegram."""
        return self.subscriber.language if self.subscriber else language_of(self.telegram_language)

    def key(self, name: str) -> str:
        """The key of a sentence: in a group that of the one which speaks to a group, where there is one."""
        return key_for(name, group=not self.private)

    @property
    def profile(self) -> Profile:
        """The chat's profile, or a newcomer's."""
        return self.subscriber.profile if self.subscriber else Profile()

    @property
    def timetable(self) -> Timetable:
        """The chat's timetable, or the one a newcomer would get."""
        if self.subscriber:
            return self.subscriber.timetable
        return Timetable(time_zone=self.time_zone, hours=(self.hour,))

    @property
    def today(self) -> date:
        """The day it is where the reader lives."""
        return self.now.astimezone(ZoneInfo(self.timetable.time_zone)).date()


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to do for a request, in this order: `toast`, then `edit` or `buttons`, then `parts` and `document`.

    `edit` replaces the pressed message (or is sent as a new one where that is not possible), `buttons` only its
    keyboard; `parts` are new messages; `toast` pops up over the keyboard (`alert`: until it is confirmed). `opens` is a deep link to the bot that
    a press follows, in the place of a toast: long reading is done in private. `posts` says that something was put into the outbox: whoever sends what is there must not wait for the next tick.
    """

    parts: tuple[Part, ...] = ()
    edit: Part | None = None
    buttons: Buttons | None = None
    toast: str = ""
    alert: bool = False
    opens: str = ""
    document: Document | None = None
    posts: bool = False


def tell(html: str, *rows: tuple[Button, ...]) -> Reply:
    """A reply of one message with rows of buttons."""
    return Reply(parts=(Part(html, tuple(row for row in rows if row)),))
