"""What must be known of an update before it is understood: whose turn it takes, and whether somebody waits. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from store.models.inbox import Arrived

_NOT_SAID = (
    "left_chat_member",
    "new_chat_members",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
)
"""Messages that Telegram writes itself; nobody waits for an answer to them."""


def read(update: Mapping[str, Any], *, username: str) -> Arrived:
    """The update as the inbox keeps it. Raises KeyError or TypeError where it is none."""
    update_id = update["update_id"]
    if not isinstance(update_id, int):
        raise TypeError("update_id")
    body = json.dumps(update, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Arrived(update_id, _queue(update), body, _asks(update, username))


def _queue(update: Mapping[str, Any]) -> int:
    for kind, what in update.items():
        if not isinstance(what, Mapping):
            continue
        holder = what.get("message") if kind == "callback_query" else what
        chat = holder.get("chat") if isinstance(holder, Mapping) else None
        person = chat or what.get("from") or what.get("user")
        if isinstance(person, Mapping) and isinstance(person.get("id"), int):
            return int(person["id"])
    return 0


def _asks(update: Mapping[str, Any], username: str) -> bool:
    """A press, a message to the bot alone, or one that names it; what a group says among itself asks nothing."""
    if "callback_query" in update:
        return True
    message = update.get("message")
    if not isinstance(message, Mapping) or any(key in message for key in _NOT_SAID):
        return False
    if message.get("chat", {}).get("type") == "private":
        return True
    text, ours = str(message.get("text", "")), f"@{username.lower()}"
    if text.startswith("/"):
        addressee = text.split(maxsplit=1)[0].partition("@")[2].lower()
        return not addressee or addressee == username.lower()
    answered = message.get("reply_to_message")
    return ours in text.lower() or (
        isinstance(answered, Mapping)
        and answered.get("from", {}).get("username", "").lower() == username.lower()
    )
