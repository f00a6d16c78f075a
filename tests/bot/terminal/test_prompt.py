"""The line editor: keys in, lines out, and what comes meanwhile above the line."""

from __future__ import annotations

import asyncio
import io
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.loopback.model import BotApi
from bot.terminal.console import Console
from bot.terminal.prompt import Prompt
from tests.bot.loopback.tiny import running

BACKSPACE, UP, END, CLEAR = "\x7f", "\x1b[A", "\x04", "\x03"


class Desk:
    """A keyboard and a screen of 80×24."""

    def __init__(self, keys: PipeInput, screen: io.StringIO, output: Vt100_Output) -> None:
        self.keys, self.screen, self.output = keys, screen, output

    def prompt(self, history: Path | None = None) -> Prompt:
        """A line editor at this desk."""
        return Prompt(
            "› ",
            commands=("/search", "/settings", "/digest"),
            history=history,
            typed=self.keys,
            shown=self.output,
        )


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    """One without a real terminal."""
    screen = io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=24, columns=80), term="xterm", enable_cpr=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=output):
        yield Desk(keys, screen, output)


async def test_wide_characters_are_deleted_whole_and_commands_completed(desk: Desk) -> None:
    """Two backspaces take two characters; /sea⇥ is /search; Ctrl-C drops the line; Ctrl-D ends."""
    prompt = desk.prompt()
    desk.keys.send_text(f"半个词{BACKSPACE}{BACKSPACE}\r")
    assert await prompt.next() == "半"
    desk.keys.send_text("/sea\t 托管班\r")
    assert await prompt.next() == "/search 托管班"
    desk.keys.send_text(f"写错了{CLEAR}理发\r")
    assert await prompt.next() == "理发"
    desk.keys.send_text(END)
    assert await prompt.next() is None
    prompt.close()


async def test_what_was_typed_is_there_in_the_next_visit(desk: Desk, tmp_path: Path) -> None:
    """↑ brings it back; the file is its owner's; a folder that cannot be written keeps nobody from typing."""
    file = tmp_path / "data" / "history"
    prompt = desk.prompt(file)
    desk.keys.send_text("托管班\r")
    await prompt.next()
    prompt.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    prompt = desk.prompt(file)
    desk.keys.send_text(f"{UP}\r")
    assert await prompt.next() == "托管班"
    prompt.close()
    prompt = desk.prompt(file / "not a folder")
    desk.keys.send_text("一\r")
    assert await prompt.next() == "一"
    prompt.close()


async def test_conversation_is_drawn_above_the_line(desk: Desk, api: BotApi) -> None:
    """What the bot answers and what the clock brings are both on the screen; an empty Ctrl-C leaves."""
    async with running(api) as application:
        console = Console(application, api, stdin=io.StringIO(), stdout=io.StringIO())
        console.interactive = True
        visit = asyncio.create_task(console.run_edited(desk.prompt()))
        desk.keys.send_text("托班\r")
        await until(lambda: "找到 托班" in desk.screen.getvalue())
        api.call("sendMessage", {"chat_id": 1000, "text": "早上好"})
        await until(lambda: "早上好" in desk.screen.getvalue())
        desk.keys.send_text(CLEAR)
        assert await visit == 0


async def until(seen: Callable[[], bool]) -> None:
    """Return when something is on the screen; a terminal has no event to wait for."""
    async with asyncio.timeout(60):
        while not seen():
            await asyncio.sleep(0.01)
