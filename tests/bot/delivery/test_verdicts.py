"""bot/delivery/verdicts.py: each answer of Telegram and what it means."""

from __future__ import annotations

import httpx
import pytest
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

from bot.delivery.verdicts import refusal, verdict
from bot.errors import ChatMoved, DeliveryError, MessageRefused, RecipientGone, TokenRefused, TryLater, Unsure


def because(error: TelegramError, cause: Exception) -> TelegramError:
    """The error as PTB raises it from httpx's."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RetryAfter(7), TryLater),
        (ChatMigrated(-100), ChatMoved),
        (Forbidden("Forbidden: bot was blocked by the user"), RecipientGone),
        (InvalidToken("Unauthorized"), TokenRefused),
        (BadRequest("Chat not found"), RecipientGone),
        (BadRequest("Not enough rights to send text messages to the chat"), MessageRefused),
        (BadRequest("Can't parse entities: unsupported start tag"), MessageRefused),
        (because(NetworkError("x"), httpx.ConnectError("refused")), TryLater),
        (because(TimedOut(), httpx.ConnectTimeout("slow")), TryLater),
        (because(TimedOut(), httpx.PoolTimeout("full")), TryLater),
        (because(TimedOut(), httpx.ReadTimeout("slow")), Unsure),
        (because(TimedOut(), httpx.WriteTimeout("slow")), Unsure),
        (because(NetworkError("x"), httpx.ReadError("reset")), Unsure),
        (because(NetworkError("x"), httpx.WriteError("reset")), Unsure),
        (because(NetworkError("x"), httpx.RemoteProtocolError("closed")), Unsure),
        (NetworkError("Bad Gateway"), Unsure),
        (TelegramError("Invalid server response"), Unsure),
        (ValueError("our bug"), Unsure),
    ],
)
def test_answer_means_one_thing(error: Exception, expected: type[DeliveryError]) -> None:
    """Subclasses are told apart: BadRequest and TimedOut are NetworkErrors in python-telegram-bot."""
    assert type(verdict(error)) is expected


def test_unmodified_edit_is_a_success() -> None:
    """Same text, same keyboard: nothing is wrong."""
    assert verdict(BadRequest("Message is not modified: specified new message content …")) is None


def test_only_our_own_faults_fall_back_to_plain_text() -> None:
    """Missing rights are not mended by plain text."""
    parse = verdict(BadRequest("Can't parse entities"))
    rights = verdict(BadRequest("Not enough rights to send text messages to the chat"))
    assert isinstance(parse, MessageRefused) and parse.fallback
    assert isinstance(rights, MessageRefused) and not rights.fallback


def test_retry_after_keeps_telegrams_seconds() -> None:
    """They are obeyed, not guessed."""
    found = verdict(RetryAfter(37))
    assert isinstance(found, TryLater) and found.after_seconds == 37 and found.flood


def test_reason_of_a_proxys_page_is_one_short_line() -> None:
    """No HTML in the log."""
    found = verdict(NetworkError("Bad Gateway (502). Parsing the server response b'<html>…' failed"))
    assert isinstance(found, Unsure) and found.reason == "Bad Gateway (502)"


PAGE = b"<html><head><title>sorry</title></head></html>"


@pytest.mark.parametrize(
    ("code", "payload", "expected"),
    [
        (413, PAGE, MessageRefused),
        (413, b'{"ok": false, "description": "Request Entity Too Large"}', MessageRefused),
        (420, b'{"ok": false, "description": "FLOOD_WAIT_17"}', TryLater),
        (403, PAGE, TryLater),
        (401, PAGE, TryLater),
        (404, PAGE, TryLater),
        (429, PAGE, TryLater),
        (503, PAGE, TryLater),
        (421, PAGE, TryLater),
    ],
)
def test_status_that_is_a_certain_refusal_is_one(
    code: int, payload: bytes, expected: type[DeliveryError]
) -> None:
    """A proxy's 403 unsubscribes nobody, its 401 does not mean the token."""
    refused = refusal(code, payload)
    assert refused is not None and type(verdict(refused)) is expected
    if code == 420:
        found = verdict(refused)
        assert isinstance(found, TryLater) and found.flood and found.after_seconds == 17


@pytest.mark.parametrize("code", [200, 500, 502, 504])
def test_status_that_may_come_after_the_message_was_taken_is_none(code: int) -> None:
    """Those stay uncertain."""
    assert refusal(code, PAGE) is None


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 429])
def test_what_telegram_itself_says_is_read_by_python_telegram_bot(code: int) -> None:
    """It has errors of its own for it."""
    assert refusal(code, b'{"ok": false, "error_code": 1, "description": "x"}') is None
