"""The strict server, driven by python-telegram-bot's own Bot over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.botapi.limits import Flood, Limits
from tests.botapi.server import TOKEN, BotApiServer, in_thread


@pytest_asyncio.fixture
async def bot(botapi: BotApiServer) -> AsyncIterator[Bot]:
    """python-telegram-bot's Bot, joined to the server, with the reader 7."""
    botapi.api.user(7)
    async with joined(botapi) as one:
        yield one


def joined(server: BotApiServer, token: str = TOKEN) -> Bot:
    """A Bot that speaks to `server`."""
    return Bot(
        token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=HTTPXRequest(read_timeout=120),
        get_updates_request=HTTPXRequest(read_timeout=120),
    )


async def parked(server: BotApiServer) -> None:
    """Return when a poll is open; opening one wakes the listeners."""
    opened = asyncio.Event()
    end = server.api.listen(opened.set)
    await opened.wait()
    end()


async def test_a_message_reaches_the_chat(bot: Bot, botapi: BotApiServer) -> None:
    """What the bot sends is what the reader sees, with entities and keyboard."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("后一天", callback_data="n")]])
    sent = await bot.send_message(7, "<b>要点</b> 托班", parse_mode="HTML", reply_markup=keyboard)
    (message,) = botapi.api.user(7).got()
    assert (message.message_id, message.text, message.labels) == (sent.message_id, "要点 托班", ["后一天"])
    assert sent.entities[0].type == "bold" and sent.reply_markup == keyboard
    assert [call.message_id for call in botapi.sent(7)] == [sent.message_id]


async def test_a_document_arrives_by_multipart(bot: Bot, botapi: BotApiServer) -> None:
    """Files come as multipart bodies and keep name and bytes."""
    sent = await bot.send_document(
        7, document=b'{"a": 1}', filename="mydata.json", caption="<i>全部</i>", parse_mode="HTML"
    )
    (message,) = botapi.api.user(7).got()
    assert message.document is not None and message.document.content == b'{"a": 1}'
    assert sent.document is not None and sent.document.file_name == "mydata.json" and sent.caption == "全部"


async def test_updates_wait_until_confirmed(bot: Bot, botapi: BotApiServer) -> None:
    """An update is handed out again until a higher offset confirms it."""
    botapi.api.user(7).send("/start")
    (first,) = await bot.get_updates(timeout=0)
    (again,) = await bot.get_updates(timeout=0)
    assert first.update_id == again.update_id and first.message is not None and first.message.text == "/start"
    assert await bot.get_updates(offset=first.update_id + 1, timeout=0) == ()


async def test_a_long_poll_returns_when_something_comes(bot: Bot, botapi: BotApiServer) -> None:
    """The poll is parked and woken by the reader's message."""
    poll = asyncio.create_task(bot.get_updates(timeout=4))
    await parked(botapi)
    botapi.api.user(7).send("你好")
    (update,) = await poll
    assert update.message is not None and update.message.text == "你好"


async def test_of_two_pollers_the_older_gets_the_conflict(bot: Bot, botapi: BotApiServer) -> None:
    """A second poll ends the first with 409."""
    older = asyncio.create_task(bot.get_updates(timeout=4))
    await parked(botapi)
    await bot.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older


async def test_a_wrong_token_is_refused(botapi: BotApiServer) -> None:
    """A token that is well formed but unknown gets 401, a malformed one 404; both are InvalidToken."""
    for token in ("999:other", "nonsense"):
        with pytest.raises(InvalidToken):
            async with joined(botapi, token):
                pass
    botapi.revoked = True
    with pytest.raises(InvalidToken):
        async with joined(botapi):
            pass


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("blocked", Forbidden, "blocked by the user"),
        ("deactivated", Forbidden, "deactivated"),
        ("kicked", Forbidden, "kicked"),
        ("not_found", BadRequest, "Chat not found"),
        ("no_rights", BadRequest, "[Nn]ot enough rights"),
        ("unauthorized", InvalidToken, "Unauthorized"),
        ("restarting", NetworkError, "restart"),
    ],
)
async def test_a_refusal_on_demand_delivers_nothing(
    bot: Bot, botapi: BotApiServer, kind: str, error: type[Exception], words: str
) -> None:
    """Each refusal arrives as the exception python-telegram-bot makes of it, for one chat and once."""
    botapi.api.user(8)
    botapi.faults.add(kind, chat_id=7)
    await bot.send_message(8, "别人")
    with pytest.raises(error, match=words):
        await bot.send_message(7, "一")
    assert botapi.sent(7) == []
    await bot.send_message(7, "二")
    assert botapi.counts() == {7: 1, 8: 1}


async def test_a_migrated_group_names_its_new_id(bot: Bot, botapi: BotApiServer) -> None:
    """The model migrates a group by itself; a fault can do it too."""
    botapi.api.group(-5, kind="group").migrate(-1005)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-5, "一")
    assert caught.value.new_chat_id == -1005
    await bot.send_message(-1005, "二")


async def test_a_flood_burst_counts_down(bot: Bot, botapi: BotApiServer) -> None:
    """429 with retry_after, as often as told."""
    botapi.faults.add("flood", retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(7, "一")
        assert int(caught.value._retry_after.total_seconds()) == 3
    await bot.send_message(7, "一")
    assert len(botapi.sent(7)) == 1


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_gateway_page_is_a_network_error(bot: Bot, botapi: BotApiServer, code: int) -> None:
    """HTML instead of JSON, and nothing delivered unless the fault says so."""
    botapi.faults.add("status", code=code)
    botapi.faults.add("status", code=code, accepted=True)
    for delivered in (0, 1):
        with pytest.raises(NetworkError):
            await bot.send_message(7, "一")
        assert len(botapi.sent(7)) == delivered
    assert [call.outcome for call in botapi.unanswered()] == ["status"]


async def test_a_reset_before_and_after_look_the_same_to_the_bot(bot: Bot, botapi: BotApiServer) -> None:
    """The same NetworkError; only the server's record tells which message was delivered."""
    botapi.faults.add("reset_before")
    botapi.faults.add("reset_after")
    words = []
    for _ in range(2):
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(7, "一")
        words.append(str(caught.value))
    assert words[0] == words[1]
    assert len(botapi.sent(7)) == 1 and botapi.unanswered()[0].outcome == "reset_after"


async def test_a_hanging_call_times_out(bot: Bot, botapi: BotApiServer) -> None:
    """No answer within the client's patience; the call was not carried out."""
    botapi.faults.add("hang")
    with pytest.raises(TimedOut):
        await bot.send_message(7, "一", read_timeout=0.05)
    assert botapi.sent() == []


async def test_flood_limits_are_kept(bot: Bot, botapi: BotApiServer) -> None:
    """Beyond the burst of one chat the server says 429."""
    botapi.flood = Flood(Limits(chat_burst=2))
    await bot.send_message(7, "一")
    await bot.send_message(7, "二")
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "三")


@pytest.mark.parametrize(
    ("method", "values", "complaint"),
    [
        ("sendMessage", {"chat_id": 7, "text": "x", "colour": "red"}, "unknown parameter 'colour'"),
        ("sendMessage", {"chat_id": 7}, "required parameter 'text' is missing"),
        ("sendMessage", {"chat_id": 7, "text": 5}, "text: expected String"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"data": "x"}]]}}, "has no field 'data'"),
        ("sendMessage", {"chat_id": 7, "text": "x", "disable_notification": "yes"}, "expected Boolean"),
        ("sendMessage", {"chat_id": 7, "text": '<a href="localhost">x</a>', "parse_mode": "HTML"}, "1 of 1 links would vanish"),
        ("sendRichMessage", {"chat_id": 7}, "unknown method"),
    ],
)  # fmt: skip
async def test_a_call_against_the_rules_is_remembered(
    method: str, values: dict[str, object], complaint: str
) -> None:
    """The call is refused where Telegram would, and the test is told in any case."""
    async with BotApiServer() as server, httpx.AsyncClient() as client:
        server.api.user(7)
        await client.post(f"{server.base_url}{TOKEN}/{method}", json=values)
        assert complaint in "\n".join(server.violations)


async def test_the_same_call_is_taken_as_json_form_and_query() -> None:
    """Telegram takes parameters in any of these ways."""
    async with BotApiServer() as server, httpx.AsyncClient() as client:
        server.api.user(7)
        url = f"{server.base_url}{TOKEN}/sendMessage"
        values: dict[str, str | int] = {"chat_id": 7, "text": "一"}
        answers = [
            await client.post(url, json=values),
            await client.post(url, data=values),
            await client.get(url, params=values),
        ]
        assert [answer.json()["ok"] for answer in answers] == [True, True, True] and not server.violations
        assert len(server.sent(7)) == 3


def test_the_server_can_stand_in_a_thread() -> None:
    """For tests that are not async: same server, same records."""
    with in_thread() as server:
        server.api.user(7)
        answer = httpx.post(f"{server.base_url}{TOKEN}/sendMessage", json={"chat_id": 7, "text": "一"})
        assert answer.json()["result"]["text"] == "一" and server.counts() == {7: 1}


async def test_an_outage_ends_on_the_same_port() -> None:
    """Stopped, nobody answers; started again, the model is as it was."""
    server = BotApiServer()
    await server.start()
    server.api.user(7)
    port = server.port
    await server.stop()
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://127.0.0.1:{port}/control/state")
        await server.start(port)
        state = await client.get(f"{server.url}/control/state")
        assert state.json()["violations"] == []
    await server.stop()
