"""Lines typed or piped in, read without blocking the loop and without a thread that would outlive it."""

from __future__ import annotations

import asyncio
import codecs
import os
from typing import TextIO

_CHUNK_BYTES = 65_536


class Lines:
    """The lines of a stream, one `await` each."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._fd = _watchable(stream)
        # A pasted byte that is no UTF-8 must not end the visit.
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._ended = False

    async def next(self) -> str | None:
        """The next line without its end; None when there is no more."""
        if self._fd is None:
            line = self._stream.readline()
            return line.rstrip("\r\n") if line else None
        while "\n" not in self._rest and not self._ended:
            await _readable(self._fd)
            chunk = os.read(self._fd, _CHUNK_BYTES)
            self._ended = not chunk
            self._rest += self._decoder.decode(chunk, final=self._ended)
        if not self._rest:
            return None
        line, _, self._rest = self._rest.partition("\n")
        if line.endswith("\r"):
            line = line[:-1]
        return line


def _watchable(stream: TextIO) -> int | None:
    """Its descriptor if the loop can watch it: a terminal or a pipe; a file on disk never blocks and needs no watching."""
    try:
        fd = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return None
    loop = asyncio.get_running_loop()
    try:
        loop.add_reader(fd, lambda: None)
    except (OSError, NotImplementedError):  # epoll refuses files on disk; Windows has no add_reader
        return None
    loop.remove_reader(fd)
    return fd


async def _readable(fd: int) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()

    def tell() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(fd, tell)
    try:
        await ready
    finally:
        loop.remove_reader(fd)
