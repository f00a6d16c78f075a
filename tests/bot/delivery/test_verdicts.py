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

from bot.delivery.verdicts import verdict
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
