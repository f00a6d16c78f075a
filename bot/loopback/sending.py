"""The methods about messages: send, edit, delete, answer a press."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.loopback.chats import Chat
from bot.loopback.errors import bad_request
from bot.loopback.formatting import MAX_CAPTION, formatted
from bot.loopback.keyboards import markup
from bot.loopback.parameters import Parameters
from bot.loopback.records import Answer, Event, Message
from bot.loopback.state import State

MAX_FILE_BYTES = 50 * 1024 * 1024  # sendDocument, Bot API
MAX_ANSWER = 200  # answerCallbackQuery, Bot API
MAX_INLINE_RESULTS = 50
_DELETABLE = timedelta(hours=48)  # deleteMessage, Bot API
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")  # InlineQueryResultsButton, Bot API
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(api: State, parameters: Parameters) -> dict[str, Any]:
    """sendMessage."""
    chat = api.addressed(parameters)
    content = formatted(
        parameters.text("text"), parameters.text("parse_mode"), parameters.records("entities")
    )
    return _send(
        api, chat, parameters, content=content, preview=parameters.structure("link_preview_options") or {}
    )


def send_document(api: State, parameters: Parameters) -> dict[str, Any]:
    """sendDocument, with a file that comes with the call."""
    chat = api.addressed(parameters)
    upload = parameters.file("document")
    if upload is None:
        given = parameters.text("document")
        raise bad_request(
            "wrong remote file identifier specified: Wrong character in the string"
            if given and not given.startswith("attach://")
            else "there is no document in the request"
        )
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_FILE_BYTES:
        raise bad_request("file is too big")
    caption = formatted(
        parameters.text("caption"),
        parameters.text("parse_mode"),
        parameters.records("caption_entities"),
        limit=MAX_CAPTION,
        optional=True,
    )
    return _send(api, chat, parameters, content=caption, document=upload)


def _send(api: State, chat: Chat, parameters: Parameters, **contents: Any) -> dict[str, Any]:
    keyboard = markup(parameters.structure("reply_markup"), private=chat.private)
    chat.check()
    reply = parameters.structure("reply_parameters") or {}
    reply_to = int(reply.get("message_id", 0))
    if reply_to and reply_to not in chat.messages:
        if not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        reply_to = 0
    thread_id = parameters.number("message_thread_id")
    if thread_id and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    message_id = api.next_message_id()
    message = Message(
        message_id,
        chat.id,
        int(api.me["id"]),
        api.clock(),
        markup=keyboard,
        silent=parameters.flag("disable_notification"),
        reply_to=reply_to,
        thread_id=thread_id,
        file_id=f"file{message_id}" if contents.get("document") else "",
        **contents,
    )
    api.keep(message, "sent")
    return api.message_json(message)


def edit_message_text(api: State, parameters: Parameters) -> dict[str, Any]:
    """editMessageText; without reply_markup the keyboard goes."""
    chat = api.addressed(parameters)
    content = formatted(
        parameters.text("text"), parameters.text("parse_mode"), parameters.records("entities")
    )
    keyboard = markup(parameters.structure("reply_markup"), inline_only=True, private=chat.private)
    message = _editable(chat, parameters)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    preview = parameters.structure("link_preview_options") or {}
    return _edit(api, message, replace(message, content=content, markup=keyboard, preview=preview))


def edit_message_caption(api: State, parameters: Parameters) -> dict[str, Any]:
    """editMessageCaption."""
    chat = api.addressed(parameters)
    content = formatted(
        parameters.text("caption"),
        parameters.text("parse_mode"),
        parameters.records("caption_entities"),
        limit=MAX_CAPTION,
        optional=True,
    )
    keyboard = markup(parameters.structure("reply_markup"), inline_only=True, private=chat.private)
    message = _editable(chat, parameters)
    if message.document is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(api, message, replace(message, content=content, markup=keyboard))


def edit_message_reply_markup(api: State, parameters: Parameters) -> dict[str, Any]:
    """editMessageReplyMarkup."""
    chat = api.addressed(parameters)
    keyboard = markup(parameters.structure("reply_markup"), inline_only=True, private=chat.private)
    message = _editable(chat, parameters)
    return _edit(api, message, replace(message, markup=keyboard))


def _editable(chat: Chat, parameters: Parameters) -> Message:
    chat.check()
    message_id = parameters.number("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.markup.kind != "inline_keyboard":
        raise bad_request("message can't be edited")
    return message


def _edit(api: State, before: Message, after: Message) -> dict[str, Any]:
    if (before.content, before.markup) == (after.content, after.markup):
        raise bad_request(_NOT_MODIFIED)
    # Telegram marks a change of the text as an edit, a change of the keyboard alone not.
    edited_at = api.clock() if before.content != after.content else before.edited_at
    message = replace(after, edited_at=edited_at)
    api.keep(message, "edited")
    return api.message_json(message)


def delete_message(api: State, parameters: Parameters) -> bool:
    """deleteMessage."""
    chat = api.addressed(parameters)
    message = chat.messages.get(parameters.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if api.clock() - message.date > _DELETABLE or (
        not message.from_bot and not chat.private and chat.bot_status != "administrator"
    ):
        raise bad_request("message can't be deleted")
    del chat.messages[message.message_id]
    api.tell(Event("deleted", chat.id, message))
    return True


def answer_callback_query(api: State, parameters: Parameters) -> bool:
    """answerCallbackQuery: once."""
    query_id, text = parameters.text("callback_query_id"), parameters.text("text")
    presser = api.open_queries.get(query_id)
    if presser is None or query_id in api.inline_answers:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    del api.open_queries[query_id]
    answer = Answer(query_id, text, parameters.flag("show_alert"), parameters.text("url"))
    api.answers[query_id] = answer
    api.tell(Event("answered", presser, answer=answer))
    return True


def send_chat_action(api: State, parameters: Parameters) -> bool:
    """sendChatAction."""
    chat = api.addressed(parameters)
    action = parameters.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.check()
    api.tell(Event("action", chat.id, action=action))
    return True


def answer_inline_query(api: State, parameters: Parameters) -> bool:
    """answerInlineQuery."""
    query_id = parameters.text("inline_query_id")
    if query_id not in api.open_queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = parameters.records("results")
    if len(results) > MAX_INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    names = [str(result.get("id", "")) for result in results]
    if not all(1 <= len(name.encode()) <= 64 for name in names):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(names)) < len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    button = parameters.structure("button") or {}
    if button and not (
        button.get("text") and _START_PARAMETER.fullmatch(str(button.get("start_parameter", "")))
    ):
        raise bad_request("START_PARAM_INVALID")
    if len(parameters.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    for result in results:
        content = result.get("input_message_content") or {}
        if "message_text" in content:
            formatted(str(content["message_text"]), str(content.get("parse_mode") or ""))
        markup(result.get("reply_markup"), inline_only=True)
    del api.open_queries[query_id]
    api.inline_answers[query_id] = results
    api.wake()
    return True


METHODS: dict[str, Callable[[State, Parameters], Any]] = {
    "sendmessage": send_message,
    "senddocument": send_document,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "answerinlinequery": answer_inline_query,
}
