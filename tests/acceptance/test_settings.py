"""The settings keyboard: edited in place, safe when old, and what is typed."""

from __future__ import annotations

from datetime import date, time

from bot.loopback.people import User
from bot.messages.callbacks import encode
from store.models import Subscriber
from tests.acceptance.conftest import House


def kept(house: House, reader: User) -> Subscriber:
    """The reader's settings as stored."""
    with house.store() as store:
        found = store.subscribers.by_chat(reader.id)
    assert found is not None
    return found


async def test_every_screen_opens_in_place_and_leads_back(house: House) -> None:
    """One message all the way."""
    reader = house.reader()
    (opened,) = await house.say(reader, "/settings")
    main = opened.text
    for label in opened.labels[:10]:
        await house.press(reader, label)
        assert house.latest(reader).text != main, label
        await house.press(reader, "« 返回")
        assert house.latest(reader).text == main
    assert len(reader.got()) == 1


async def test_hours_days_and_switches_are_saved(house: House) -> None:
    """Two hours a day, working days, silent: each press is kept at once."""
    reader = house.reader()
    await house.say(reader, "/settings")
    await house.press(reader, "🕢 几点送")
    await house.press(reader, "▫️ 06:30")
    await house.press(reader, "▫️ 19:00")
    await house.press(reader, "« 返回")
    await house.press(reader, "📅 哪几天")
    await house.press(reader, "▫️ 法定工作日（随调休）")
    await house.press(reader, "« 返回")
    await house.press(reader, "▫️ 静音送达")
    found = kept(house, reader)
    assert (
        found.timetable.hours == (time(6, 30), time(19))
        and found.timetable.days == "workdays"
        and found.silent
    )


async def test_chosen_days_never_become_none(house: House) -> None:
    """The last chosen day stays: to get nothing there is /unsubscribe."""
    reader = house.reader()
    await house.say(reader, "/settings")
    await house.press(reader, "📅 哪几天")
    await house.press(reader, "▫️ 自己选")
    for day in ("周一", "周二", "周三", "周四", "周五", "周六"):
        await house.press(reader, f"✅ {day}")
    await house.press(reader, "✅ 周日")
    assert kept(house, reader).timetable.weekdays == (6,)


async def test_an_old_keyboard_does_what_is_written_on_it(house: House) -> None:
    """A button says what shall be: pressed twice, or from a screen of last month, it is not a toggle."""
    reader = house.reader()
    (opened,) = await house.say(reader, "/settings")
    data = next(button.data for button in opened.buttons if button.text == "▫️ 静音送达")
    for _ in range(2):
        await house.press(reader, data, opened.message_id, stale=True)
        assert kept(house, reader).silent
    for broken in (
        encode("put", "hour", "99:99", "main"),
        encode("put", "x", "y"),
        encode("set"),
        encode("put"),
        encode("ask", "x"),
    ):
        await house.press(reader, broken, opened.message_id, stale=True)
    assert kept(house, reader).timetable.hours == (time(7, 30),)


async def test_a_city_finds_its_time_zone(house: House) -> None:
    """Asked, typed, chosen; the digest's hour is then local there."""
    reader = house.reader()
    await house.say(reader, "/settings")
    await house.press(reader, "🌏 时区")
    await house.press(reader, "🔎 按城市找")
    (again,) = await house.say(reader, "不存在的城市")
    assert "没有找到" in again.text
    (screen,) = await house.say(reader, "洛杉矶")
    assert any(label.startswith("✅ 洛杉矶") for label in screen.labels)
    assert kept(house, reader).timetable.time_zone == "America/Los_Angeles"


async def test_typed_hours_spans_places_and_dates_are_understood(house: House) -> None:
    """What is typed is an answer once; afterwards words are a search again."""
    reader = house.reader()
    for screen, ask, words in (
        ("🕢 几点送", "⌨️ 自己输入时间", "早上6点45"),
        ("🌙 免打扰", "⌨️ 自己输入时段", "22:30-6:30"),
        ("📍 地方", "🔎 输入地名", "芮城"),
        ("⏸ 暂停", "⌨️ 输入日期", "4月1日"),
    ):
        await house.say(reader, "/settings")
        await house.press(reader, screen)
        await house.press(reader, ask)
        await house.say(reader, words)
    found = kept(house, reader)
    assert found.timetable.hours == (time(6, 45),)
    assert (found.timetable.quiet_from, found.timetable.quiet_upto) == (time(22, 30), time(6, 30))
    assert found.profile.places == ("芮城县",)
    assert found.timetable.paused_until == date(2026, 4, 1)
    (results,) = await house.say(reader, "理发")
    assert results.text.startswith("🔎")


async def test_a_question_can_be_cancelled(house: House) -> None:
    """「取消」, /cancel, or any command: the next words are a search."""
    reader = house.reader()
    for how in ("取消", "/cancel", "/help"):
        await house.say(reader, "/settings")
        await house.press(reader, "🕢 几点送")
        await house.press(reader, "⌨️ 自己输入时间")
        if how.startswith("/"):
            await house.say(reader, how)
        else:
            await house.press(reader, how)
        (answer,) = await house.say(reader, "8点")
        assert answer.text.startswith("🔎"), how
    assert kept(house, reader).timetable.hours == (time(7, 30),)


async def test_the_language_changes_at_once(house: House) -> None:
    """The screen itself is in the new language."""
    reader = house.reader()
    await house.say(reader, "/settings")
    await house.press(reader, "文 Language")
    await house.press(reader, "▫️ English")
    assert "« Back" in house.latest(reader).labels
    (help_,) = await house.say(reader, "/help")
    assert help_.text.startswith("How it works")


async def test_done_says_when_the_next_one_comes(house: House) -> None:
    """The keyboard folds away; the summary stays."""
    reader = house.reader()
    await house.say(reader, "/subscribe")
    await house.press(reader, "⚙️ 设置")
    await house.press(reader, "完成")
    assert "下一份：明天 07:30" in house.latest(reader).text and not house.latest(reader).buttons
