"""The child process that reads one dangerous file: limits itself, reads, and says what it read in lines of JSON.

Told by apart.py on standard input: a line of JSON, then the file. Each page begins with a line {"page": n}, from which
on its own seconds count; then come {"read": …} for each page, and {"done": true}; or {"error": …, "sentence": …}.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from store.errors import IngestError
from store.models import PageText

Begin = Callable[[int, bool], None]

try:
    import resource
except ImportError:  # Windows has no such limits; there the parent's clock alone ends the child
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Read the order and the file from standard input, answer on standard output."""
    # Whatever a library prints must not stand between the answers.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(**answer: Any) -> None:
        out.write(json.dumps(answer) + "\n")
        out.flush()

    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    ocr = False

    def begin(page: int, recognised: bool = False) -> None:
        nonlocal ocr
        ocr = recognised
        say(page=page, ocr=recognised)
        kind = "ocr" if recognised else "page"
        _limit(order[f"{kind}_seconds"], order[f"{kind}_megabytes"], ocr=recognised)

    try:
        if len(data) != order["bytes"]:
            raise EOFError
        for page in _read(data, order["name"], order["most_pages"], begin):
            say(read=_packed(page))
        say(done=True)
    except MemoryError:
        say(error="memory", ocr=ocr)
    except IngestError as error:
        say(error=type(error).__name__, sentence=str(error))
    out.close()
    os._exit(0)  # nothing is left to tidy up, and a library's tidying up could hang


def _read(data: bytes, name: str, most_pages: int, begin: Begin) -> list[PageText]:
    from store.readers import ocr, pdf

    begin(0, False)
    if PurePath(name).suffix.lower() in ocr.SUFFIXES:
        return ocr.read(data, name=name, begin=begin)
    return pdf.read(data, name=name, most_pages=most_pages, begin=begin)


def _limit(seconds: float, megabytes: int, *, ocr: bool = False) -> None:
    """So many more seconds of work, so much more memory than is used now; no core files, and no file is written.

    A recogniser's libraries reserve address space by the gigabyte that they never use: for them what may be written to counts.
    """
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    by_data = ocr and sys.platform == "linux"  # elsewhere this limit knows only what brk() gives
    most = _begun_with(by_data) + megabytes * 1_000_000
    _cap(resource.RLIMIT_DATA, most if by_data else None)
    _cap(resource.RLIMIT_AS, None if by_data else most)


def _cap(kind: int, most: int | None) -> None:
    """At most so much of it from now on; None: as much as the system lets."""
    _, hard = resource.getrlimit(kind)
    most = hard if most is None else most
    resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


@cache
def _begun_with(data: bool) -> int:
    """Bytes of address space (`data`: of data) when first asked: libraries and the file itself are not the page's."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[5 if data else 0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 300_000_000


def _packed(page: PageText) -> dict[str, Any]:
    return {
        "lines": page.lines,
        "boxes": [
            (box.left, box.top, box.right, box.bottom, box.size, box.bold) if box else None
            for box in page.boxes
        ],
        "number": page.number,
        "format": page.format,
        "roles": page.roles,
        "trouble": page.trouble,
    }
