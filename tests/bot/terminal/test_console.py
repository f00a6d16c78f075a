"""The terminal chat: lines in, what a reader would see out."""

from __future__ import annotations

import asyncio
import io
import os
import pty
from collections.abc import Callable
from typing import Any

from bot.loopback.model import BotApi
from bot.terminal.console import Console, run_console
from tests.bot.loopback.tiny import running


async def played(api: BotApi, *typed: str, **options: Any) -> list[str]:
    """What is on the screen after a visit with these lines."""
    out = io.StringIO()
    async with running(api) as application:
        lines = "".join(f"{line}\n" for line in typed)
        assert await run_console(application, api, stdin=io.StringIO(lines), stdout=out, **options) == 0
    return [line for line in out.getvalue().splitlines() if line]


async def test_each_line_is_answered_before_the_next(api: BotApi) -> None:
    """Handlers in the background are waited for; of a message edited meanwhile only the end is drawn."""
    assert await played(api, "托班", "理发") == [
        "我 › 托班", "报摘 #2", "│ 找到 托班", "我 › 理发", "报摘 #4", "│ 找到 理发",
    ]  # fmt: skip


async def test_a_number_presses_a_button(api: BotApi) -> None:
    """The press, the toast, and the message as it stands after."""
    screen = await played(api, "/start", "1")
    assert screen[-4:] == ["我 › [后一天]", "  » [提示] 已翻页", "报摘 #2  (已编辑)", "│ 次日"]


async def test_links_and_quotes_open_by_number(api: BotApi) -> None:
    """A deep link starts the bot, another names its address, a quote unfolds."""
    screen = await played(api, "/start", "L2", "l1", "#2.X1")
    assert "  » 在浏览器中打开 https://a.com/" in screen
    assert screen[screen.index("我 › /start a_1") + 2] == "│ 打开文章 a_1"
    assert screen[-2] == "│ ▎ 5" and "展开" not in "".join(screen[-9:])


async def test_an_old_message_is_named_by_its_number(api: BotApi) -> None:
    """#2.1 presses the first button of message 2 though a later one has buttons too."""
    screen = await played(api, "/start", "/start", "#2.1", "1")
    edited = [line for line in screen if "已编辑" in line]
    assert edited == ["报摘 #2  (已编辑)", "报摘 #4  (已编辑)"]


async def test_a_number_without_button_is_said_or_sent(api: BotApi) -> None:
    """With no keyboard in sight it is text; with one, a wrong number is told; a backslash sends it in any case."""
    assert "│ 找到 3" in await played(api, "3")
    screen = await played(api, "/start", "9", "\\9", "2024", "#99.1")
    assert any("没有按钮 9" in line for line in screen)
    assert "│ 找到 9" in screen and "│ 找到 2024" in screen and any("#99.1" in line for line in screen)


async def test_blank_lines_and_quit_send_nothing(api: BotApi) -> None:
    """The visit ends at /quit; nothing after it is read."""
    assert await played(api, "", "   ", "/quit", "托班") == []
    assert api.updates.pending == type(api.updates.pending)()


async def test_a_slip_of_the_finger_over_quit_is_told(api: BotApi) -> None:
    """The bot knows no /quit and could not say what was meant; a backslash sends it all the same."""
    assert await played(api, "/qiut") == ["  » 离开请输入 /quit"]
    assert "│ 找到 quit" in await played(api, "quit")


async def test_background_work_is_waited_for(api: BotApi) -> None:
    """The caller's own work may send too: what it sends belongs to the same answer."""
    owed = ["一", "二"]

    async def idle() -> None:
        if api.user(1000).sees() and owed:
            api.call("sendMessage", {"chat_id": 1000, "text": owed.pop(0)})

    screen = await played(api, "托班", "理发", idle=idle)
    assert [line for line in screen if line.startswith("│")] == ["│ 找到 托班", "│ 一", "│ 二", "│ 找到 理发"]


async def test_other_readers_are_not_seen(api: BotApi) -> None:
    """The terminal is one private chat."""
    api.user(8).send("悄悄话")
    assert await played(api, "托班") == ["我 › 托班", "报摘 #4", "│ 找到 托班"]


async def test_deleted_messages_are_told(api: BotApi) -> None:
    """Only those that were on the screen."""
    out = io.StringIO()
    async with running(api) as application:
        console = Console(application, api, stdin=io.StringIO(), stdout=out, language_code="en")
        api.call("sendMessage", {"chat_id": 1000, "text": "一"})
        console.show()
        api.call("deleteMessage", {"chat_id": 1000, "message_id": 1})
        console.show()
    assert out.getvalue().splitlines()[-1] == "  » message #1 deleted"


async def test_a_bot_that_hangs_ends_the_visit(api: BotApi, monkeypatch: Any) -> None:
    """A pipe must not wait for ever: a sentence and exit code 1."""
    monkeypatch.setattr("bot.terminal.console.PATIENCE_SECONDS", 0.05)
    out = io.StringIO()
    async with running(api) as application:
        code = await run_console(
            application, api, stdin=io.StringIO("托班\n"), stdout=out, idle=lambda: False
        )
    assert code == 1 and "不再等待" in out.getvalue()


async def test_on_a_terminal_things_are_drawn_as_they_come(api: BotApi) -> None:
    """The prompt comes back after each message, also after one the clock brought; Ctrl-D ends the visit."""
    ours, theirs = pty.openpty()
    out = io.StringIO()
    with os.fdopen(theirs, encoding="utf-8") as terminal:
        async with running(api) as application:
            console = Console(application, api, stdin=terminal, stdout=out)
            assert console.interactive
            visit = asyncio.create_task(console.run())
            await asyncio.sleep(0)
            os.write(ours, "托班\n".encode())
            await until(lambda: "找到 托班" in out.getvalue())
            api.call("sendMessage", {"chat_id": 1000, "text": "早上好"})
            await until(lambda: "早上好" in out.getvalue())
            os.write(ours, b"\x04")
            assert await visit == 0
    os.close(ours)
    assert "/quit" in out.getvalue().splitlines()[0]
    assert "我 ›" not in out.getvalue()  # what was typed stands there already
    assert out.getvalue().endswith("│ 早上好\n› \n")


async def until(seen: Callable[[], bool]) -> None:
    """Return when something is on the screen; a terminal has no event to wait for."""
    while not seen():
        await asyncio.sleep(0.001)
