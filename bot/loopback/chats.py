"""Chats and the people in them: who can be written to, and what Telegram says of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.loopback.errors import ApiError, Refused, bad_request, forbidden
from bot.loopback.records import Message


@dataclass
class Chat:
    """A chat as the bot knows it; `bot_status` is the bot's own standing in a group."""

    id: int
    type: str = "private"
    title: str = ""
    started: bool = True
    blocked: bool = False
    deactivated: bool = False
    bot_status: str = "member"
    may_write: bool = True
    could_write: bool = True  # what the bot was told of that last
    migrated_to: int = 0
    topics: set[int] = field(default_factory=set)  # of a forum: the open ones
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)  # the reader of a private chat

    @property
    def private(self) -> bool:
        """Whether it is a reader's own chat with the bot."""
        return self.type == "private"

    def as_json(self) -> dict[str, Any]:
        """The Chat of the Bot API."""
        if not self.private:
            record: dict[str, Any] = {"id": self.id, "type": self.type, "title": self.title}
            if "username" in self.person:
                record["username"] = self.person["username"]
            return {**record, "is_forum": True} if self.topics else record
        names = ("first_name", "last_name", "username")
        return {
            "id": self.id,
            "type": "private",
            **{name: self.person[name] for name in names if name in self.person},
        }

    def check(self) -> None:
        """Refuse, in Telegram's words, a call that would write here and cannot."""
        if self.private:
            if self.deactivated:
                raise forbidden("user is deactivated")
            if self.blocked:
                raise forbidden("bot was blocked by the user")
            if not self.started:
                raise forbidden("bot can't initiate conversation with a user")
            return
        if self.migrated_to:
            raise Refused(
                ApiError(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    {"migrate_to_chat_id": self.migrated_to},
                )
            )
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.type} chat")
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {self.type} chat")
        if not self.may_write:
            if self.type == "channel":
                raise bad_request("need administrator rights in the channel chat")
            raise bad_request("not enough rights to send text messages to the chat")
