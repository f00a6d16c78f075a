"""What the model of the Bot API holds, and what its parts need of each other. Methods and people change it; `model.py` joins them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.loopback.chats import Chat
from bot.loopback.errors import bad_request
from bot.loopback.parameters import Parameters
from bot.loopback.records import Answer, Event, Message
from bot.loopback.updates import Updates

BOT_ID = 1


@dataclass
class Profile:
    """What readers see of the bot before they write to it."""

    commands: dict[tuple[str, str], list[Mapping[str, Any]]] = field(
        default_factory=dict
    )  # (scope, language)
    texts: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (description | short_description | name, language)
    menu_button: Mapping[str, Any] = field(default_factory=lambda: {"type": "commands"})


@dataclass(frozen=True)
class Webhook:
    """Where updates are posted to; no url means polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40


class State:
    """Chats, updates, messages and what was answered, with one lock over all of it."""

    def __init__(self, *, clock: Callable[[], datetime], username: str, name: str) -> None:
        self.clock = clock
        self.lock = threading.RLock()
        self.chats: dict[int, Chat] = {}
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
