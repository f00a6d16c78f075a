"""Lines typed at a real terminal: edited, remembered, commands completed; what comes meanwhile is drawn above the line.

What a line means is the business of `console.py`; lines from a pipe are read by `lines.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output
from prompt_toolkit.patch_stdout import StdoutProxy
from prompt_toolkit.shortcuts import CompleteStyle

from store import private


class Prompt:
    """A line at a time; `out` is where everything else is to be written while it waits.

    `history` is a file that keeps what was typed, for the next visit (None: this one alone); it is made for its owner only.
    Ctrl-C throws the line away, on an empty line it ends the visit as Ctrl-D does.
    """

    def __init__(
        self,
        sign: str,
        *,
        commands: Sequence[str] = (),
        hint: str = "",
        history: Path | None = None,
        typed: Input | None = None,
        shown: Output | None = None,
    ) -> None:
        self._sign = sign
        self._session: PromptSession[str] = PromptSession(
            history=_kept(history),
            completer=_Commands(commands),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,  # a menu would keep eight lines of the screen free for itself
            bottom_toolbar=hint or None,
            key_bindings=_keys(),
            input=typed,
            output=shown,
        )
        self._proxy = StdoutProxy(raw=True, sleep_between_writes=0.02)
        self.out = cast(TextIO, self._proxy)

    async def next(self) -> str | None:
        """The next line; None when there is no more."""
        try:
            return await self._session.prompt_async(self._sign)
        except EOFError:
            return None

    def close(self) -> None:
        """Show what is still to be shown."""
        self._proxy.close()


class _Commands(Completer):
    """/se → /search, /services, /settings."""

    def __init__(self, commands: Sequence[str]) -> None:
        self._commands = sorted(commands)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Only the first word of a line is a command."""
        text = document.text_before_cursor
        if text.startswith("/") and " " not in text:
            for command in self._commands:
                if command.startswith(text):
                    yield Completion(command, start_position=-len(text))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=EOFError())

    return keys


def _kept(path: Path | None) -> History:
    if path is None:
        return InMemoryHistory()
    try:
        private.make_folder(path.absolute().parent)
        with suppress(FileExistsError):
            private.make_file(path.absolute())
    except OSError:  # a folder that cannot be written keeps nobody from typing
        return InMemoryHistory()
    return FileHistory(str(path))
