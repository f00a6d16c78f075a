"""The first minute: where one lives, what comes then; plain words, questions, promises that hold."""

from __future__ import annotations

import pytest

from bot.arrivals.alerts import after_ingest
from store.chinese.days import read
from store.places.near import counties_near, nearly
from store.search.keywords import keywords
from tests.acceptance.conftest import House
from tests.bot.builders import BOT, DAY, NOW, add_page, parsed


async def test_start_asks_where_and_a_press_settles_everything(house: House) -> None:
    """The county, the hour, how often it was in the papers, the latest line, today's digest in reach."""
    reader = house.reader()
    (welcome,) = await house.say(reader, "/start")
    assert "您在哪儿" in welcome.text and "别处…" in house.latest(reader).labels
    await house.press(reader, "芮城县")
    settled = house.latest(reader)
    assert "好了，先说 芮城县" in settled.text and "下一份：" in settled.text
    assert "见报 " in settled.text and "📰 看最新一期" in settled.labels
    with house.store() as store:
        known = store.subscribers.by_chat(reader.id)
        assert known is not None and known.active and known.profile.places == ("芮城县",)


async def test_elsewhere_is_typed_and_a_second_place_is_a_place(house: House) -> None:
    """Nearly right is asked back; after a place another may follow; anything else is a search again."""
    reader = house.reader()
    await house.say(reader, "/start")
    await house.press(reader, "别处…")
    (asked,) = await house.say(reader, "夏显")
    assert "是不是要找" in asked.text and "夏县" in house.latest(reader).labels
    await house.press(reader, "夏县")
    await house.say(reader, "平陆")
    with house.store() as store:
        known = store.subscribers.by_chat(reader.id)
        assert known is not None and known.profile.places == ("夏县", "平陆县")
    (found,) = await house.say(reader, "理发")
    assert found.text.startswith("🔎")


@pytest.mark.parametrize(
    "words", ["最新", "今天有什么新闻", "今天报纸", "看看今天的报纸", "3月5日", "周四的", "把今天的发我"]
)
async def test_a_days_paper_is_asked_for_in_plain_words(house: House, words: str) -> None:
    """Not searched for."""
    (digest,) = await house.say(house.reader(), words)
    assert digest.text.startswith("📰") and "3月5日" in digest.text


async def test_manners_are_answered(house: House) -> None:
    """Thanks, a greeting, tomorrow's paper, the end of it."""
    reader = house.reader()
    for words, start in (
        ("谢谢！", "不客气"),
        ("你好", "您好"),
        ("明天的报纸", "那天的报纸还没有印"),
        ("退订", "您还没有订阅"),
    ):
        (said,) = await house.say(reader, words)
        assert said.text.startswith(start), words


async def test_a_question_is_searched_by_its_nouns_two_before_one(house: House) -> None:
    """Never by 哪个 or by figures."""
    reader = house.reader()
    with house.store() as store:
        add_page(store, DAY, 8, parsed("暖气热线开通", "暖气不热可以报修，供热公司二十四小时值守。"))
    await house.say(reader, "家里暖气不热报修打哪个电话11月20日")
    offered = [label for label in house.latest(reader).labels if label.startswith("改搜")]
    assert offered and all(
        "哪个" not in label and "11" not in label and "20" not in label for label in offered
    )
    assert " " in offered[0].removeprefix("改搜：").split("（")[0]


async def test_ringing_does_not_need_a_subscription(house: House) -> None:
    """Who pressed 「立即提醒」 is told; what is said at the press is true."""
    reader = house.reader()
    await house.say(reader, "/follow 图书车")
    await house.press(reader, "🔔 关注，并立即提醒")
    assert "想每天早上送，点下面" in house.latest(reader).text
    with house.store() as store:
        ids = add_page(store, DAY, 7, parsed("图书车又来了", "图书车周末开进南村。"))
        assert after_ingest(store, ids, NOW, bot_username=BOT).alerts == 1


async def test_a_mistyped_follow_offers_the_place(house: House) -> None:
    """夏显 → 夏县."""
    reader = house.reader()
    await house.say(reader, "/follow 夏显")
    await house.press(reader, "您是不是要关注：夏县")
    assert "关注 夏县" in house.latest(reader).text


async def test_a_mistyped_command_keeps_its_words(house: House) -> None:
    """/sreach 理发 → [是，/search] searches 理发; /foo is near to nothing."""
    reader = house.reader()
    await house.say(reader, "/sreach 理发")
    await house.press(reader, "是，/search")
    assert "理发" in house.latest(reader).text
    (nothing,) = await house.say(reader, "/foo")
    assert "没有这个命令。/help" in nothing.text


async def test_subscribing_in_a_pause_says_so(house: House) -> None:
    """And offers to end it."""
    reader = house.reader()
    await house.say(reader, "/settings")
    await house.press(reader, "⏸ 暂停")
    await house.press(reader, "▫️ 7 天")
    (said,) = await house.say(reader, "/subscribe")
    assert "暂停到 3月12日" in said.text
    await house.press(reader, "▶️ 现在就恢复")
    with house.store() as store:
        known = store.subscribers.by_chat(reader.id)
        assert known is not None and known.timetable.paused_until is None


def test_counties_near_the_papers_are_those_of_their_city() -> None:
    """In the news first; papers of no place give what is in the news."""
    near = counties_near(["运城晚报"], ["芮城县", "北京市"], most=30)
    assert near[0] == "芮城县" and "夏县" in near and "北京市" not in near
    assert counties_near(["某某报"], ["芮城县"]) == ["芮城县"]


@pytest.mark.parametrize(("typed", "meant"), [("夏显", "夏县"), ("瑞城县", "芮城县"), ("平路县", "平陆县")])
def test_places_typed_nearly_right(typed: str, meant: str) -> None:
    """One character wrong, or the same sound."""
    assert meant in nearly(typed, ["运城日报"])


@pytest.mark.parametrize(
    ("typed", "day"),
    [("周三", (2026, 3, 4)), ("上周日", (2026, 3, 1)), ("5 Mar", (2026, 3, 5)), ("Mar 4", (2026, 3, 4))],
)
def test_weekdays_and_english_days(typed: str, day: tuple[int, int, int]) -> None:
    """The bot writes 5 Mar itself."""
    from datetime import date

    assert read(typed, today=DAY) == date(*day)


def test_keywords_are_names_and_nouns() -> None:
    """No figures, no question words."""
    found = keywords("11月20日13时至17时，垣曲县新城大街暂停供气，请相互转告哪个电话")
    assert found[0] == "垣曲县" and "供气" in found
    assert not {"11", "20", "哪个", "电话"} & set(found)


async def test_traditional_characters_are_spoken_and_understood(house: House) -> None:
    """A reader in Taipei: greeted, asked for a place, answered, found, all in the script they write."""
    reader = house.reader(language_code="zh-hant")
    (welcome,) = await house.say(reader, "/start")
    assert "您在哪兒" in welcome.text
    await house.press(reader, "別處…")
    (settled,) = await house.say(reader, "芮城縣")
    assert "好了，先說 芮城县" in settled.text
    (found,) = await house.say(reader, "理髮師傅")
    assert found.text.startswith("🔎") and "葛长顺" in found.text
    (days,) = await house.say(reader, "/digest 週三")
    assert "3月4日" in days.text
    (asked,) = await house.say(reader, "/辦事 鹽湖區")
    assert "盐湖区要辦、要防的事" in asked.text
