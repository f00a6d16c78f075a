"""Errors of the bot.

    BaozhaiError
      ConfigError
      DeliveryError     RecipientGone, ChatMoved, TryLater, Unsure, MessageRefused, TokenRefused
      AlreadyRunning

`DeliveryError`s say what became of one message; bot/delivery/verdicts.py draws them from what Telegram answered.
"""

from __future__ import annotations

from store.errors import BaozhaiError


class ConfigError(BaozhaiError):
    """The configuration is wrong: which key, what it holds, what is allowed, and where it stands."""

    def __init__(self, key: str, value: str, allowed: str, where: str) -> None:
        self.key, self.value, self.allowed, self.where = key, value, allowed, where
        subject = f"{key} = {value}" if key and value else key or value
        super().__init__(f"{subject} (in {where}) is not allowed; it must be {allowed}.")


class AlreadyRunning(BaozhaiError):
    """Another Baozhai already serves this database."""

    def __init__(self, path: str, owner: str = "") -> None:
        self.path, self.owner = path, owner
        who = f" ({owner})" if owner else ""
        super().__init__(
            f"Another Baozhai{who} already serves this database (lock {path}); stop it first, or name another data folder."
        )


class DeliveryError(BaozhaiError):
    """A message was not delivered for certain."""


class RecipientGone(DeliveryError):
    """The chat cannot be reached until it speaks again: blocked, deleted, not found, kicked."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The chat cannot be reached: {reason}.")


class ChatMoved(DeliveryError):
    """The group became a supergroup with another id; nothing was sent."""

    def __init__(self, chat_id: int) -> None:
        self.chat_id = chat_id
        super().__init__("The group became a supergroup; nothing was sent.")


class TryLater(DeliveryError):
    """The message was refused for certain and may be sent later.

    `after_seconds` is what Telegram asked for (None: our own backoff); `flood` tells a rate limit from a connection
    that never came to be.
    """

    def __init__(self, reason: str, *, after_seconds: float | None = None, flood: bool = False) -> None:
        self.reason, self.after_seconds, self.flood = reason, after_seconds, flood
        super().__init__(f"Not sent, for certain: {reason}.")


class Unsure(DeliveryError):
    """Nobody knows whether the message arrived: the answer was lost after the request had been written."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"It is not known whether the message arrived: {reason}.")


class MessageRefused(DeliveryError):
    """Telegram will not take this message as it is.

    `fallback` says that the same words as plain text without buttons may pass.
    """

    def __init__(self, reason: str, *, fallback: bool = False) -> None:
        self.reason, self.fallback = reason, fallback
        super().__init__(f"Telegram refused the message: {reason}.")


class TokenRefused(DeliveryError):
    """Telegram refuses the bot's token: revoked, or mistyped. Nothing is sent until it is mended."""
