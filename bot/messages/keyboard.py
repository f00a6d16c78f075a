"""Rows of buttons → Telegram's keyboard: the one way, for replies and for what goes through the outbox."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from store.models.delivery import Buttons


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The rows as Telegram takes them; None for no buttons. Buttons that do nothing are left out."""
    rows = [
        [
            InlineKeyboardButton(
                button.text,
                callback_data=button.data or None,
                url=button.url or None,
                copy_text=CopyTextButton(button.copy) if button.copy else None,
            )
            for button in row
            if button.data or button.url or button.copy
        ]
        for row in buttons
    ]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None
