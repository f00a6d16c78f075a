"""Messages: sent, edited, deleted; presses answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.loopback.errors import Refused
from bot.loopback.model import BotApi
from bot.loopback.parameters import Upload
from tests.bot.loopback.conftest import Clock

KEYBOARD = {"inline_keyboard": [[{"text": "后一天", "callback_data": "n"}]]}


def refused(act: Callable[[], Any]) -> str:
    """Code and description of the refusal `act` meets."""
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


def send(api: BotApi, text: str = "一", **more: Any) -> int:
    """Send to the reader 7; returns the message id."""
    return int(api.call("sendMessage", {"chat_id": 7, "text": text, **more})["message_id"])


def test_an_edit_without_keyboard_takes_it_away(api: BotApi) -> None:
    """editMessageText must repeat reply_markup."""
    reader = api.user(7)
    message_id = send(api, reply_markup=KEYBOARD)
    edited = api.call("editMessageText", {"chat_id": 7, "message_id": message_id, "text": "二"})
    assert "reply_markup" not in edited and edited["edit_date"]
    assert [(message.text, message.labels) for message in reader.got()] == [("二", [])]


def test_an_edit_that_changes_nothing_is_refused(api: BotApi) -> None:
    """Same text and same keyboard; compared after parsing."""
    api.user(7)
    message_id = send(api, "<b>一</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    same = {
        "chat_id": 7,
        "message_id": message_id,
        "text": " <b>一</b>",
        "parse_mode": "HTML",
        "reply_markup": KEYBOARD,
    }
    assert refused(lambda: api.call("editMessageText", same)).startswith(
        "400 Bad Request: message is not modified"
    )
    only_keyboard = {"chat_id": 7, "message_id": message_id}
    assert "edit_date" not in api.call("editMessageReplyMarkup", only_keyboard)
    assert "message is not modified" in refused(lambda: api.call("editMessageReplyMarkup", only_keyboard))


def test_what_cannot_be_edited_is_refused(api: BotApi) -> None:
    """A message that is gone, a reader's own, a document's text."""
    reader = api.user(7)
    theirs = reader.send("你好")
    document = api.call("sendDocument", {"chat_id": 7}, {"document": Upload("a.json", b"{}")})["message_id"]

    def edit(message_id: int) -> str:
        return refused(
            lambda: api.call("editMessageText", {"chat_id": 7, "message_id": message_id, "text": "二"})
        )

    assert edit(99) == "400 Bad Request: message to edit not found"
    assert edit(theirs) == "400 Bad Request: message can't be edited"
    assert edit(document) == "400 Bad Request: there is no text in the message to edit"
    assert edit(0) == "400 Bad Request: message identifier is not specified"


def test_a_message_is_deleted_once_and_within_two_days(api: BotApi, clock: Clock) -> None:
    """Deleting is for 48 hours; the second time it is not found."""
    reader = api.user(7)
    first, second = send(api), send(api, "二")
    assert api.call("deleteMessage", {"chat_id": 7, "message_id": first}) is True
    assert "message to delete not found" in refused(
        lambda: api.call("deleteMessage", {"chat_id": 7, "message_id": first})
    )
    clock.move(hours=49)
    assert "message can't be deleted" in refused(
        lambda: api.call("deleteMessage", {"chat_id": 7, "message_id": second})
    )
    assert [message.text for message in reader.got()] == ["二"]


def test_a_press_is_answered_once(api: BotApi) -> None:
    """A late, second or unknown answer gets 400; the text has 200 characters."""
    reader = api.user(7)
    send(api, reply_markup=KEYBOARD)
    query_id = reader.press("后一天")
    too_long = {"callback_query_id": query_id, "text": "长" * 201}
    assert "MESSAGE_TOO_LONG" in refused(lambda: api.call("answerCallbackQuery", too_long))
    api.call("answerCallbackQuery", {"callback_query_id": query_id, "text": "好", "show_alert": True})
    assert [(toast.text, toast.show_alert) for toast in reader.toasts] == [("好", True)]
    for again in ({"callback_query_id": query_id}, {"callback_query_id": "12345"}):
        assert "query is too old" in refused(partial(api.call, "answerCallbackQuery", again))


def test_a_reply_to_nothing_is_refused_unless_allowed(api: BotApi) -> None:
    """allow_sending_without_reply is the way out."""
    api.user(7)
    assert "message to be replied not found" in refused(lambda: send(api, reply_parameters={"message_id": 9}))
    assert send(api, reply_parameters={"message_id": 9, "allow_sending_without_reply": True})


def test_parameters_may_come_as_text(api: BotApi) -> None:
    """A form knows no numbers and no objects."""
    api.user(7)
    message = api.call(
        "sendMessage",
        {
            "chat_id": "7",
            "text": "一",
            "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
        },
    )
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "b"
    assert "object expected" in refused(lambda: send(api, reply_markup="{"))
    assert "chat_id is empty" in refused(lambda: api.call("sendMessage", {"text": "一"}))


def test_a_document_needs_bytes(api: BotApi) -> None:
    """Attached under its own name or another; never empty."""
    api.user(7)
    sent = api.call("sendDocument", {"chat_id": 7, "document": "attach://f"}, {"f": Upload("a.json", b"{}")})
    assert sent["document"]["file_name"] == "a.json"
    assert "no document" in refused(lambda: api.call("sendDocument", {"chat_id": 7}))
    empty = {"document": Upload("a.json", b"")}
    assert "file must be non-empty" in refused(lambda: api.call("sendDocument", {"chat_id": 7}, empty))


def test_inline_results_are_checked(api: BotApi) -> None:
    """At most 50, unique ids, texts that parse."""
    query_id = api.user(7).inline("托班")

    def answer(results: list[dict[str, Any]]) -> Any:
        return api.call("answerInlineQuery", {"inline_query_id": query_id, "results": results})

    def result(name: str, text: str = "文") -> dict[str, Any]:
        content = {"message_text": text, "parse_mode": "HTML"}
        return {"type": "article", "id": name, "title": "t", "input_message_content": content}

    assert "too many" in refused(lambda: answer([result(str(n)) for n in range(51)]))
    assert "RESULT_ID_DUPLICATE" in refused(lambda: answer([result("1"), result("1")]))
    assert "can't parse entities" in refused(lambda: answer([result("1", "<b>")]))
    assert answer([result("1")]) is True and len(api.inline_answers[query_id]) == 1


def test_captions_are_edited_and_texts_are_not_captions(api: BotApi) -> None:
    """editMessageCaption is for documents only."""
    api.user(7)
    document = api.call(
        "sendDocument", {"chat_id": 7, "caption": "一"}, {"document": Upload("a.json", b"{}")}
    )
    edit = {"chat_id": 7, "message_id": document["message_id"], "caption": "<b>二</b>", "parse_mode": "HTML"}
    edited = api.call("editMessageCaption", edit)
    assert edited["caption"] == "二" and edited["caption_entities"][0]["type"] == "bold"
    text = send(api)
    assert "no caption" in refused(partial(api.call, "editMessageCaption", {**edit, "message_id": text}))


def test_a_typing_sign_reaches_only_who_can_be_written_to(api: BotApi) -> None:
    """And only signs Telegram knows."""
    reader = api.user(7)
    assert api.call("sendChatAction", {"chat_id": 7, "action": "typing"}) is True
    assert "wrong parameter action" in refused(
        partial(api.call, "sendChatAction", {"chat_id": 7, "action": "dancing"})
    )
    reader.block()
    assert "blocked" in refused(partial(api.call, "sendChatAction", {"chat_id": 7, "action": "typing"}))


def test_given_entities_are_taken_without_markup(api: BotApi) -> None:
    """What PTB's `entities=` sends; kinds Telegram finds by itself are passed over."""
    api.user(7)
    given = [{"type": "bold", "offset": 0, "length": 1}, {"type": "hashtag", "offset": 1, "length": 1}]
    assert api.call("sendMessage", {"chat_id": 7, "text": "一#", "entities": given})["entities"] == given[:1]
    assert "unsupported parse_mode" in refused(partial(send, api, parse_mode="MarkdownV2"))
