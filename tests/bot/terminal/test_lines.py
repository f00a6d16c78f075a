"""Lines from a pipe, a file and a stream in memory."""

from __future__ import annotations

import asyncio
import io
import os
from pathlib import Path

from bot.terminal.lines import Lines


async def all_of(lines: Lines) -> list[str]:
    """Every line to the end."""
    found = []
    while (line := await lines.next()) is not None:
        found.append(line)
    return found


async def test_a_pipe_is_read_as_it_comes() -> None:
    """A character cut between two writes, a line without end, a byte that is no UTF-8."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream:
        lines = Lines(stream)
        raw = "托班\r\n理".encode()
        os.write(writing, raw[:2])
        first = asyncio.create_task(lines.next())
        await asyncio.sleep(0)
        os.write(writing, raw[2:-1])
        assert await first == "托班"
        os.write(writing, raw[-1:] + b"\xff")
        os.close(writing)
        assert await all_of(lines) == ["理\ufffd"]


async def test_a_file_and_a_stream_are_read_to_their_end(tmp_path: Path) -> None:
    """Neither can be watched by the loop; neither blocks."""
    file = tmp_path / "lines.txt"
    file.write_text("一\n\n二", encoding="utf-8")
    with file.open(encoding="utf-8") as stream:
        assert await all_of(Lines(stream)) == ["一", "", "二"]
    assert await all_of(Lines(io.StringIO("一\n二\n"))) == ["一", "二"]
