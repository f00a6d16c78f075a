"""/services: what is ahead by date, place first; reminders once, moved by corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.arrivals.reminders import clock, send_reminders
from bot.handlers import calendar
from store.database import Store
from tests.acceptance.conftest import House
from tests.bot.builders import BOT, DAY, NOW, add_page, parsed, request


def print_notices(house: House) -> None:
    """A page of notices of 5 March."""
    with house.store() as store:
        add_page(
            store,
            DAY,
            9,
            parsed(
                "西街停水通知", "因检修，3月7日8时至20时，芮城县西街以北停水。热线7001234。", place="芮城县"
            ),
            parsed(
                "骨科专家来义诊",
                "3月6日上午8:30至11:30，省城专家在平陆县人民医院门诊二楼义诊，免费。",
                place="平陆县",
            ),
            parsed("书法班报名", "少儿书法班报名截止3月20日18时，地点在县文化馆。", place="平陆县"),
            parsed("义诊进村", "3月2日，医院到北村义诊，共接诊96人。", place="平陆县"),
        )


def remind(house: House, now: datetime) -> int:
    """Let the recurring work run at an instant."""
    with house.store() as store:
        return send_reminders(store, now, bot_username=lambda: BOT, paper_zone="Asia/Shanghai")


def queued(house: House) -> list[str]:
    """The texts in the outbox."""
    with house.store() as store:
        return [
            store.mailings.message(mail.message_id).html
            for mail in store.outbox.next(NOW + timedelta(days=60), 99)
        ]


async def test_services_lists_by_date_with_the_readers_places_first(house: House) -> None:
    """The reader of 芮城 sees its outage before tomorrow's clinic elsewhere; what happened is not there."""
    print_notices(house)
    reader = house.reader()
    (before,) = await house.say(reader, "/services")
    assert before.text.index("义诊") < before.text.index("西街以北")
    assert "96" not in before.text and "明天 3月6日 周五" in before.text
    await house.say(reader, "/settings")
    with house.store() as store:
        known = store.subscribers.by_chat(reader.id)
        assert known is not None
        store.subscribers.save(replace(known, profile=replace(known.profile, places=("芮城县",))), NOW)
    (after,) = await house.say(reader, "办事")
    assert after.text.index("西街以北") < after.text.index("义诊")


async def test_filter_by_place_and_kind_typed_or_pressed(house: House) -> None:
    """「/办事 芮城 停水」 as readers type it, and the buttons below."""
    print_notices(house)
    reader = house.reader()
    (one,) = await house.say(reader, "/办事 芮城 停水")
    assert "西街以北" in one.text and "义诊" not in one.text and "☎7001234" in one.text
    await house.press(reader, "全部地方")
    await house.press(reader, "全部种类")
    await house.press(reader, "义诊健康 1")
    assert "门诊二楼" in house.latest(reader).text and "西街" not in house.latest(reader).text
    (unknown,) = await house.say(reader, "/services 西瓜")
    assert "没有看懂“西瓜”" in unknown.text


async def test_reminder_comes_once_the_evening_before(house: House) -> None:
    """In the reader's own evening, with the sentence and its source; the list of followed things can end it."""
    print_notices(house)
    reader = house.reader()
    await house.say(reader, "/services 芮城")
    await house.press(reader, "⏰1")
    assert "前一天晚上（3月6日 19:00）" in [b.text for b in house.latest(reader).buttons]
    toast = await house.press(reader, "前一天晚上（3月6日 19:00）")
    assert "3月6日 19:00" in toast
    (listed,) = await house.say(reader, "/following")
    assert "西街" in listed.text
    evening = datetime(2026, 3, 6, 19, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert remind(house, evening - timedelta(minutes=1)) == 0
    assert remind(house, evening) == 1
    assert remind(house, evening) == 0
    (text,) = queued(house)
    assert "明天 3月7日 周六" in text and "芮城县西街以北停水" in text and "9版" in text


async def test_deadline_reminds_before_it_ends(house: House) -> None:
    """「截止3月20日18时」: at five in the afternoon."""
    print_notices(house)
    reader = house.reader()
    await house.say(reader, "/services 报名")
    await house.press(reader, "⏰1")
    await house.press(reader, "提前一小时（3月20日 17:00）")
    assert remind(house, datetime(2026, 3, 20, 9, 0, tzinfo=UTC)) == 1
    (text,) = queued(house)
    assert "截止" in text


async def test_correction_moves_the_reminder_and_withdrawal_is_told(house: House) -> None:
    """The paper moves the outage by two days; then the page is read anew without it."""
    print_notices(house)
    reader = house.reader()
    await house.say(reader, "/services 芮城")
    await house.press(reader, "⏰1")
    await house.press(reader, "前一天晚上（3月6日 19:00）")
    with house.store() as store:
        add_page(
            store, DAY, 9,
            parsed("西街停水通知", "因检修，3月9日8时至20时，芮城县西街以北停水。热线7001234。", place="芮城县"),
        )  # fmt: skip
    assert remind(house, datetime(2026, 3, 6, 12, tzinfo=UTC)) == 0
    with house.store() as store:
        add_page(store, DAY, 9, parsed("古槐挂牌", "村口的老槐树挂上了名牌。"))
    assert remind(house, datetime(2026, 3, 6, 12, tzinfo=UTC)) == 1
    (text,) = queued(house)
    assert "更正后没有了" in text


async def test_forgetting_takes_reminders_along(house: House) -> None:
    """/forget leaves nothing."""
    print_notices(house)
    reader = house.reader()
    await house.say(reader, "/services 芮城")
    await house.press(reader, "⏰1")
    await house.press(reader, "前一天晚上（3月6日 19:00）")
    await house.say(reader, "/forget")
    await house.press(reader, "🗑 全部删掉")
    with house.store() as store:
        assert store.calendar.reminders() == []


@pytest.mark.parametrize(
    ("printed", "hour"),
    [("上午8:30至11:30", (8, 30)), ("晚七点", (19, 0)), ("下午3时半", (15, 30)), ("22时", (22, 0))],
)
def test_hours_as_printed_are_hours_of_the_day(printed: str, hour: tuple[int, int]) -> None:
    """Only the first of a span counts."""
    found = clock(printed)
    assert found is not None and (found.hour, found.minute) == hour


def test_nothing_ahead_is_said_in_a_sentence() -> None:
    """An empty calendar has no buttons that lead nowhere."""
    with Store() as store:
        reply = calendar.answer(store, request())
    assert "没有" in reply.parts[0].html
