"""Manners and privacy: typos, stickers, groups, edits, old buttons, /mydata and /forget."""

from __future__ import annotations

import json
import logging

import pytest

from tests.acceptance.conftest import House


async def test_a_mistyped_command_suggests_the_nearest(house: House) -> None:
    """One tap runs it; nonsense gets the list of commands."""
    reader = house.reader()
    (answer,) = await house.say(reader, "/digst")
    assert "您是不是要 /digest" in answer.text
    await house.press(reader, "是，/digest")
    assert house.latest(reader).text.startswith("📰")
    (answer,) = await house.say(reader, "/qqqqqqqqqqq")
    assert "/help" in answer.text and not answer.buttons


async def test_operators_commands_are_not_suggested_to_readers(house: House) -> None:
    """/helth leads a reader nowhere near /health, which refuses them anyway."""
    reader = house.reader()
    (answer,) = await house.say(reader, "/healt")
    assert "/health" not in answer.text
    (refused,) = await house.say(reader, "/health")
    assert "管理员" in refused.text
    (shown,) = await house.say(house.reader(77), "/health")
    assert "文章 9" in shown.text


async def test_what_is_not_text_gets_a_kind_answer(house: House) -> None:
    """A sticker, an emoji, a command for another bot (none), an edited message (none)."""
    reader = house.reader()
    reader.sticker()
    await house.settle()
    assert "只读文字" in house.latest(reader).text
    (answer,) = await house.say(reader, "👍👍")
    assert "没有可以搜的字" in answer.text
    assert await house.say(reader, "/digest@another_bot") == []
    message_id = reader.send("理发")
    await house.settle()
    count = len(reader.got())
    reader.edit(message_id, "托管班")
    await house.settle()
    assert len(reader.got()) == count
    assert len(await house.say(reader, f"/help@{house.application.bot.username}")) == 1


async def test_unknown_and_old_buttons_are_answered(house: House) -> None:
    """Every press is answered, whatever it carries and whether its message still exists."""
    reader = house.reader()
    (help_,) = await house.say(reader, "/digest")
    for data in (
        "0|old|1",
        "nonsense",
        "1|",
        "1|unknown|x",
        "1|day|2026-99-99|o",
        "1|article|x",
        "1|vote|x|1",
    ):
        popped = await house.press(reader, data, help_.message_id, stale=True)
        assert popped, data
    reader.clear()
    await house.press(reader, "1|day|2026-03-05|p", help_.message_id, stale=True)
    assert house.latest(reader).text.startswith("📰")
    assert not house.server.api.open_queries


async def test_names_and_words_cannot_break_the_markup(house: House) -> None:
    """Angle brackets, ampersands and right-to-left marks are text."""
    reader = house.reader(first_name="<b>\u202eمحمد")
    for words in ("<b>理发</b>", "a&b", "</blockquote>", "&lt;", "\u202eمحمد", "/follow <i>芮城</i>"):
        assert len(await house.say(reader, words)) == 1


async def test_in_a_group_only_administrators_change_settings(house: House) -> None:
    """Rights are asked for at every press: who lost them changes nothing with an old keyboard."""
    group, chief, member = house.group(), house.reader(11), house.reader(12)
    group.add(chief, "administrator")
    group.add(member)
    name = house.application.bot.username
    (refused,) = await house.say(member, f"/settings@{name}", chat_id=group.id)
    assert "只有管理员" in refused.text
    (opened,) = await house.say(chief, f"/settings@{name}", chat_id=group.id)
    data = next(button.data for button in opened.buttons if button.text == "▫️ 静音送达")
    assert data
    member.press(data, opened.message_id, chat_id=group.id, stale=True)
    await house.settle()
    with house.store() as store:
        found = store.subscribers.by_chat(group.id)
        assert found is not None and not found.silent
    group.add(chief, "member")
    chief.press(data, opened.message_id, chat_id=group.id, stale=True)
    await house.settle()
    with house.store() as store:
        found = store.subscribers.by_chat(group.id)
        assert found is not None and not found.silent
    group.add(chief, "administrator")
    chief.press(data, opened.message_id, chat_id=group.id, stale=True)
    await house.settle()
    with house.store() as store:
        found = store.subscribers.by_chat(group.id)
        assert found is not None and found.silent


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(house: House) -> None:
    """A mention is a search, small talk and strange commands are not."""
    group, member = house.group(), house.reader(12)
    group.add(member)
    assert await house.say(member, "/nosuchcommand", chat_id=group.id) == []
    assert await house.say(member, "今天天气不错", chat_id=group.id) == []
    (found,) = await house.say(member, f"@{house.application.bot.username} 理发", chat_id=group.id)
    assert found.text.startswith("🔎 理发：1 条")


async def test_mydata_sends_all_and_forget_removes_all(house: House) -> None:
    """The file names follows and promises; after /forget the database has no row about the chat."""
    reader = house.reader()
    (nothing,) = await house.say(reader, "/mydata")
    assert "没有存" in nothing.text
    await house.say(reader, "/subscribe")
    await house.say(reader, "/follow 芮城")
    await house.press(reader, "🔔 关注，并立即提醒")
    await house.say(reader, "灯塔")
    await house.press(reader, "⏳ 有了告诉我")
    page, sent = await house.say(reader, "/mydata")
    assert "有了告诉您：灯塔" in page.text
    assert sent.document is not None
    data = json.loads(sent.document.content)
    assert data["promises"][0]["words"] == "灯塔" and data["follow_alerts"][0]["rule"] == "芮城"
    await house.say(reader, "/forget")
    await house.press(reader, "算了，不删")
    await house.say(reader, "/forget")
    await house.press(reader, "🗑 全部删掉")
    assert "都删掉了" in house.latest(reader).text
    with house.store() as store:
        assert store.subscribers.by_chat(reader.id) is None
        for table in ("promises", "follow_alerts", "search_sessions", "questions"):
            assert store.db.value(f"SELECT count(*) FROM {table}") == 0, table


async def test_a_blocked_chat_is_noted_and_comes_back(house: House) -> None:
    """my_chat_member tells who left; a word from them, and they are reachable again."""
    reader = house.reader()
    await house.say(reader, "/subscribe")
    reader.block()
    await house.settle()
    with house.store() as store:
        found = store.subscribers.by_chat(reader.id)
        assert found is not None and not found.reached and found.active
    await house.say(reader, "理发")
    with house.store() as store:
        found = store.subscribers.by_chat(reader.id)
        assert found is not None and found.reached


async def test_logs_hold_neither_words_nor_token(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """What readers say is nobody's business."""
    caplog.set_level(logging.DEBUG, logger="bot")
    reader = house.reader()
    await house.say(reader, "理发托管班秘密")
    await house.press(reader, "1|nonsense", house.latest(reader).message_id, stale=True)
    assert "理发托管班秘密" not in caplog.text and house.server.token not in caplog.text


async def test_the_menu_is_in_both_languages(house: House) -> None:
    """Commands and descriptions as Telegram shows them."""
    from bot.handlers.menu import announce

    await announce(house.application.bot)
    bot = house.application.bot
    chinese = {one.command: one.description for one in await bot.get_my_commands()}
    english = {one.command: one.description for one in await bot.get_my_commands(language_code="en")}
    assert chinese["search"] == "搜报纸：/search 托管班" and english["help"] == "How it works"
    assert "health" not in chinese and chinese.keys() == english.keys()


async def test_a_group_greets_moves_and_answers_replies(house: House) -> None:
    """Added: a welcome. A reply to the bot is meant for it. A supergroup keeps the subscription."""
    group, chief = house.group(), house.reader(11)
    group.bot_becomes("left")
    await house.settle()
    group.bot_becomes("member", by=11)
    await house.settle()
    group.add(chief, "creator")
    (welcome,) = group.sees()
    assert "报摘" in welcome.text
    (found,) = await house.say(chief, "理发", chat_id=group.id, reply_to=welcome.message_id)
    assert found.text.startswith("🔎 理发")
    await house.say(chief, f"/subscribe@{house.application.bot.username}", chat_id=group.id)
    with house.store() as store:
        store.subscribers.migrate(group.id, -100777)
        moved = store.subscribers.by_chat(-100777)
        assert moved is not None and moved.active and store.subscribers.by_chat(group.id) is None


async def test_a_refused_menu_stops_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Ornaments: a warning in the log, no more."""
    from bot.handlers.menu import announce

    house.server.faults.add("restarting", method="setMyCommands", times=None)
    await announce(house.application.bot)
    assert "the menu" in caplog.text


async def test_a_deep_link_opens_a_day(house: House) -> None:
    """/start d2026-03-04, with or without dashes."""
    reader = house.reader()
    for payload in ("d2026-03-04", "d20260304"):
        (digest,) = await house.say(reader, f"/start {payload}")
        assert digest.text.startswith("📰 2026年3月4日")


async def test_double_presses_and_two_phones_do_everything_once(house: House) -> None:
    """Presses that overtake no one: the same button four times at once, and a command beside it."""
    reader = house.reader()
    (welcome,) = await house.say(reader, "/start")
    for _ in range(4):
        reader.press("1|subscribe", welcome.message_id, stale=True)
    reader.send("/subscribe")
    await house.settle()
    with house.store() as store:
        assert store.subscribers.count(active=True) == 1
    (preview,) = await house.say(reader, "/follow 芮城")
    keep = next(button.data for button in preview.buttons if button.text == "⭐ 关注")
    for _ in range(4):
        reader.press(keep, preview.message_id, stale=True)
    await house.settle()
    with house.store() as store:
        found = store.subscribers.by_chat(reader.id)
        assert found is not None and found.profile.follows == ("芮城",)
    assert not house.server.api.open_queries
