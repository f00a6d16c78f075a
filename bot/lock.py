"""One process a database: a lock that the kernel gives back when its holder dies, however it dies."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from bot.errors import AlreadyRunning
from store import private


class ProcessLock:
    """Held from `acquire` until `release` or the end of the process. The file beside the database stays; it is the
    lock on it that counts, so a file left by a killed process means nothing. Who holds it stands in a second file, for
    Windows lets nobody read a locked one."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._owner = database.with_name(database.name + ".pid")
        self._lock = FileLock(self.path, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the lock. Raises AlreadyRunning when another process has it."""
        private.make_folder(self.path.absolute().parent)
        for file in (self.path, self._owner):
            with suppress(FileExistsError):
                private.make_file(file.absolute())
        try:
            self._lock.acquire()
        except Timeout as error:
            owner = ""
            with suppress(OSError, ValueError):
                owner = self._owner.read_text(encoding="utf-8").strip()
            raise AlreadyRunning(str(self.path), f"process {owner}" if owner.isdigit() else "") from error
        self._owner.write_text(f"{os.getpid()}\n", encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; twice does no harm."""
        self._lock.release()

    def __enter__(self) -> ProcessLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
