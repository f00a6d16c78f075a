"""Rows of buttons → Telegram's keyboard: the one way, for replies and for what goes through the outbox."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages.callbacks import decode
from bot.texts.groups import NAME
from store.models.delivery import Button, Buttons


def for_channel(buttons: Buttons, bot_username: str) -> Buttons:
    """The rows as a channel shows them: what opens or copies stays, what a press would change for all its readers goes.

    Where a day's digest could be turned over there is a link to that day in the chat with the bot.
    """
    rows = [tuple(one for one in row if one.url or one.copy) for row in buttons]
    for row in buttons:
        for one in row:
            press = decode(one.data) if one.data else None
            if press is not None and press.action == "day" and press.fact(0) not in ("", "latest"):
                address = f"https://t.me/{bot_username}?start=d{press.fact(0)}"
                return (*(row for row in rows if row), (Button(NAME, url=address),))
    return tuple(row for row in rows if row)


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
