"""The model of the Bot API: one door (`call`) for all methods, and the people who write to the bot.

What it holds is in `state.py`; what a method does in `sending.py` and `profile.py`; what people do in `people.py`.
Every call is atomic: a lock lets a test's thread act as a reader while a server in another thread answers the bot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.loopback import profile, sending
from bot.loopback.chats import Chat
from bot.loopback.errors import METHOD_NOT_FOUND, WEBHOOK_ACTIVE, Refused
from bot.loopback.parameters import Parameters, Upload
from bot.loopback.people import Group, User
from bot.loopback.state import State
from bot.loopback.updates import MAX_LIMIT


class BotApi(State):
    """A Bot API in memory, for one bot."""

    def __init__(
        self, *, clock: Callable[[], datetime], username: str = "baozhai_bot", name: str = "报摘"
    ) -> None:
        super().__init__(clock=clock, username=username, name=name)
        self.people: dict[int, User] = {}
        self._methods: dict[str, Callable[[BotApi, Parameters], Any]] = {
            **sending.METHODS,
            **profile.METHODS,
            "getupdates": _get_updates,
        }

    # What the bot does

    def call(
        self, method: str, values: Mapping[str, Any] | None = None, files: Mapping[str, Upload] | None = None
    ) -> Any:
        """The result of a method, ready for JSON; a refusal raises `Refused`.  Method names ignore case, as Telegram's do."""
        action = self._methods.get(method.lower())
        if action is None:
            raise Refused(METHOD_NOT_FOUND)
        with self.lock:
            return action(self, Parameters(values or {}, files or {}))

    def knows(self, method: str) -> bool:
        """Whether there is such a method here."""
        return method.lower() in self._methods

    # What people do

    def user(self, user_id: int, **facts: Any) -> User:
        """The reader `user_id`, made on first mention (`first_name`, `last_name`, `username`, `language_code`).

        `started=False` makes one who has never written to the bot: writing to them is refused until they do.
        """
        with self.lock:
            started = facts.pop("started", True)
            if user_id not in self.people:
                person = {
                    "id": user_id,
                    "is_bot": False,
                    "first_name": f"读者{user_id}",
                    "language_code": "zh-hans",
                }
                chat = self.chats[user_id] = Chat(user_id, started=started, person=person)
                self.people[user_id] = User(self, chat)
            user = self.people[user_id]
            user.chat.person.update({name: value for name, value in facts.items() if value is not None})
            return user

    def group(self, chat_id: int, title: str = "读报群", *, kind: str = "supergroup") -> Group:
        """The group (or channel) `chat_id`, made on first mention with the bot in it."""
        with self.lock:
            chat = self.chats.setdefault(chat_id, Chat(chat_id, kind, title))
            return Group(self, chat)


def _get_updates(api: BotApi, parameters: Parameters) -> list[dict[str, Any]]:
    """What waits now; the waiting itself is the transport's."""
    if api.webhook.url:
        raise Refused(WEBHOOK_ACTIVE)
    api.updates.allow(parameters.structure("allowed_updates"))
    before = len(api.updates.pending)
    found = api.updates.take(offset=parameters.number("offset"), limit=parameters.number("limit", MAX_LIMIT))
    if len(api.updates.pending) < before:  # someone may wait for all to be confirmed
        api.wake()
    return found
