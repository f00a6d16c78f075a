"""Groups, topics and channels over HTTP: what is said when, to whom, who may, and what happens when rights change."""

from __future__ import annotations

from datetime import timedelta

from bot.delivery.call import send
from bot.loopback.people import Group, User
from bot.loopback.records import Message
from tests.acceptance.conftest import House
from tests.bot.builders import NOW

GROUP, CHANNEL = -100500, -100900
TOPIC = 44


def entered(house: House) -> tuple[Group, User, User]:
    """A group that has just let the bot in: the group, an administrator, a member."""
    group, chief, member = house.group(GROUP), house.reader(11), house.reader(12)
    group.add(chief, "administrator")
    group.add(member)
    group.chat.bot_status = "left"
    group.bot_becomes("member", by=chief.id)
    return group, chief, member


def said(group: Group) -> list[Message]:
    """What the bot wrote there."""
    return [one for one in group.sees() if one.from_bot]


async def post(house: House, chat_id: int) -> list[str]:
    """Send what waits for the chat, as the sender would; the texts of the calls that were refused."""
    refused = []
    with house.store() as store:
        mails = [mail for mail in store.outbox.next(NOW + timedelta(days=2), 99) if mail.chat_id == chat_id]
        for mail in mails:
            part = store.mailings.message(mail.message_id)
            attempt = await send(house.application.bot, mail, part, lambda: NOW)
            if attempt.outcome.state != "sent":
                refused.append(attempt.outcome.reason)
    return refused


def queue(house: House, chat_id: int, *, day: str = "2026-03-05") -> None:
    """A digest-like message in the outbox."""
    from bot.messages.callbacks import encode
    from store.models.delivery import Button, Part

    with house.store() as store:
        reader = store.subscribers.by_chat(chat_id)
        assert reader is not None
        part = Part(
            "<b>报摘</b>",
            ((Button("‹ 前一天", encode("day", day, "o", "before")), Button("👍", encode("vote", day, 1))),),
        )
        store.outbox.enqueue(reader.id, "notice", f"test {day}", [part], NOW)


async def test_a_group_is_told_once_what_the_bot_does_and_who_may(house: House) -> None:
    """Said once; a member's press changes nothing, an administrator's subscribes 本群; removed and let in again it says so."""
    group, chief, member = entered(house)
    await house.settle()
    (hello,) = said(group)
    assert "没人叫我，我不说话" in hello.text and "本群" in hello.text and "汾北日报" in hello.text
    assert not any("送我一份" in label for label in hello.labels)
    popped = await house.press(member, "☀️ 每天早上送本群一份", chat_id=GROUP)
    assert "只有管理员" in popped
    await house.press(chief, "☀️ 每天早上送本群一份", chat_id=GROUP)
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and known.active
    assert "送到本群" in said(group)[0].text
    group.bot_becomes("administrator", by=chief.id)
    await house.settle()
    assert len(said(group)) == 1
    group.bot_becomes("kicked", by=chief.id)
    await house.settle()
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and not known.reached and known.next_due_at is None
    group.bot_becomes("member", by=chief.id)
    await house.settle()
    assert "本群的订阅还在" in said(group)[-1].text and len(said(group)) == 2
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and known.reached and known.next_due_at is not None


async def test_a_silenced_bot_waits_and_goes_on(house: House) -> None:
    """Restricted so that it may not write: nothing is tried; allowed again, the next digest comes, without a speech."""
    group, chief, _ = entered(house)
    await house.settle()
    await house.press(chief, "☀️ 每天早上送本群一份", chat_id=GROUP)
    group.silence()
    group.bot_becomes("restricted", by=chief.id)
    await house.settle()
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and not known.reached
    group.silence(False)
    group.bot_becomes("member", by=chief.id)
    await house.settle()
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and known.reached
    assert len(said(group)) == 1


async def test_answers_reply_to_the_asker_and_long_reading_is_private(house: House) -> None:
    """A result's number opens the article in private; turning the digest over does too; nothing is poured in."""
    group, _, member = entered(house)
    await house.settle()
    name = house.application.bot.username
    asked = member.send(f"@{name} 理发", chat_id=GROUP)
    await house.settle()
    answer = said(group)[-1]
    assert answer.reply_to == asked and "理发" in answer.text
    count = len(group.sees())
    await house.press(member, "1", chat_id=GROUP)
    assert len(group.sees()) == count
    url = member.toasts[-1].url
    assert url.startswith(f"https://t.me/{name}?start=a")
    member.open(url)
    await house.settle()
    assert "葛长顺" in house.latest(member).text
    (digest,) = await house.say(member, f"/digest@{name}", chat_id=GROUP)
    await house.press(member, "‹ 前一天", digest.message_id, chat_id=GROUP)
    assert member.toasts[-1].url == f"https://t.me/{name}?start=d2026-03-04"
    assert group.sees()[-1].text == digest.text
    (card,) = await house.say(member, f"/article@{name} 1", chat_id=GROUP)
    assert len(card.text) < 80 and card.labels == ["📖 到私聊里看"]


async def test_a_topic_is_served_and_its_end_loses_nothing(house: House) -> None:
    """/subscribe in a topic: answers and digests there; the topic deleted, they come to the group itself."""
    group, chief, _ = entered(house)
    group.open_topic(TOPIC)
    await house.settle()
    name = house.application.bot.username
    await house.say(chief, f"/subscribe@{name}", chat_id=GROUP, thread_id=TOPIC)
    answer = said(group)[-1]
    assert answer.thread_id == TOPIC and "就送到这个话题里" in answer.text
    queue(house, GROUP)
    assert await post(house, GROUP) == [] and said(group)[-1].thread_id == TOPIC
    group.delete_topic(TOPIC)
    assert await post(house, GROUP) == [] and said(group)[-1].thread_id == 0
    group.open_topic(TOPIC + 1)
    await house.say(chief, f"/subscribe@{name}", chat_id=GROUP)
    with house.store() as store:
        known = store.subscribers.by_chat(GROUP)
        assert known is not None and store.groups.topic(known.id) == 0


async def test_a_group_that_becomes_a_supergroup_keeps_its_subscription(house: House) -> None:
    """Told in both chats; once is enough and twice does no harm."""
    group, chief, _ = entered(house)
    await house.settle()
    await house.press(chief, "☀️ 每天早上送本群一份", chat_id=GROUP)
    moved = group.migrate(-100777)
    await house.settle()
    with house.store() as store:
        assert store.subscribers.by_chat(GROUP) is None
        known = store.subscribers.by_chat(-100777)
        assert known is not None and known.active
    assert said(moved) == []


async def test_a_channel_gets_the_digest_of_who_leads_it(house: House) -> None:
    """Both must be administrators; posts have links only; /unsubscribe ends it; removed, its owner is told in private."""
    channel = house.server.api.group(CHANNEL, "汾北早报", kind="channel")
    channel.chat.person["username"] = "fenbei_zb"
    owner, stranger = house.reader(21), house.reader(22)
    channel.add(owner, "creator")
    (how,) = await house.say(owner, "/subscribe fenbei")
    assert "@hefen_news" in how.text
    (unknown,) = await house.say(owner, "/subscribe @no_such_channel")
    assert "看不到" in unknown.text
    (not_mine,) = await house.say(owner, "/subscribe @fenbei_zb")
    assert "还不是" in not_mine.text
    channel.bot_becomes("administrator", by=owner.id)
    await house.settle()
    assert "/subscribe @fenbei_zb" in house.latest(owner).text
    (refused,) = await house.say(stranger, "/subscribe @fenbei_zb")
    assert "只有" in refused.text
    (done,) = await house.say(owner, "/subscribe @fenbei_zb")
    assert "汾北早报" in done.text and "/unsubscribe @fenbei_zb" in done.text
    queue(house, CHANNEL)
    assert await post(house, CHANNEL) == []
    (posted,) = [one for one in channel.sees() if one.from_bot]
    assert [button.action for button in posted.buttons] == ["url"]
    assert str(posted.buttons[0].value).endswith("?start=d2026-03-05")
    channel.bot_becomes("left", by=owner.id)
    await house.settle()
    assert "不让我发了" in house.latest(owner).text
    with house.store() as store:
        known = store.subscribers.by_chat(CHANNEL)
        assert known is not None and not known.reached
    channel.bot_becomes("administrator", by=owner.id)
    await house.settle()
    assert "又能发了" in house.latest(owner).text
    (ended,) = await house.say(owner, "/unsubscribe @fenbei_zb")
    assert "不再发到" in ended.text
    with house.store() as store:
        known = store.subscribers.by_chat(CHANNEL)
        assert known is not None and not known.active
    assert len([one for one in channel.sees() if one.from_bot]) == 1


async def test_inline_gives_cards_with_their_source(house: House) -> None:
    """`@bot 理发` in any chat: the article with paper, day and page, a link to it; pages; nothing found leads to the bot."""
    reader = house.reader(31)
    query = reader.inline("理发")
    await house.settle()
    (card,) = house.server.api.inline_answers[query]
    assert card["title"] == "老街理发店守了四十年" and "《汾北日报》2026年3月5日 2版" in card["description"]
    text = card["input_message_content"]["message_text"]
    assert "《汾北日报》2026年3月5日 2版" in text and "?start=a" in text
    assert "?start=a" in card["reply_markup"]["inline_keyboard"][0][0]["url"]
    nothing = reader.inline("没有这样的词语")
    await house.settle()
    assert house.server.api.inline_answers[nothing] == []
    latest = reader.inline("")
    await house.settle()
    assert len(house.server.api.inline_answers[latest]) == 7
    odd = reader.inline("理发", offset="-9x")
    await house.settle()
    assert len(house.server.api.inline_answers[odd]) == 1
