"""What goes wrong in a handler: a sentence for the reader, the cause for the log."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot import metrics
from bot.texts import language_of, plain
from bot.updates.handling import HANDLING
from store.errors import StoreBusy, StoreFull

log = logging.getLogger(__name__)


async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log the error without what was said, and tell the reader that it was not their fault."""
    error = context.error
    if isinstance(error, Forbidden):
        log.info("a chat cannot be answered: %s", type(error).__name__)
        return
    if isinstance(error, NetworkError) and not isinstance(update, Update):
        log.warning("Telegram cannot be reached: %s", error)
        return
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("an answer could not be sent: %s", type(error.__cause__ or error).__name__)
    else:
        log.error("a handler failed", exc_info=error)
    metrics.FAILED_ANSWERS.inc()
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    language = language_of(update.effective_user.language_code if update.effective_user else None)
    text = plain(language, "failed_busy" if isinstance(error, StoreBusy | StoreFull) else "failed")
    try:
        if update.callback_query:
            await update.callback_query.answer(text, show_alert=True)
        else:
            await update.effective_chat.send_message(text)
    except TelegramError as told:
        handling = HANDLING.get()
        if handling is not None and isinstance(told, NetworkError) and not isinstance(told, BadRequest):
            handling.unanswered = True  # told later (bot/updates/inbox.py)
