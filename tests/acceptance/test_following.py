"""Following, muting and ringing."""

from __future__ import annotations

from datetime import timedelta

from bot.arrivals.alerts import after_ingest
from tests.acceptance.conftest import House
from tests.bot.builders import BOT, DAY, NOW, add_page, parsed

TOMORROW = DAY + timedelta(days=1)


async def test_follow_shows_a_preview_before_it_keeps(house: House) -> None:
    """Nothing is written until the button is pressed; 「算了」 leaves it."""
    reader = house.reader()
    (preview,) = await house.say(reader, "/follow 芮城")
    assert preview.text.startswith("关注 芮城：近30天命中 3 条。")
    await house.press(reader, "算了")
    with house.store() as store:
        assert store.subscribers.by_chat(reader.id) is None
    await house.say(reader, "/follow 芮城")
    await house.press(reader, "⭐ 关注")
    (listed,) = await house.say(reader, "/following")
    assert "⭐ 芮城" in listed.text


async def test_followed_items_lead_the_digest_and_say_why(house: House) -> None:
    """The followed article comes first under its own heading."""
    reader = house.reader()
    await house.say(reader, "/follow 图书车")
    await house.press(reader, "⭐ 关注")
    (digest,) = await house.say(reader, "/digest")
    assert "⭐ 您关注的\n图书车开进山村" in digest.text and "关注：图书车" in digest.text


async def test_a_muted_word_is_not_in_the_digest(house: House) -> None:
    """/mute previews and takes out."""
    reader = house.reader()
    (preview,) = await house.say(reader, "/mute 羊肉")
    assert "近30天会少 1 条" in preview.text
    await house.press(reader, "🔇 不看")
    (digest,) = await house.say(reader, "/digest")
    assert "羊肉" not in digest.text
    await house.say(reader, "/following")
    await house.press(reader, "✖️ 不再屏蔽 羊肉")
    (digest,) = await house.say(reader, "/digest")
    assert "羊肉" in digest.text


async def test_rules_that_are_none_get_a_sentence_each(house: House) -> None:
    """Empty, only "not", too long, too many."""
    reader = house.reader()
    for words, answer in (
        ("", "写上要关注的"),
        ("-培训", "只写了不要的词"),
        ("长" * 150, "太长"),
        (" ".join("甲乙丙丁戊己庚辛壬癸子丑寅"), "太多"),
    ):
        (said,) = await house.say(reader, f"/follow {words}".strip())
        assert answer in said.text, words


async def test_a_stale_list_removes_what_its_button_says(house: House) -> None:
    """Two phones: the second press of an old keyboard says that it is gone and removes nothing else."""
    reader = house.reader()
    for words in ("芮城", "图书车"):
        await house.say(reader, f"/follow {words}")
        await house.press(reader, "⭐ 关注")
    (listed,) = await house.say(reader, "/following")
    data = next(button.data for button in listed.buttons if button.text == "✖️ 芮城")
    await house.press(reader, "✖️ 芮城")
    assert await house.press(reader, data, listed.message_id, stale=True) == "这一条已经不在了。"
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None and subscriber.profile.follows == ("图书车",)


async def ringing(house: House, words: str = "芮城") -> int:
    """A subscribed reader for whom the words ring; the subscriber's id."""
    reader = house.reader()
    await house.say(reader, "/subscribe")
    await house.say(reader, f"/follow {words}")
    await house.press(reader, "🔔 关注，并立即提醒")
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None
        return subscriber.id


async def test_a_ringing_follow_is_told_on_ingest_at_most_three_times_a_day(house: House) -> None:
    """Each article once, three a day; the rest waits for the digest."""
    subscriber_id = await ringing(house)
    with house.store() as store:
        new = add_page(
            store,
            TOMORROW,
            1,
            *(parsed(f"芮城第{n}件事", f"芮城县第{n}件事。", place="芮城县") for n in range(5)),
        )
        assert after_ingest(store, new, NOW, bot_username=BOT, a_day=3).alerts == 3
        assert after_ingest(store, new, NOW, bot_username=BOT, a_day=3).alerts == 0
        assert after_ingest(store, new, NOW + timedelta(days=1), bot_username=BOT, a_day=3).alerts == 2
        (mail,) = store.outbox.next(NOW + timedelta(days=1), 10)
        assert mail.subscriber_id == subscriber_id and store.outbox.counts().waiting == 5
        assert "🔔 您关注的 <b>芮城</b>" in store.mailings.message(mail.message_id).html


async def test_nothing_rings_in_quiet_hours_or_for_muted_words(house: House) -> None:
    """Quiet hours are the reader's own; a mute is stronger than a follow."""
    await ringing(house)
    reader = house.reader()
    await house.say(reader, "/mute 讣告")
    await house.press(reader, "🔇 不看")
    with house.store() as store:
        new = add_page(store, TOMORROW, 1, parsed("讣告", "芮城县一位老人去世。", place="芮城县"))
        assert after_ingest(store, new, NOW, bot_username=BOT).alerts == 0
        again = add_page(store, TOMORROW, 2, parsed("芮城开集", "芮城县今天开集。", place="芮城县"))
        store.db.execute("UPDATE subscribers SET quiet_from = '08:00', quiet_upto = '10:00'")
        assert after_ingest(store, again, NOW, bot_username=BOT).alerts == 0
        store.db.execute("UPDATE subscribers SET quiet_from = '10:00', quiet_upto = '10:00'")
        assert after_ingest(store, again, NOW, bot_username=BOT).alerts == 1


async def test_ringing_is_turned_off_in_the_list(house: House) -> None:
    """The bell becomes a star."""
    await ringing(house)
    reader = house.reader()
    (listed,) = await house.say(reader, "/following")
    assert "🔔 芮城" in listed.text
    await house.press(reader, "🔕 不再立即提醒")
    assert "⭐ 芮城" in house.latest(reader).text
    with house.store() as store:
        assert store.follows.listeners() == {}
