"""Fetching updates again and again, whatever Telegram answers.

python-telegram-bot ends its polling for ever at a 401: a token that is revoked for an hour would leave a bot that
delivers again and hears nobody. Here a refused poll is trouble like any other, tried again at growing intervals.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
"""What Telegram answers to a token that is revoked (401) or malformed (404); the start has proved it good."""


class PollingRequest(HTTPXRequest):
    """For getUpdates only: a refused token is a NetworkError."""

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As HTTPXRequest's."""
        code, payload = await super().do_request(*args, **options)
        if code in _REFUSED:
            raise NetworkError("Telegram refuses the token")
        return code, payload


def report(error: TelegramError) -> None:
    """A line in the log for a poll that failed; it is tried again after 1 to 30 s."""
    log.warning("updates cannot be fetched, tried again: %s", type(error).__name__)
