"""Inline keyboards, checked as Telegram checks them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.loopback.errors import Refused
from bot.loopback.keyboards import NO_MARKUP, markup


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    """One row of `buttons`."""
    return {"inline_keyboard": [list(buttons)]}


def test_buttons_are_kept_in_reading_order() -> None:
    """Rows as given, empty rows gone; the numbers a terminal reader types."""
    made = markup(
        {"inline_keyboard": [[{"text": "a", "callback_data": "1"}], [], [{"text": "b", "url": "a.com"}]]}
    )
    assert [button.text for button in made.buttons] == ["a", "b"] and len(made.rows) == 2
    assert made.as_json() == {
        "inline_keyboard": [[{"text": "a", "callback_data": "1"}], [{"text": "b", "url": "http://a.com/"}]]
    }


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "a", "callback_data": "中" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "Text buttons are unallowed"),
        ({"text": "a"}, "Text buttons are unallowed"),
        (
            {"text": "a", "url": "localhost"},
            "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
        ),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"callback_data": "x"}, 'Can\'t find field "text"'),
    ],
)
def test_a_bad_button_refuses_the_message(button: dict[str, Any], complaint: str) -> None:
    """64 bytes of data, an address Telegram takes, 1-256 characters to copy."""
    with pytest.raises(Refused) as caught:
        markup(keyboard(button))
    assert complaint in caught.value.error.description


def test_limits_are_inclusive() -> None:
    """64 bytes of callback data, 256 characters to copy, 100 buttons pass."""
    assert markup(keyboard({"text": "a", "callback_data": "中" * 21 + "x"})).buttons[0].data.endswith("x")
    assert markup(keyboard({"text": "a", "copy_text": {"text": "报" * 256}})).buttons
    many = [{"text": "a", "callback_data": "x"}] * 100
    assert len(markup({"inline_keyboard": [many]}).buttons) == 100
    with pytest.raises(Refused, match="reply markup is too long"):
        markup({"inline_keyboard": [many, many[:1]]})


def test_the_first_action_of_a_button_counts() -> None:
    """The server's order: url before callback_data."""
    (button,) = markup(keyboard({"text": "a", "callback_data": "x", "url": "https://a.com"})).buttons
    assert button.action == "url"


def test_no_markup_is_none() -> None:
    """Absent, empty or without rows: nothing hangs under the message."""
    assert markup(None) == NO_MARKUP and markup({"inline_keyboard": []}).as_json() is None
    assert markup({"keyboard": [[{"text": "是"}, "否"]]}).answers == (("是", "否"),)
