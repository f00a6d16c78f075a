"""What Telegram answered → what it means for the message: a DeliveryError. Pure; the one reader of Telegram's errors.

Mind the order: in python-telegram-bot `BadRequest` and `TimedOut` are both `NetworkError`.
"""

from __future__ import annotations

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import ChatMoved, DeliveryError, MessageRefused, RecipientGone, TokenRefused, TryLater, Unsure

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""httpx raises these before the request is written; all others may come after."""
_GONE = (
    "chat not found",
    "chat_id is empty",
    "user not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "user_is_blocked",
)
_NO_RIGHTS = (
    "not enough rights",
    "need administrator rights",
    "chat_write_forbidden",
    "have no rights",
    "chat_restricted",
    "topic_closed",
    "chat_send_plain_forbidden",
)
_TARGET_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NOT_MODIFIED = "message is not modified"


def verdict(error: BaseException) -> DeliveryError | None:
    """What the error of a send or edit means; None when it means success (an edit that changes nothing)."""
    match error:
        case RetryAfter():
            return TryLater("flood limit", after_seconds=_seconds(error), flood=True)
        case ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case Forbidden():
            return RecipientGone(_reason(error))
        case InvalidToken():
            return TokenRefused()
        case BadRequest():
            return _bad_request(_reason(error))
        case TimedOut() | NetworkError():
            cause = error.__cause__
            if isinstance(cause, _NEVER_LEFT):
                return TryLater(type(cause).__name__)
            return Unsure(type(cause).__name__ if isinstance(cause, httpx.HTTPError) else _reason(error))
        case TelegramError():
            return Unsure(_reason(error))  # a 200 whose body cannot be read: accepted, most likely
        case _:
            return Unsure(type(error).__name__)


def _bad_request(reason: str) -> DeliveryError | None:
    low = reason.lower()
    if _NOT_MODIFIED in low:
        return None
    if any(words in low for words in _GONE):
        return RecipientGone(reason)
    if any(words in low for words in _NO_RIGHTS) or any(words in low for words in _TARGET_GONE):
        return MessageRefused(reason)
    return MessageRefused(reason, fallback=True)


def _seconds(error: RetryAfter) -> float:
    after = error._retry_after  # PTB 22: the public name warns that it will become a timedelta
    return after.total_seconds()


def _reason(error: TelegramError) -> str:
    """Telegram's description, one short line: HTML bodies of a proxy are no reason."""
    text = " ".join(error.message.split())
    return text.split(". Parsing the server response")[0][:160]
