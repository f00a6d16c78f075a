"""Inline keyboards: checked as Telegram checks them, kept as rows of buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.loopback import links
from bot.loopback.errors import Refused, bad_request

MAX_BUTTONS = 100  # beyond about this many: "reply markup is too long"
MAX_DATA_BYTES = 64  # callback_data, Bot API
MAX_COPY = 256  # copy_text, Bot API
# The server takes the first of these that a button has, in this order.
_ACTIONS = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "login_url", "web_app", "copy_text",
)  # fmt: skip


@dataclass(frozen=True)
class Button:
    """A button under a message: what it says and the one thing a press does."""

    text: str
    action: str
    value: Any = None
    style: str = ""

    def as_json(self) -> dict[str, Any]:
        """The InlineKeyboardButton of the Bot API."""
        record = {"text": self.text, self.action: self.value}
        if self.style:
            record["style"] = self.style
        return record

    @property
    def data(self) -> str:
        """Its callback data, "" where a press does something else."""
        return str(self.value) if self.action == "callback_data" else ""


@dataclass(frozen=True)
class Markup:
    """What hangs under a message, or (`answers`) replaces the reader's keyboard."""

    rows: tuple[tuple[Button, ...], ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()
    kind: str = field(default="inline_keyboard")

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order: the numbers a terminal reader types."""
        return tuple(button for row in self.rows for button in row)

    def as_json(self) -> dict[str, Any] | None:
        """The reply_markup a message comes back with: inline keyboards only."""
        if not self.rows:
            return None
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.rows]}


NO_MARKUP = Markup()


def markup(value: Any, *, inline_only: bool = False, private: bool = True) -> Markup:
    """`reply_markup` as it will hang under the message; `inline_only` for edits."""
    if value is None or value == {}:
        return NO_MARKUP
    if not isinstance(value, Mapping):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"], private=private)
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in value:
        rows = value["keyboard"]
        return Markup(
            answers=tuple(
                tuple(str(key.get("text", "") if isinstance(key, Mapping) else key) for key in row)
                for row in rows
            ),
            kind="keyboard",
        )
    if value.get("remove_keyboard"):
        return Markup(kind="remove_keyboard")
    return Markup(kind="force_reply")


def _inline(rows: Any, *, private: bool) -> Markup:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('can\'t parse inline keyboard: field "inline_keyboard" must be of type Array')
    kept = tuple(tuple(_button(record, private=private) for record in row) for row in rows if row)
    if sum(len(row) for row in kept) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return Markup(rows=kept)


def _button(record: Any, *, private: bool) -> Button:
    if not isinstance(record, Mapping):
        raise _unparsed("expected an Object")
    text = record.get("text")
    if not isinstance(text, str):
        raise _unparsed('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    for action in _ACTIONS:
        value = record.get(action)
        # an empty address or empty data counts as absent; an empty inline query is a legal one
        if value is not None and (value != "" or action.startswith("switch_inline")):
            return Button(
                text, action, _checked(action, value, private=private), str(record.get("style", ""))
            )
    raise _unparsed("Text buttons are unallowed in the inline keyboard")


def _checked(action: str, value: Any, *, private: bool) -> Any:
    if action == "url":
        url = links.checked(str(value))
        if url is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        return url
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode()) > MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "copy_text":
        copied = value.get("text") if isinstance(value, Mapping) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= MAX_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action == "web_app" and not private:
        raise bad_request("BUTTON_TYPE_INVALID")
    return value


def _unparsed(reason: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {reason}")
