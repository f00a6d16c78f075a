"""People: what readers and groups do to the bot, and what they see.

The terminal chat and the tests act through these; nothing here is a method of the Bot API.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.loopback import links
from bot.loopback.chats import Chat
from bot.loopback.formatting import MAX_TEXT, NO_TEXT, Formatted, formatted
from bot.loopback.keyboards import Button
from bot.loopback.profile import member_record
from bot.loopback.records import Answer, Message
from bot.loopback.state import State


class User:
    """A reader with a private chat; made by `BotApi.user`."""

    def __init__(self, api: State, chat: Chat) -> None:
        self.api, self.chat = api, chat
        self.id = chat.id
        self.opened: list[str] = []  # addresses this reader opened in a browser
        self.copied: list[str] = []

    # What they do

    def send(self, text: str, *, chat_id: int | None = None, reply_to: int = 0, thread_id: int = 0) -> int:
        """Write `text` (to a group if `chat_id` names one, in a topic if `thread_id` does); returns the id of the (last) message.

        A long paste goes out in pieces, as Telegram's clients do it.
        """
        pieces = [text[start : start + MAX_TEXT] for start in range(0, len(text), MAX_TEXT)] or [""]
        return [self._say(formatted(piece), chat_id, reply_to, thread_id=thread_id) for piece in pieces][-1]

    def start(self, payload: str = "") -> int:
        """Press Start, or tap a deep link with `payload`."""
        return self.send(f"/start {payload}".rstrip())

    def sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        return self._say(NO_TEXT, None, 0, sticker=emoji, file_id="sticker1")

    def edit(self, message_id: int, text: str) -> None:
        """Change an own message."""
        with self.api.lock:
            message = replace(
                self.chat.messages[message_id], content=formatted(text), edited_at=self.api.clock()
            )
            self.api.keep(message, "received")
            self.api.queue("edited_message", self.api.message_json(message))

    def press(
        self,
        button: int | str | Button,
        message_id: int | None = None,
        *,
        chat_id: int | None = None,
        stale: bool = False,
    ) -> str:
        """Press a button, named by its number from 1, by its words or by its data; returns the query id ("" for others).

        Without `message_id` it is the latest message with a keyboard.  `stale` presses data no longer under the message,
        as a phone does whose screen is old.
        """
        with self.api.lock:
            chat = self.api.chat(chat_id or self.id)
            message = self.with_keyboard(chat) if message_id is None else chat.messages.get(message_id)
            if stale and isinstance(button, str):
                return self._callback(chat, message, message_id or 0, button)
            if message is None:
                raise LookupError(f"There is no message {message_id or 'with a keyboard'}.")
            pressed = _named(message, button)
            if pressed.action == "callback_data":
                return self._callback(chat, message, message.message_id, pressed.data)
            if pressed.action == "url":
                self.open(str(pressed.value))
            elif pressed.action == "copy_text":
                self.copied.append(str(pressed.value["text"]))
            return ""

    def open(self, address: str) -> bool:
        """Tap a link: a deep link to the bot starts it (True), any other goes to the browser."""
        payload = links.start_payload(address, str(self.api.me["username"]))
        if payload is None:
            self.opened.append(address)
            return False
        self.start(payload)
        return True

    def inline(self, query: str, *, offset: str = "") -> str:
        """Type `@bot query` in some chat; returns the query id."""
        with self.api.lock:
            query_id = self.api.next_query_id()
            self.api.open_queries[query_id] = self.id
            person = self.api.person(self.id)
            self.api.queue("inline_query", {"id": query_id, "from": person, "query": query, "offset": offset})
            return query_id

    def block(self) -> None:
        """Block the bot."""
        self._standing("member", "kicked", blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._standing("kicked", "member", blocked=False)

    def deactivate(self) -> None:
        """Delete the account."""
        self.chat.deactivated = True

    def clear(self) -> None:
        """Delete all messages on this side and the bot's, as "clear history" does."""
        with self.api.lock:
            self.chat.messages.clear()

    # What they see

    def sees(self, *, chat_id: int | None = None) -> list[Message]:
        """The messages in the chat as they stand now, in order."""
        with self.api.lock:
            messages = self.api.chat(chat_id or self.id).messages
            return [messages[message_id] for message_id in sorted(messages)]

    def got(self) -> list[Message]:
        """The bot's messages in the private chat as they stand now, in order."""
        return [message for message in self.sees() if message.from_bot]

    @property
    def toasts(self) -> list[Answer]:
        """What the bot answered to this reader's presses, in order."""
        with self.api.lock:
            return [event.answer for event in self.api.events if event.answer and event.chat_id == self.id]

    def with_keyboard(self, chat: Chat | None = None) -> Message | None:
        """The latest message with inline buttons."""
        messages = (chat or self.chat).messages
        return next((messages[key] for key in sorted(messages, reverse=True) if messages[key].buttons), None)

    # How it reaches the bot

    def _say(self, content: Formatted, chat_id: int | None, reply_to: int, **more: Any) -> int:
        with self.api.lock:
            chat = self.api.chat(chat_id or self.id)
            if chat.private:
                if chat.blocked:
                    self.unblock()  # a client must unblock before it can write
                chat.started = True
            message = Message(
                self.api.next_message_id(),
                chat.id,
                self.id,
                self.api.clock(),
                content,
                from_bot=False,
                reply_to=reply_to,
                **more,
            )
            self.api.keep(message, "received")
            if chat.private or _concerns(self.api, chat, message):
                record = self.api.message_json(message)
                if reply_to in chat.messages:
                    record["reply_to_message"] = self.api.message_json(chat.messages[reply_to])
                self.api.queue("message", record)
            return message.message_id

    def _callback(self, chat: Chat, message: Message | None, message_id: int, data: str) -> str:
        query_id = self.api.next_query_id()
        self.api.open_queries[query_id] = self.id
        # a message that is gone comes as an InaccessibleMessage: date 0, no text
        shown = (
            self.api.message_json(message)
            if message is not None
            else {"chat": chat.as_json(), "message_id": message_id, "date": 0}
        )
        self.api.queue(
            "callback_query",
            {
                "id": query_id,
                "from": self.api.person(self.id),
                "message": shown,
                "chat_instance": str(chat.id),
                "data": data,
            },
        )
        return query_id

    def _standing(self, before: str, after: str, *, blocked: bool) -> None:
        with self.api.lock:
            if self.chat.blocked == blocked:
                return
            self.chat.blocked = blocked
            self.api.queue("my_chat_member", _standing(self.api, self.chat, self.id, before, after))


class Group:
    """A group or channel; made by `BotApi.group`."""

    def __init__(self, api: State, chat: Chat) -> None:
        self.api, self.chat = api, chat
        self.id = chat.id

    def add(self, user: User, status: str = "member") -> None:
        """Let `user` in as member, administrator or creator."""
        self.chat.members[user.id] = status

    def bot_becomes(self, status: str, *, by: int = 0) -> None:
        """Change the bot's standing: member, administrator, left, kicked."""
        with self.api.lock:
            before, self.chat.bot_status = self.chat.bot_status, status
            self.api.queue("my_chat_member", _standing(self.api, self.chat, by, before, status))

    def open_topic(self, thread_id: int) -> None:
        """Open a topic; the group is a forum from now on."""
        self.chat.topics.add(thread_id)

    def delete_topic(self, thread_id: int) -> None:
        """Delete a topic."""
        self.chat.topics.discard(thread_id)

    def silence(self, silent: bool = True) -> None:
        """Take (or give back) the bot's right to write."""
        self.chat.may_write = not silent

    def migrate(self, new_id: int) -> Group:
        """Turn the group into a supergroup with another id."""
        with self.api.lock:
            self.chat.migrated_to = new_id
            self.api.chats[new_id] = Chat(
                new_id, "supergroup", self.chat.title, members=dict(self.chat.members)
            )
            for chat, said in (
                (self.chat, {"migrate_to_chat_id": new_id}),
                (self.api.chats[new_id], {"migrate_from_chat_id": self.id}),
            ):
                message = Message(self.api.next_message_id(), chat.id, 0, self.api.clock(), from_bot=False)
                self.api.queue("message", {**self.api.message_json(message), **said})
            return Group(self.api, self.api.chats[new_id])

    def sees(self) -> list[Message]:
        """The messages in the group as they stand now, in order."""
        with self.api.lock:
            return [self.chat.messages[message_id] for message_id in sorted(self.chat.messages)]


def _named(message: Message, button: int | str | Button) -> Button:
    if isinstance(button, Button):
        return button
    if isinstance(button, int):
        if 1 <= button <= len(message.buttons):
            return message.buttons[button - 1]
    else:
        for by in ("text", "data"):
            for candidate in message.buttons:
                if getattr(candidate, by) == button:
                    return candidate
    raise LookupError(f"There is no button {button!r}; there are {message.labels}.")


def _concerns(api: State, chat: Chat, message: Message) -> bool:
    """Privacy mode: in a group the bot hears commands, mentions of itself and replies to itself."""
    if chat.bot_status in ("left", "kicked"):
        return False
    if chat.bot_status == "administrator":
        return True
    name = f"@{api.me['username']}".lower()
    for entity in message.entities:
        words = message.quoted(entity).lower()
        if entity.type == "bot_command" and ("@" not in words or words.endswith(name)):
            return True
        if entity.type == "mention" and words == name:
            return True
    replied = chat.messages.get(message.reply_to)
    return replied is not None and replied.from_bot


def _standing(api: State, chat: Chat, by: int, before: str, after: str) -> dict[str, Any]:
    old = member_record(before, api.me, chat, may_write=chat.could_write)
    new = member_record(after, api.me, chat)
    chat.could_write = chat.may_write
    return {
        "chat": chat.as_json(),
        "from": api.person(by),
        "date": int(api.clock().timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
