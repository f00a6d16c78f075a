"""What Telegram answered → what it means for the message: a DeliveryError. Pure; the one reader of Telegram's errors.

Mind the order: in python-telegram-bot `BadRequest` and `TimedOut` are both `NetworkError`.
"""

from __future__ import annotations

import re
from http import HTTPStatus

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

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""httpx raises these before the request is written; all others may come after."""
_TELEGRAMS_OWN = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS,
)
"""What python-telegram-bot has errors of its own for, where Telegram itself says so in JSON."""
_FLOOD = 420
"""MTProto's FLOOD_WAIT, where it comes through (https://core.telegram.org/api/errors#420-flood)."""
_FLOOD_SECONDS = re.compile(r"FLOOD_\w*WAIT_(\d+)")
_FLOOD_WAIT_SECONDS = 30.0
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


class StatusRefused(NetworkError):
    """A status that says for certain that nothing was done.

    4xx: the request was not accepted (RFC 9110, 15.5); 503: nobody was there to take it (15.6.4). A 500, 502 or 504 may
    come after the message was accepted: those stay uncertain.
    """

    def __init__(self, code: int, after_seconds: float | None = None) -> None:
        self.code, self.after_seconds = code, after_seconds
        super().__init__(f"refused with status {code}")


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
        case StatusRefused():
            return _by_status(error)
        case BadRequest():
            return _bad_request(_reason(error))
        case TimedOut() | NetworkError():
            cause = error.__cause__
            if isinstance(cause, NEVER_LEFT):
                return TryLater(type(cause).__name__)
            return Unsure(type(cause).__name__ if isinstance(cause, httpx.HTTPError) else _reason(error))
        case TelegramError():
            return Unsure(_reason(error))  # a 200 whose body cannot be read: accepted, most likely
        case _:
            return Unsure(type(error).__name__)


def refusal(code: int, payload: bytes) -> StatusRefused | None:
    """The refusal in a status that says for certain that nothing was done, and that python-telegram-bot would not tell from
    a lost answer; None for everything else.

    A page of a proxy's is about its own connection, never about a chat or the token: a 403 of that kind must not
    unsubscribe anybody.
    """
    told_by_telegram = payload.lstrip()[:1] == b"{"
    if code == HTTPStatus.SERVICE_UNAVAILABLE or (
        400 <= code < 500 and not (told_by_telegram and code in _TELEGRAMS_OWN)
    ):
        seconds = _FLOOD_SECONDS.search(payload.decode("utf-8", "replace"))
        return StatusRefused(code, float(seconds[1]) if seconds else None)
    return None


def _by_status(error: StatusRefused) -> DeliveryError:
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return MessageRefused(error.message, fallback=True)
    if error.code in (_FLOOD, HTTPStatus.TOO_MANY_REQUESTS):
        return TryLater(error.message, after_seconds=error.after_seconds or _FLOOD_WAIT_SECONDS, flood=True)
    return TryLater(error.message)


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
