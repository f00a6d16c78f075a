"""Searching: free text, pages, facets, a search that becomes a follow, a promise that is kept."""

from __future__ import annotations

from datetime import timedelta

from bot.arrivals.alerts import after_ingest
from tests.acceptance.conftest import House
from tests.bot.builders import BOT, DAY, NOW, add_page, parsed


def many(house: House, count: int, word: str = "供暖") -> None:
    """A further page with many articles that have the word."""
    with house.store() as store:
        articles = [
            parsed(
                f"{word}消息之{number}",
                f"第{number}个小区今天开始{word}。",
                place="夏县" if number % 2 else "绛县",
            )
            for number in range(count)
        ]
        add_page(store, DAY, 7, *articles)


async def test_free_text_searches_and_numbers_open_articles(house: House) -> None:
    """A word is enough; button 1 opens the first hit as a message of its own."""
    reader = house.reader()
    (results,) = await house.say(reader, "理发")
    assert "老街理发店守了四十年" in results.text and results.text.startswith("🔎 理发：1 条")
    await house.press(reader, "1")
    assert house.latest(reader).text.startswith("老街理发店守了四十年")
    assert reader.got()[0].text == results.text


async def test_results_turn_in_place_and_stay_the_same_while_news_arrives(house: House) -> None:
    """Page two continues page one although newer articles came in between."""
    many(house, 12)
    reader = house.reader()
    (first,) = await house.say(reader, "供暖")
    assert "12 条，第 1–5 条" in first.text
    with house.store() as store:
        add_page(store, DAY, 8, parsed("供暖又有新消息", "新消息说供暖提前了。"))
    await house.press(reader, "下一页 ›")
    second = house.latest(reader)
    assert second.message_id == first.message_id and "12 条，第 6–10 条" in second.text
    seen = {words for message in (first, second) for words, _ in message.links}
    assert len(seen) == 10 and "供暖又有新消息" not in seen


async def test_facets_narrow_the_search(house: House) -> None:
    """「只看夏县 6」 shows those six."""
    many(house, 12)
    reader = house.reader()
    await house.say(reader, "供暖")
    assert "只看夏县 6" in house.latest(reader).labels
    await house.press(reader, "只看夏县 6")
    assert "：6 条" in house.latest(reader).text and "绛县" not in house.latest(reader).text


async def test_search_without_words_gives_examples_that_work(house: House) -> None:
    """Three examples from the latest paper; each finds something."""
    reader = house.reader()
    (how,) = await house.say(reader, "/search")
    assert len(how.labels) == 3
    for word in how.labels:
        await house.press(reader, word, how.message_id)
        assert f"🔎 {word}：" in house.latest(reader).text


async def test_a_search_becomes_a_follow_after_a_preview(house: House) -> None:
    """One button, a preview with examples, one more to keep it."""
    reader = house.reader()
    await house.say(reader, "理发 近30天")
    await house.press(reader, "⭐ 关注这个搜索")
    assert house.latest(reader).text.startswith("关注 理发：近30天命中 1 条。\n• 老街理发店守了四十年")
    await house.press(reader, "⭐ 关注")
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None and subscriber.profile.follows == ("理发",)


async def test_a_promise_is_kept_once_in_the_askers_words(house: House) -> None:
    """「有了告诉我」: nothing for the old, one message for the first new article, then no more."""
    reader = house.reader()
    (nothing,) = await house.say(reader, "灯塔")
    assert "没有找到" in nothing.text
    await house.press(reader, "⏳ 有了告诉我")
    with house.store() as store:
        assert after_ingest(store, [1, 2, 3], NOW, bot_username=BOT).promises == 0
        new = add_page(
            store, DAY + timedelta(days=1), 1, parsed("黄河边立起一座灯塔", "风陵渡立起一座灯塔。")
        )
        assert after_ingest(store, new, NOW, bot_username=BOT).promises == 1
        assert after_ingest(store, new, NOW, bot_username=BOT).promises == 0
        (mail,) = store.outbox.next(NOW, 10)
        part = store.mailings.message(mail.message_id)
    assert "您问过“灯塔”" in part.html and "黄河边立起一座灯塔" in part.html


async def test_search_words_are_only_counted(house: House) -> None:
    """No table ties words to a chat but the short-lived session, and /forget removes that."""
    reader = house.reader()
    await house.say(reader, "托管班")
    await house.say(reader, "托管班")
    with house.store() as store:
        rows = store.db.rows("SELECT words, searches, found_nothing FROM search_counts")
        assert [tuple(row) for row in rows] == [("托管班", 2, 0)]
    await house.say(reader, "/forget")
    await house.press(reader, "🗑 全部删掉")
    with house.store() as store:
        assert store.db.value("SELECT count(*) FROM search_sessions") == 0


async def test_results_of_another_chat_cannot_be_turned(house: House) -> None:
    """A session belongs to its chat: a button forged with its number gets a polite no."""
    many(house, 12)
    await house.say(house.reader(), "供暖")
    stranger = house.reader(2000)
    await house.say(stranger, "/start")
    popped = await house.press(stranger, "1|results|1|5|r", house.latest(stranger).message_id, stale=True)
    assert "重新搜" in popped


async def test_odd_queries_break_nothing(house: House) -> None:
    """Operators alone, quotes, emoji, right-to-left names, control characters, a long paste."""
    reader = house.reader()
    for words in (
        '"',
        "-",
        "AND OR NOT",
        "地点:",
        "محمد",
        "👨‍👩‍👧",
        "a\u202eb",
        "标题:理发 -理发",
        "𠮷野家",
        "长" * 190,
    ):
        answers = await house.say(reader, words)
        assert len(answers) == 1 and answers[0].text
    (too_long,) = await house.say(reader, "很长的一段话。" * 500)
    assert "太长" in too_long.text
