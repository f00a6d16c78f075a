"""One outbox row → one call to Telegram → an Outcome. The one door to Telegram's send and edit methods."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

from telegram import LinkPreviewOptions
from telegram.error import BadRequest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.delivery.pace import BROADCAST
from bot.delivery.verdicts import refusal, verdict
from bot.errors import ChatMoved, DeliveryError, MessageRefused, RecipientGone, TokenRefused, TryLater
from bot.messages.keyboard import for_channel, keyboard
from bot.texts.markup import shown
from store.models import Mail, Outcome, Part

log = logging.getLogger(__name__)

if find_spec("sniffio") is None:
    # httpcore (1.0.9, _synchronization.py) tries this import several times a request, and a failed import is looked for in
    # all of sys.path again: a quarter of a message's CPU time. None answers "not there" at once.
    sys.modules["sniffio"] = None  # type: ignore[assignment]

READ_TIMEOUT_SECONDS = 30.0
"""Long, for a timeout before the answer is an outcome nobody knows (python-telegram-bot's own default is 5)."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_TOPIC = ("thread not found", "topic_closed", "topic_deleted")
_LONGEST_BACKOFF = timedelta(minutes=5)


class SendingRequest(HTTPXRequest):
    """HTTPXRequest that tells certain refusals from lost answers. Raises StatusRefused."""

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As HTTPXRequest's."""
        code, payload = await super().do_request(*args, **options)
        refused = refusal(code, payload)
        if refused is not None:
            raise refused
        return code, payload


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a call: the outcome to write down and, when it failed, why (for the breaker and the pace)."""

    outcome: Outcome
    error: DeliveryError | None = None


async def send(
    bot: ExtBot[str], mail: Mail, part: Part, clock: Callable[[], datetime], *, paid: bool = False
) -> Attempt:
    """Send or edit one part, once. Never raises, except when cancelled."""
    try:
        telegram_id = await _call(bot, mail, part, paid)
    except Exception as error:  # one row's trouble, whatever it is, must not end the others' delivery
        found = verdict(error)
        if found is None:
            return Attempt(Outcome(mail, "sent", telegram_id=mail.edits))
        if not isinstance(found, (TryLater, ChatMoved, RecipientGone, TokenRefused)):
            log.warning(
                "part not delivered: outbox=%d kind=%s part=%d: %s", mail.id, mail.kind, mail.part, found
            )
        return Attempt(outcome(mail, found, clock()), found)
    return Attempt(Outcome(mail, "sent", telegram_id=telegram_id))


async def _call(bot: ExtBot[str], mail: Mail, part: Part, paid: bool) -> int:
    text = shown(part.html) if mail.plain else part.html
    rows = for_channel(part.buttons, bot.username) if mail.channel else part.buttons
    buttons = None if mail.plain else keyboard(rows)
    paced = BROADCAST if bot.rate_limiter is not None else None
    if mail.edits:
        await bot.edit_message_text(
            text,
            chat_id=mail.chat_id,
            message_id=mail.edits,
            parse_mode=None if mail.plain else "HTML",
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
            read_timeout=READ_TIMEOUT_SECONDS,
            rate_limit_args=paced,
        )
        return mail.edits

    async def post(thread_id: int | None) -> int:
        message = await bot.send_message(
            mail.chat_id,
            text,
            parse_mode=None if mail.plain else "HTML",
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
            disable_notification=mail.silent or mail.part > 1,
            allow_paid_broadcast=paid or None,
            message_thread_id=thread_id,
            read_timeout=READ_TIMEOUT_SECONDS,
            rate_limit_args=paced,
        )
        return message.message_id

    try:
        return await post(mail.thread_id or None)
    except BadRequest as error:
        if not mail.thread_id or not any(words in error.message.lower() for words in _NO_TOPIC):
            raise
        return await post(
            None
        )  # the topic was deleted or closed: what was promised comes to the group itself


def outcome(mail: Mail, error: DeliveryError, now: datetime) -> Outcome:
    """What becomes of the row. Pure."""
    reason = str(error)
    match error:
        case TryLater(after_seconds=seconds):
            wait = timedelta(seconds=seconds) if seconds is not None else backoff(mail.attempts)
            return Outcome(mail, "waiting", again_at=now + wait, reason=reason)
        case ChatMoved():
            return Outcome(mail, "waiting", again_at=now, reason=reason, moved_to=error.chat_id)
        case TokenRefused():
            return Outcome(mail, "waiting", again_at=now, reason=reason)
        case RecipientGone():
            return Outcome(mail, "failed", reason=reason, gone=True)
        case MessageRefused(fallback=True) if not mail.plain:
            return Outcome(mail, "waiting", again_at=now, reason=reason, plain=True)
        case MessageRefused():
            return Outcome(mail, "failed", reason=reason)
        case _:
            return Outcome(mail, "uncertain", again_at=now + backoff(mail.attempts), reason=reason)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4 … seconds, five minutes at most."""
    return min(timedelta(seconds=2 ** min(attempts, 12)), _LONGEST_BACKOFF)
