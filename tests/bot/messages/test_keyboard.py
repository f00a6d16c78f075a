"""bot/messages/keyboard.py: one keyboard for replies and for what goes through the outbox."""

from __future__ import annotations

from datetime import datetime

import pytest
from telegram import InlineKeyboardMarkup

from bot.delivery.call import send
from bot.messages.keyboard import keyboard
from store.database import Store
from store.models.delivery import Button, Part
from tests.bot.fakes import NOON, FakeTelegram, subscribe

ROWS = (
    (Button("读", data="1|a"), Button("网页", url="https://paper.example/3")),
    (Button("抄下电话", copy="0359-0000000"), Button("什么也不做")),
    (Button("也不做"),),
)


def test_button_does_the_one_thing_it_was_made_for() -> None:
    """Those that do nothing are left out, with the rows they leave empty."""
    made = keyboard(ROWS)
    assert made is not None and [len(row) for row in made.inline_keyboard] == [2, 1]
    (read, page), (copy,) = made.inline_keyboard
    assert (read.callback_data, page.url) == ("1|a", "https://paper.example/3")
    assert copy.copy_text is not None and copy.copy_text.text == "0359-0000000"
    assert keyboard(()) is None and keyboard((ROWS[2],)) is None


@pytest.mark.anyio
async def test_outbox_sends_the_keyboard_that_was_composed() -> None:
    """From the composer through the rows to Telegram: no button is lost or changed."""
    seen: list[InlineKeyboardMarkup | None] = []

    class Telegram(FakeTelegram):
        """Keeps the keyboards."""

        async def send_message(self, chat_id: int, text: str, **options: object):  # type: ignore[no-untyped-def]
            """Telegram's sendMessage."""
            seen.append(options["reply_markup"])  # type: ignore[arg-type]
            return await super().send_message(chat_id, text, **options)

    def clock() -> datetime:
        return NOON

    with Store() as store:
        subscriber = subscribe(store, 1, NOON)
        store.outbox.enqueue(subscriber, "notice", "x", [Part("通知", ROWS)], NOON)
        [mail] = store.outbox.claim(store.outbox.next(NOON, 1), NOON)
        await send(Telegram(clock), mail, store.mailings.message(mail.message_id), clock)  # type: ignore[arg-type]
    assert [made and made.to_dict() for made in seen] == [keyboard(ROWS).to_dict()]  # type: ignore[union-attr]
