"""Reading: the first visit, a digest, an article, over HTTP."""

from __future__ import annotations

from bot.messages.callbacks import encode
from tests.acceptance.conftest import House
from tests.bot.builders import DAY


async def test_a_newcomer_subscribes_with_one_tap(house: House) -> None:
    """/start offers a subscription; the tap says when the next digest comes."""
    reader = house.reader()
    (welcome,) = await house.say(reader, "/start")
    assert "汾北日报" in welcome.text
    assert await house.press(reader, "☀️ 每天早上送我一份") == "订好了"
    assert "下一份：明天 07:30" in house.latest(reader).text
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None and subscriber.active


async def test_an_english_reader_is_spoken_to_in_english(house: House) -> None:
    """The language follows the reader's Telegram."""
    (welcome,) = await house.say(house.reader(language_code="en"), "/start")
    assert "reads China's local papers" in welcome.text


async def test_a_headline_opens_its_article(house: House) -> None:
    """Each headline is a deep link; the article has its citation to copy and names to follow."""
    reader = house.reader()
    (digest,) = await house.say(reader, "/digest")
    assert digest.text.startswith("📰 2026年3月5日 星期四\n汾北日报 2版")
    address = dict(digest.links)["柳林渡口新桥通车"]
    assert reader.open(address)
    await house.settle()
    article = house.latest(reader)
    assert article.text.splitlines()[0] == "柳林渡口新桥通车"
    assert "《汾北日报》2026年3月5日01版，记者邵一鸣" in article.text
    await house.press(reader, "📋 复制出处")
    assert reader.copied == ["《汾北日报》2026年3月5日01版，记者邵一鸣"]


async def test_days_are_turned_in_place(house: House) -> None:
    """Previous day edits the message; before the first day a sentence pops up and nothing changes."""
    reader = house.reader()
    (digest,) = await house.say(reader, "/digest")
    await house.press(reader, "‹ 前一天")
    (same,) = reader.got()
    assert same.message_id == digest.message_id
    assert same.text.startswith("📰 2026年3月4日 星期三")
    assert await house.press(reader, "‹ 前一天") == "没有更早的报纸了。"
    await house.press(reader, "后一天 ›")
    assert reader.got()[0].text.startswith("📰 2026年3月5日")


async def test_a_digest_is_grouped_by_paper_or_by_place(house: House) -> None:
    """The buttons regroup the same items in place, and offer what is not shown."""
    reader = house.reader()
    await house.say(reader, "/digest")
    await house.press(reader, "按地方")
    by_place = house.latest(reader)
    assert "📍 盐湖区\n" in by_place.text and "按地方" not in by_place.labels
    await house.press(reader, "按报纸")
    assert "《汾北日报》\n" in house.latest(reader).text


async def test_a_day_without_papers_names_the_nearest(house: House) -> None:
    """No dead end: the nearest days are buttons."""
    reader = house.reader()
    (answer,) = await house.say(reader, "/digest 2026-02-01")
    assert answer.text.startswith("2026年2月1日 星期日，没有报纸")
    await house.press(reader, "2026年3月4日")
    assert "2026年3月4日" in house.latest(reader).text


async def test_thumbs_count_once_a_day_and_reader(house: House) -> None:
    """The last thumb counts."""
    reader = house.reader()
    await house.say(reader, "/digest")
    await house.press(reader, "👍")
    await house.press(reader, "👎")
    with house.store() as store:
        assert store.labels.votes(DAY) == (0, 1)


async def test_why_an_article_came_is_told_with_a_way_to_mute(house: House) -> None:
    """「为什么给我这篇？」 pops up; one tap mutes the place; the keyboard can go back."""
    reader = house.reader()
    await house.say(reader, "/start a3")
    assert "您没有限定报纸和地方" in await house.press(reader, "❔ 为什么给我这篇？")
    assert "🔇 不看 芮城县" in house.latest(reader).labels
    await house.press(reader, "🔇 不看 芮城县")
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None and subscriber.profile.mutes == ("芮城县",)
    await house.press(reader, "✖️ 不再屏蔽 芮城县")
    with house.store() as store:
        subscriber = store.subscribers.by_chat(reader.id)
        assert subscriber is not None and subscriber.profile.mutes == ()
    await house.press(reader, "« 返回")
    assert "❔ 为什么给我这篇？" in house.latest(reader).labels


async def test_an_empty_digest_leads_to_what_emptied_it(house: House) -> None:
    """Whoever has muted everything finds the way back."""
    reader = house.reader()
    await house.say(reader, "/mute 汾北日报")
    await house.press(reader, "🔇 不看")
    (digest,) = await house.say(reader, "/digest")
    assert "没有符合您设置的文章" in digest.text
    await house.press(reader, "查看全部关注")
    assert "🔇 汾北日报" in house.latest(reader).text


async def test_a_label_keeps_the_page_it_came_from(house: House) -> None:
    """「标题不对」 is kept once, with source and text; the operator gets it as a file, a stranger does not."""
    reader = house.reader()
    await house.say(reader, "/start a3")
    await house.press(reader, "⚑ 这篇有错")
    await house.press(reader, "标题不对")
    await house.press(reader, "⚑ 这篇有错")
    assert "谢谢" in await house.press(reader, "标题不对")
    with house.store() as store:
        (label,) = store.labels.all()
    assert label.kind == "title" and label.source == "汾北日报/2026-03-05/01.txt"
    assert "柳林渡口新桥通车" in label.page_text
    (refused,) = await house.say(reader, "/labels")
    assert "管理员" in refused.text
    listed, file = await house.say(house.reader(77), "/labels")
    assert "柳林渡口新桥通车" in listed.text
    assert file.document is not None and b'"kind": "title"' in file.document.content


async def test_an_article_that_is_not_there_is_a_sentence(house: House) -> None:
    """Deep links are user input."""
    reader = house.reader()
    for payload in ("a999999", "a", "a1x", "d2026-99-99", "x" * 64):
        (answer,) = await house.say(reader, f"/start {payload}")
        assert answer.text
    assert (
        await house.press(reader, encode("article", 999999), 2, stale=True)
        == "没有这篇文章，可能已经撤下了。"
    )
