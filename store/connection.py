"""One SQLite connection, its transactions, and the one door through which sqlite3's errors leave.

Tables (articles.py, outbox.py …) speak to the database through `Connection`; nothing else sees sqlite3.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlite_utils

from store import private
from store.errors import QueryTooSlow, StoreBusy, StoreDamaged, StoreError, StoreFull, StoreUnwritable

BUSY_TIMEOUT_SECONDS = 10.0
_STEPS_BETWEEN_LOOKS = 20_000
"""SQLite's virtual machine steps between two looks at the clock: a millisecond or so."""
Parameters = Sequence[Any] | Mapping[str, Any]


def translate(error: sqlite3.Error, path: str) -> StoreError:
    """The StoreError a sqlite3 error stands for.  Codes: https://www.sqlite.org/rescode.html"""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy()
    if primary == sqlite3.SQLITE_INTERRUPT:
        return QueryTooSlow()
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull()
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return StoreDamaged(path, str(error))
    if primary in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_IOERR,
    ):
        return StoreUnwritable(path, str(error))
    return StoreError(f"The database refused: {error}")


def packed(text: str) -> bytes:
    """Text as it is kept where it is long and seldom read: zlib over UTF-8, about a third of the bytes."""
    return zlib.compress(text.encode("utf-8"))


def unpacked(data: bytes | None) -> str:
    """The text of `packed`, "" for nothing."""
    return zlib.decompress(data).decode("utf-8") if data else ""


class Connection:
    """A connection that belongs to one thread.

    `path` is a file or ":memory:". Files are opened in WAL mode, so readers never wait for a writer;
    foreign keys are on. Raises StoreUnwritable when the file cannot be opened.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        self.path = str(path)
        self._limited = False
        try:
            if self.path != ":memory:" and not read_only:
                private.make_folder(Path(self.path).absolute().parent)
                # Chats, follows and searches are in it: readable by its owner alone; -wal and -shm inherit the mode.
                with suppress(FileExistsError):
                    private.make_file(Path(self.path).absolute())
            target = f"{Path(self.path).absolute().as_uri()}?mode=ro" if read_only else self.path
            self.raw = sqlite3.connect(
                target, uri=read_only, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None
            )
        except OSError as error:
            raise StoreUnwritable(self.path, error.strerror or str(error)) from error
        except sqlite3.Error as error:
            raise StoreUnwritable(self.path, str(error)) from error
        try:
            self.raw.row_factory = sqlite3.Row
            self.raw.execute("PRAGMA foreign_keys = ON")
            self.raw.create_function("packed", 1, packed, deterministic=True)
            self.raw.create_function("unpacked", 1, unpacked, deterministic=True)
            if self.path != ":memory:" and not read_only:
                self.raw.execute("PRAGMA journal_mode = WAL")
                # NORMAL would lose the last commits when the *machine* dies; an outbox must not (docs/delivery.md).
                self.raw.execute("PRAGMA synchronous = FULL")
            self.tables = sqlite_utils.Database(self.raw, recursive_triggers=False, execute_plugins=False)
        except sqlite3.Error as error:
            self.raw.close()
            raise translate(error, self.path) from error

    def copy_to(self, path: Path) -> None:
        """Copy the whole database into the file `path`, in one piece, also while others write. Raises StoreError."""
        try:
            target = sqlite3.connect(path)
            try:
                self.raw.backup(target)
            finally:
                target.close()
        except sqlite3.Error as error:
            raise translate(error, str(path)) from error

    def close(self) -> None:
        """Close the connection; further calls are errors."""
        self.raw.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. The write lock is taken at once (BEGIN IMMEDIATE); inner transactions are savepoints."""
        try:
            if self.raw.in_transaction:
                with self.tables.atomic():
                    yield
                return
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise
            try:
                self.raw.execute("COMMIT")
            except sqlite3.Error:
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Cut what runs inside after so many seconds: QueryTooSlow. For reading; a write would be rolled back."""
        if self._limited:  # the outer limit holds
            yield
            return
        deadline = time.monotonic() + seconds
        self._limited = True
        self.raw.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        finally:
            self._limited = False
            self.raw.set_progress_handler(None, 0)

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement. Raises StoreError."""
        try:
            return self.raw.execute(sql, parameters)
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> sqlite3.Cursor:
        """Run one statement for many rows. Raises StoreError."""
        try:
            return self.raw.executemany(sql, rows)
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        try:
            return self.raw.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        try:
            found: sqlite3.Row | None = self.raw.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]
