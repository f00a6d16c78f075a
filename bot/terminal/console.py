"""The terminal chat: a reader's side of the conversation, typed or piped in.

Lines are messages; `3` presses a button, `L2` taps a link, `X1` unfolds a quote (`#12.3`, `#12.L2`: of message 12),
`\\\\3` sends "3".  From a pipe each line is sent and answered before the next one is read, and the end of the pipe ends
the visit.  At a terminal lines are edited, remembered and completed (`prompt.py`).  The bot behind it is whatever Application was joined to the same model; the console starts and stops nothing.
"""

from __future__ import annotations

import asyncio
import errno
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console as Terminal
from rich.text import Text

from bot.loopback.errors import Refused
from bot.loopback.model import BotApi
from bot.loopback.people import User
from bot.loopback.records import Event, Message
from bot.loopback.settling import Quiet, running_tasks, settle
from bot.printable import printable
from bot.terminal import screen
from bot.terminal.lines import Lines
from bot.terminal.words import words

if TYPE_CHECKING:
    from bot.terminal.prompt import Prompt

READER_ID = 1000  # the private chat of the person at the terminal
MAX_WIDTH = 80
PATIENCE_SECONDS = 120.0
_PICK = re.compile(r"(?:#(\d{1,9})\.)?([LlXx]?)(\d{1,2})")
_PROMPT = "› "
_NEARLY = 0.8
"""How like /quit a line must be to be taken for a slip of the finger: /qiut, /quti, /quit!."""
_ERASE_LINE = "\r\x1b[K"


class _Pipe(Terminal):
    """A pipe whose reader went away ends the visit like any other BrokenPipeError, in order."""

    def on_broken_pipe(self) -> None:
        """Rich would end the process with 1."""
        raise BrokenPipeError(errno.EPIPE, "the reader of the output went away")


class Console:
    """A reader at a terminal, joined to a running Application by the model they share."""

    def __init__(
        self,
        application: Any,
        api: BotApi,
        *,
        chat_id: int = READER_ID,
        stdin: TextIO | None = None,
        stdout: TextIO | None = None,
        language_code: str = "zh-hans",
        first_name: str | None = None,
        idle: Quiet | None = None,
        width: int | None = None,
        commands: Sequence[str] = (),
        history: Path | None = None,
    ) -> None:
        self._application, self._api, self._idle = application, api, idle
        self._stdin, self._stdout = stdin or sys.stdin, stdout or sys.stdout
        self.user: User = api.user(chat_id, language_code=language_code, first_name=first_name)
        self._words = words(language_code)
        self.interactive = self._stdin.isatty()
        self._asked_width, self._commands, self._history = width, commands, history
        self._editor: Prompt | None = None
        self._write_to(self._stdout)
        self._told = len(api.events)
        self._shown: dict[int, Message] = {}  # as last drawn; the latest drawn is last
        self._lasting = frozenset[asyncio.Task[Any]]()
        self._prompting = False

    def _write_to(self, out: TextIO) -> None:
        # soft_wrap everywhere: lines are broken by wrapping.py, which knows Chinese punctuation
        self._terminal = _Pipe(file=out, highlight=False, markup=False, emoji=False, width=self._asked_width)
        self._stdout = out
        self._width = self._asked_width or min(
            MAX_WIDTH, self._terminal.width if self._terminal.is_terminal else MAX_WIDTH
        )

    async def run(self) -> int:
        """Hold the conversation until the input ends or `/quit`; returns the exit code."""
        self._lasting = running_tasks(self._application)
        if (
            self.interactive
            and self._stdin is sys.stdin
            and self._stdout is sys.stdout
            and sys.stdout.isatty()
        ):
            # Loaded here: neither a pipe nor Telegram needs a line editor.
            from bot.terminal.prompt import Prompt

            return await self.run_edited(
                Prompt(
                    _PROMPT,
                    commands=(*self._commands, "/quit"),
                    hint=self._words.hint,
                    history=self._history,
                )
            )
        lines = Lines(self._stdin)
        if self.interactive:
            self._write(Text(self._words.hint, style="dim"))
            return await self._converse(lines)
        return await self._play(lines)

    async def run_edited(self, editor: Prompt) -> int:
        """The same with a line editor, which is closed at the end."""
        plain, self._editor = self._stdout, editor
        self._write_to(editor.out)
        try:
            return await self._converse(editor)
        finally:
            self._write_to(plain)
            self._editor = None
            await asyncio.to_thread(editor.close)

    async def settle(self, until: Quiet | None = None) -> None:
        """Return when the bot has done all it will do by itself; then what it said is on the screen."""
        await settle(self._application, self._api, until or self._idle, ignoring=self._lasting)
        self.show()

    def act(self, line: str) -> None:
        """Do what a typed line means: press, tap, unfold, or send it."""
        if line.strip().startswith("/") and get_close_matches(line.strip(), ["/quit"], cutoff=_NEARLY):
            self._write(screen.notice(self._words.leaves))
            return
        picked = _PICK.fullmatch(line.strip())
        if picked is not None and self._pick(picked):
            return
        text = line.removeprefix("\\")
        try:
            self.user.send(text)
        except Refused as refused:  # nothing but spaces: a client would not send it either
            self._write(screen.notice(refused.error.description))

    def show(self) -> None:
        """Draw what happened in the chat since the last time; of a message only its latest state."""
        fresh = self._api.events[self._told :]
        self._told += len(fresh)
        latest = {event.message.message_id: event for event in fresh if self._mine(event) and event.message}
        drawn: set[int] = set()
        for event in fresh:
            if not self._mine(event):
                continue
            if event.answer is not None and event.answer.text:
                label = self._words.alert if event.answer.show_alert else self._words.toast
                self._write(screen.notice(event.answer.text, label))
            elif event.message is not None and event.message.message_id not in drawn:
                drawn.add(event.message.message_id)
                self._draw(latest[event.message.message_id])

    # Conversation

    async def _play(self, lines: Lines) -> int:
        """Each line, then all it brings about, then the next."""
        try:
            await self._settle_in_time()
            while (line := await lines.next()) is not None:
                if line.strip() == "/quit":
                    break
                if line.strip():
                    self.act(line)
                    await self._settle_in_time()
        except TimeoutError:
            self.show()
            self._write(screen.notice(self._words.stuck.format(int(PATIENCE_SECONDS))))
            return 1
        return 0

    async def _settle_in_time(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.settle()

    async def _converse(self, lines: Lines | Prompt) -> int:
        """Draw as things happen, whether the reader or the clock brought them about."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        end = self._api.listen(lambda: loop.call_soon_threadsafe(changed.set))
        drawing = asyncio.create_task(self._draw_at(changed), name="console:draw")
        try:
            self._prompt()
            while (line := await lines.next()) is not None:
                self._prompting = False
                if line.strip() == "/quit":
                    return 0
                if line.strip():
                    self.act(line)
                    self.show()
                self._prompt()
            if self._editor is None:
                self._stdout.write("\n")
            return 0
        finally:
            end()
            drawing.cancel()

    async def _draw_at(self, changed: asyncio.Event) -> None:
        while True:
            await changed.wait()
            changed.clear()
            self.show()
            self._prompt()

    def _prompt(self) -> None:
        if self._editor is None and not self._prompting:
            self._stdout.write(_PROMPT)
            self._stdout.flush()
            self._prompting = True

    # What was typed

    def _pick(self, picked: re.Match[str]) -> bool:
        """Press, tap or unfold; False where the words are better sent as they are."""
        named, kind, number = int(picked[1] or 0), picked[2].upper(), int(picked[3])
        message = self._api.chat(self.user.id).messages.get(named) if named else self._target(kind)
        if message is None:
            if named:
                self._write(screen.notice(self._words.no_link.format(picked[0])))
            return bool(named)
        if kind == "X" and 0 < number <= len(screen.foldable(message)):
            self._put(message, unfolded=True)
        elif kind == "L" and 0 < number <= len(message.links):
            self._tap(message.links[number - 1][1])
        elif not kind and 0 < number <= len(message.buttons):
            self._press(message, number)
        elif not kind and message.markup.answers:
            answers = [answer for row in message.markup.answers for answer in row]
            if not 0 < number <= len(answers):
                return False
            self.user.send(answers[number - 1])
        else:
            reason = self._words.no_link if kind else self._words.no_button
            self._write(screen.notice(reason.format(picked[0])))
        return True

    def _target(self, kind: str) -> Message | None:
        """The message on the screen drawn last that has what is asked for."""
        present = self._api.chat(self.user.id).messages
        for message_id in reversed(self._shown):
            message = present.get(message_id)
            if message is None:
                continue
            has = {
                "L": message.links,
                "X": screen.foldable(message),
                "": message.buttons or message.markup.answers,
            }
            if has[kind]:
                return message
        return None

    def _press(self, message: Message, number: int) -> None:
        if not self.interactive:
            self._write(Text(), screen.pressed(message.buttons[number - 1], self._words))
        opened, copied = len(self.user.opened), len(self.user.copied)
        self.user.press(number, message.message_id)
        for address in self.user.opened[opened:]:
            self._write(screen.notice(self._words.opened.format(address)))
        for text in self.user.copied[copied:]:
            self._write(screen.notice(self._words.copied.format(text)))

    def _tap(self, address: str) -> None:
        if not self.user.open(address):
            self._write(screen.notice(self._words.opened.format(address)))

    # Drawing

    def _mine(self, event: Event) -> bool:
        return event.chat_id == self.user.id

    def _draw(self, event: Event) -> None:
        message = event.message
        assert message is not None  # the caller chose events with one
        if event.kind == "deleted":
            if self._shown.pop(message.message_id, None) is not None:
                self._write(screen.notice(self._words.deleted.format(message.message_id)))
        elif not message.from_bot:
            if not self.interactive:  # on a terminal it was typed right there
                self._write(Text(), screen.echoed(message, self._words))
        else:
            self._put(message)

    def _put(self, message: Message, *, unfolded: bool = False) -> None:
        before = self._shown.pop(message.message_id, None)
        self._shown[message.message_id] = message
        lines = screen.rendered(
            message,
            self._words,
            name=str(self._api.me["first_name"]),
            width=self._width,
            edited=before is not None and before.content != message.content,
            unfolded=unfolded,
        )
        self._write(*([Text()] if len(self._shown) > 1 or not self.interactive else []), *lines)

    def _write(self, *lines: Text) -> None:
        if self._prompting:
            self._stdout.write(_ERASE_LINE)
            self._prompting = False
        for line in lines:
            line.rstrip()
            if printable(line.plain) != line.plain:  # rich passes on what would command the terminal
                line = Text(printable(line.plain))
            self._terminal.print(line, soft_wrap=True)
        self._stdout.flush()


async def run_console(application: Any, api: BotApi, **options: Any) -> int:
    """Join a reader at this terminal to a running Application; returns the exit code.  `options` are `Console`'s."""
    return await Console(application, api, **options).run()
