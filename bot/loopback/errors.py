"""What the Bot API answers when it refuses a call.

`ApiError` is the record that goes over the wire; `Refused` carries it out of the model.
The sentences are Telegram's own: python-telegram-bot, and our delivery, decide by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ApiError:
    """A refusal as Telegram words it; `parameters` is `migrate_to_chat_id` or `retry_after`, if any."""

    code: int
    description: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


class Refused(Exception):
    """The Bot API refused a call."""

    def __init__(self, error: ApiError) -> None:
        self.error = error
        super().__init__(f"{error.code} {error.description}")


def bad_request(reason: str) -> Refused:
    """400 with `reason`, e.g. "message text is empty"."""
    return Refused(ApiError(400, f"Bad Request: {reason}"))


def forbidden(reason: str) -> Refused:
    """403 with `reason`, e.g. "bot was blocked by the user"."""
    return Refused(ApiError(403, f"Forbidden: {reason}"))


METHOD_NOT_FOUND = ApiError(404, "Not Found: method not found")
UNAUTHORIZED = ApiError(401, "Unauthorized")
WEBHOOK_ACTIVE = ApiError(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
OTHER_POLLER = ApiError(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
