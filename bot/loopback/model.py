"""The model of the Bot API: state, and one door (`call`) for all methods.

What a method does is in `sending.py` and `profile.py`; what people do to the bot is in `people.py`.
Every call is atomic: a lock lets a test's thread act as a reader while a server in another thread answers the bot.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.loopback import profile, sending
from bot.loopback.chats import Chat
from bot.loopback.errors import METHOD_NOT_FOUND, WEBHOOK_ACTIVE, Refused, bad_request
from bot.loopback.parameters import Parameters, Upload
from bot.loopback.people import Group, User
from bot.loopback.profile import Profile, Webhook
from bot.loopback.records import Answer, Event, Message
from bot.loopback.updates import MAX_LIMIT, Updates

BOT_ID = 1


class BotApi:
    """A Bot API in memory, for one bot."""

    def __init__(
        self, *, clock: Callable[[], datetime], username: str = "baozhai_bot", name: str = "报摘"
    ) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, User] = {}
        self.updates = Updates()
        self.events: list[Event] = []
        self.answers: dict[str, Answer] = {}  # to presses, by query id
        self.inline_answers: dict[str, list[Mapping[str, Any]]] = {}
        self.open_queries: dict[str, int] = {}  # presses not answered yet: query id → who pressed
        self.profile = Profile()
        self.webhook = Webhook()
        self.me: dict[str, Any] = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self._listeners: list[Callable[[], object]] = []
        self._last_message_id = 0
        self._last_query_id = 0
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

    # What the parts of the model need of each other

    def chat(self, chat_id: int) -> Chat:
        """The chat `chat_id`; "chat not found" where there is none."""
        found = self.chats.get(chat_id)
        if found is None:
            raise bad_request("chat not found")
        return found

    def addressed(self, parameters: Parameters) -> Chat:
        """The chat a call names in `chat_id`, by number or @name."""
        value = parameters.text("chat_id")
        if not value:
            raise bad_request("chat_id is empty")
        if value.startswith("@"):
            named = [chat for chat in self.chats.values() if chat.person.get("username") == value[1:]]
            if not named or named[0].private:  # private chats have no public name
                raise bad_request("chat not found")
            return named[0]
        return self.chat(parameters.number("chat_id"))

    def message_json(self, message: Message) -> dict[str, Any]:
        """A message as the Bot API shows it."""
        sender = self.me if message.from_bot else self.person(message.sender_id)
        return message.as_json(self.chat(message.chat_id).as_json(), sender)

    def person(self, user_id: int) -> dict[str, Any]:
        """The User of the Bot API for someone known."""
        if user_id == BOT_ID:
            return self.me
        known = self.chats.get(user_id)
        return known.person if known else {"id": user_id, "is_bot": False, "first_name": ""}

    def keep(self, message: Message, kind: str) -> None:
        """Put a message (new or changed) into its chat and tell the listeners."""
        self.chat(message.chat_id).messages[message.message_id] = message
        self.tell(Event(kind, message.chat_id, message))

    def tell(self, event: Event) -> None:
        """Record an event and wake who listens."""
        self.events.append(event)
        self.wake()

    def queue(self, kind: str, payload: dict[str, Any]) -> None:
        """Hand an update to the bot."""
        self.updates.add(kind, payload)
        self.wake()

    def wake(self) -> None:
        """Call the listeners."""
        for listener in tuple(self._listeners):
            listener()

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener` at every change, from whichever thread made it; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def next_message_id(self) -> int:
        """A message id not used before."""
        self._last_message_id += 1
        return self._last_message_id

    def next_query_id(self) -> str:
        """A query id not used before."""
        self._last_query_id += 1
        return str(self._last_query_id)


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
