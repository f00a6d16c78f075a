"""What readers do, and what reaches the bot of it."""

from __future__ import annotations

import pytest

from bot.loopback.model import BotApi

ROWS = [
    [{"text": "后一天", "callback_data": "n"}, {"text": "打开", "url": "https://t.me/baozhai_bot?start=a_1"}],
    [{"text": "网站", "url": "https://a.com"}, {"text": "复制", "copy_text": {"text": "《晨报》"}}],
]


def with_keyboard(api: BotApi, chat_id: int = 7) -> int:
    """Send a message with all kinds of buttons."""
    return int(
        api.call(
            "sendMessage", {"chat_id": chat_id, "text": "一", "reply_markup": {"inline_keyboard": ROWS}}
        )["message_id"]
    )


def test_a_press_arrives_with_its_message(api: BotApi) -> None:
    """By words, by number or by data."""
    reader = api.user(7, language_code="en")
    message_id = with_keyboard(api)
    for button in ("后一天", 1, "n"):
        reader.press(button)
    queries = [update["callback_query"] for update in api.call("getUpdates", {})]
    assert [(query["data"], query["message"]["message_id"]) for query in queries] == [("n", message_id)] * 3
    assert queries[0]["from"]["language_code"] == "en" and len({query["id"] for query in queries}) == 3
    with pytest.raises(LookupError, match="There is no button '前一天'"):
        reader.press("前一天")


def test_other_buttons_do_what_they_say(api: BotApi) -> None:
    """A deep link starts the bot, an address is opened, a text is copied."""
    reader = api.user(7)
    with_keyboard(api)
    for button in ("打开", "网站", "复制"):
        reader.press(button)
    assert [update["message"]["text"] for update in api.call("getUpdates", {})] == ["/start a_1"]
    assert reader.opened == ["https://a.com/"] and reader.copied == ["《晨报》"]


def test_an_old_screen_presses_what_is_gone(api: BotApi) -> None:
    """A deleted message comes as inaccessible, with date 0; data of an older keyboard can still come."""
    reader = api.user(7)
    message_id = with_keyboard(api)
    api.call("editMessageText", {"chat_id": 7, "message_id": message_id, "text": "二"})
    reader.press("old:data", message_id, stale=True)
    reader.clear()
    reader.press("old:data", message_id, stale=True)
    first, second = (update["callback_query"] for update in api.call("getUpdates", {}))
    assert (
        first["message"]["text"] == "二" and second["message"]["date"] == 0 and second["data"] == "old:data"
    )


def test_a_long_paste_comes_in_pieces(api: BotApi) -> None:
    """Clients cut at 4096."""
    api.user(7).send("长" * 5000)
    assert [len(update["message"]["text"]) for update in api.call("getUpdates", {})] == [4096, 904]


def test_edits_and_stickers_reach_the_bot(api: BotApi) -> None:
    """As their own kinds of update."""
    reader = api.user(7)
    message_id = reader.send("/serach 托班")
    reader.edit(message_id, "/search 托班")
    reader.sticker("😀")
    _, edited, sticker = api.call("getUpdates", {})
    assert edited["edited_message"]["text"] == "/search 托班" and edited["edited_message"]["edit_date"]
    assert sticker["message"]["sticker"]["emoji"] == "😀" and "text" not in sticker["message"]


def test_a_user_is_the_same_person_each_time(api: BotApi) -> None:
    """Facts given later are added."""
    api.user(7).opened.append("x")
    again = api.user(7, username="reader", first_name="\u202eمريم")
    assert again is api.user(7) and again.opened == ["x"]
    assert api.call("getChat", {"chat_id": 7})["username"] == "reader"
