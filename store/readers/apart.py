"""A file read in a process of its own, with limits on time and memory: a hostile file ends that process, not the bot.

The parent's half. What runs inside is inside.py; the two talk in lines of JSON, never in pickles: the other side may
be in the hands of whoever wrote the file. The child is told nothing of the bot's environment, least of all its token.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from store.errors import EmptySource, IngestError, ReadingStopped, UnreadableFile
from store.models import Box, PageText

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
"""So many times its seconds of work may a page take by the clock: the machine may be busy with something else."""
LARGEST_ANSWER = 64_000_000
"""Characters of one line from the child; a page has some 10,000."""
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "SYSTEMROOT", "VIRTUAL_ENV", "HOME")
"""What the child may know of the environment."""
_ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""One thread: with one a core, a machine of many cores takes gigabytes before the first page, and waiting threads use up seconds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a page may cost: seconds of work and megabytes of memory; and the pages of a file.

    A page that is recognised from its picture (`ocr`) has limits of its own.
    """

    page_seconds: float = 10.0
    page_megabytes: int = 500
    most_pages: int = 200
    ocr_seconds: float = 240.0
    ocr_megabytes: int = 2500

    def of(self, *, ocr: bool) -> tuple[float, int]:
        """Seconds and megabytes for a page that is read as text, or recognised."""
        return (self.ocr_seconds, self.ocr_megabytes) if ocr else (self.page_seconds, self.page_megabytes)


USUAL = Limits()


def read(data: bytes, *, name: str, limits: Limits = USUAL) -> list[PageText]:
    """The pages of a file, read by a child process.

    Raises what the reader raises; ReadingStopped when the child used up its time or memory, or broke.
    """
    order = {
        "name": name,
        "bytes": len(data),
        "page_seconds": limits.page_seconds,
        "page_megabytes": limits.page_megabytes,
        "most_pages": limits.most_pages,
        "ocr_seconds": limits.ocr_seconds,
        "ocr_megabytes": limits.ocr_megabytes,
    }
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); from store.readers.inside import main; main()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={key: os.environ[key] for key in _KEPT if key in os.environ}
        | _ALONE
        | {"PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
    )
    watch = _Watch(child, limits.page_seconds * PATIENCE)
    try:
        assert child.stdin is not None and child.stdout is not None
        writer = threading.Thread(target=_give, args=(child.stdin, order, data), daemon=True)
        writer.start()
        answers = _answers(child.stdout, watch, limits)
        child.wait(timeout=30)
    except subprocess.TimeoutExpired:
        answers = []
    finally:
        watch.stop()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
    if answers and answers[-1].get("done"):
        return [_page(answer["read"]) for answer in answers if "read" in answer]
    for answer in answers:
        if "error" in answer:
            raise _error(answer, limits)
    at = max((int(answer["page"]) for answer in answers if "page" in answer), default=0)
    seconds, megabytes = limits.of(ocr=any(answer.get("ocr") for answer in answers))
    raise _stopped(child.returncode, watch.late, at, seconds, megabytes)


class _Watch:
    """Kills the child when the clock says that a page takes too long."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self.late = False
        self._child = child
        self._end = time.monotonic() + seconds
        self._over = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def again(self, seconds: float) -> None:
        """A page is done: the next has its own time."""
        self._end = time.monotonic() + seconds

    def stop(self) -> None:
        """There is nothing more to watch."""
        self._over.set()

    def _run(self) -> None:
        while not self._over.wait(0.2):
            if time.monotonic() > self._end:
                self.late = True
                self._child.kill()
                return


def _give(pipe: IO[bytes], order: dict[str, Any], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(json.dumps(order).encode() + b"\n")
            pipe.write(data)
    except OSError:
        pass  # the child has ended already; its answer says why


def _answers(pipe: IO[bytes], watch: _Watch, limits: Limits) -> list[dict[str, Any]]:
    """What the child says, line by line, until it ends."""
    answers: list[dict[str, Any]] = []
    while len(answers) <= 3 * limits.most_pages + 10:
        line = pipe.readline(LARGEST_ANSWER)
        if not line.endswith(b"\n"):
            break
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            break
        if not isinstance(answer, dict):
            break
        answers.append(answer)
        watch.again(limits.of(ocr=bool(answer.get("ocr")))[0] * PATIENCE)
        if answer.get("done") or "error" in answer:
            break
    return answers


def _page(record: dict[str, Any]) -> PageText:
    return PageText(
        lines=tuple(str(line) for line in record["lines"]),
        boxes=tuple(Box(*box) if box else None for box in record["boxes"]),
        number=record["number"],
        format=record["format"],
        roles=tuple(str(role) for role in record["roles"]),
        trouble=str(record["trouble"])[:2000],
    )


def _error(answer: dict[str, Any], limits: Limits) -> IngestError:
    sentence = str(answer.get("sentence", ""))[:2000]
    if answer["error"] == "memory":
        megabytes = limits.of(ocr=bool(answer.get("ocr")))[1]
        return ReadingStopped(f"A page of it takes more than {megabytes} MB of memory to read")
    return EmptySource(sentence) if answer["error"] == "EmptySource" else UnreadableFile(sentence)


def _stopped(code: int, late: bool, page: int, seconds: float, megabytes: int) -> ReadingStopped:
    where = f"Page {page} of it" if page else "It"
    if late or (os.name == "posix" and code == -signal.SIGXCPU):
        return ReadingStopped(f"{where} takes more than {seconds:g} s to read")
    return ReadingStopped(f"{where} takes more than {megabytes} MB of memory to read, or breaks the reader")
