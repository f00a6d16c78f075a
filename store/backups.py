"""Backups of the database: taken while the bot runs, verified before they count, put back with the old file kept.

A backup is one gzip file with mode 0600: SQLite's own online backup (https://www.sqlite.org/backup.html), checked, then
compressed beside its place and renamed into it, so a file with the final name is always a whole, sound backup.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store import private
from store.connection import Connection
from store.errors import BackupDamaged, BackupExists, SchemaTooNew, StoreError, StoreFull
from store.instants import to_text
from store.schema import applied, migrations

PREFIX = "baozhai-"
SUFFIX = ".db.gz"
RESTORED = "restored"
"""The name under which the heartbeats remember a restore until delivery has taken note of it."""
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was taken and verified."""

    file: Path
    database_bytes: int
    file_bytes: int
    articles: int
    subscribers: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `kept` is the old database, None where there was none."""

    taken_at: datetime
    kept: Path | None
    articles: int
    subscribers: int
    uncertain: int


def file_name(now: datetime) -> str:
    """baozhai-20261120-073000.db.gz, in UTC."""
    return f"{PREFIX}{now.astimezone(UTC):%Y%m%d-%H%M%S}{SUFFIX}"


def back_up(database: Path, file: Path, *, now: datetime) -> Backup:
    """Copy the database into `file`, also while others write to it, and verify the copy.

    Raises BackupExists, StoreFull, StoreError; nothing is left under the name of `file` then.
    """
    if file.exists():
        raise BackupExists(str(file))
    with _disk(file):
        private.make_folder(file.absolute().parent)
    with scratch(file, ".copying") as copy, scratch(file, ".packing") as packed, _disk(file):
        with _connection(database, read_only=True) as source:
            source.copy_to(copy)
        with _connection(copy) as db:
            db.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it
            articles, subscribers = _verify(db, file)
        with copy.open("rb") as raw, packed.open("wb") as out:
            with gzip.GzipFile("", "wb", _LEVEL, out, mtime=now.timestamp()) as packer:
                shutil.copyfileobj(raw, packer, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        size = copy.stat().st_size
        packed.replace(file)
    return Backup(file, size, file.stat().st_size, articles, subscribers)


def restore(file: Path, database: Path, *, now: datetime) -> Restored:
    """Put a backup in the place of the database; the old one is kept beside it.

    The caller holds the process lock. What waited when the backup was taken may have been sent since, so it becomes
    uncertain; delivery treats what fell due since then in the same way at its next start.
    Raises BackupDamaged, SchemaTooNew, StoreError; the old database is untouched then.
    """
    private.make_folder(database.absolute().parent)
    with scratch(database, ".restoring") as copy, _disk(database):
        taken_at = _unpack(file, copy)
        with _opened(copy, file) as db:
            articles, subscribers = _verify(db, file)
            uncertain = _doubt_what_waits(db, now)
            db.execute("PRAGMA journal_mode = DELETE")
        kept = _put_aside(database, now)
        copy.replace(database)
    return Restored(taken_at, kept, articles, subscribers, uncertain)


def remove_old(folder: Path, *, keep: timedelta, now: datetime) -> list[Path]:
    """Remove backups in `folder` that are older than `keep` by their name, never the newest; those removed."""
    dated = sorted(
        (day, path) for path in folder.glob(f"{PREFIX}*{SUFFIX}") if (day := _taken(path)) is not None
    )
    old = [path for day, path in dated[:-1] if day < now - keep]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def newest(folder: Path) -> datetime | None:
    """When the newest backup in `folder` was taken, by its name; None where there is none."""
    days = [day for path in folder.glob(f"{PREFIX}*{SUFFIX}") if (day := _taken(path)) is not None]
    return max(days, default=None)


def _taken(path: Path) -> datetime | None:
    try:
        text = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        return datetime.strptime(text, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def scratch(beside: Path, ending: str) -> Iterator[Path]:
    """A private file beside `beside`, removed in any case (with what SQLite put beside it)."""
    path = beside.with_name(beside.name + ending)
    path.unlink(missing_ok=True)
    private.make_file(path.absolute())
    try:
        yield path
    finally:
        for rest in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + rest).unlink(missing_ok=True)


@contextmanager
def _disk(file: Path) -> Iterator[None]:
    """Turn the file system's trouble into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == 28:  # ENOSPC
            raise StoreFull() from error
        raise StoreError(f"{file} cannot be written: {error.strerror}.") from error


@contextmanager
def _connection(path: Path, *, read_only: bool = False) -> Iterator[Connection]:
    db = Connection(path, read_only=read_only)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _opened(copy: Path, file: Path) -> Iterator[Connection]:
    """The unpacked backup. Raises BackupDamaged, naming `file`, where it is no database at all."""
    try:
        db = Connection(copy)
    except StoreError as error:
        raise BackupDamaged(str(file), "it is no Baozhai database") from error
    try:
        yield db
    finally:
        db.close()


def _verify(db: Connection, file: Path) -> tuple[int, int]:
    """How many articles and subscribers a sound copy holds. Raises BackupDamaged, SchemaTooNew."""
    try:
        damage = [str(row[0]) for row in db.rows("PRAGMA integrity_check(5)")]
        if damage != ["ok"]:
            raise BackupDamaged(str(file), "; ".join(damage))
        unknown = applied(db) - {name for _, name, _ in migrations()}
        if unknown:
            raise SchemaTooNew(
                int(db.value("PRAGMA user_version")), max(number for number, _, _ in migrations())
            )
        articles = int(db.value("SELECT count(*) FROM articles WHERE removed_at IS NULL"))
        has_readers = db.value("SELECT count(*) FROM sqlite_master WHERE name = 'subscribers'")
        return articles, int(db.value("SELECT count(*) FROM subscribers")) if has_readers else 0
    except (BackupDamaged, SchemaTooNew):
        raise
    except StoreError as error:
        raise BackupDamaged(str(file), "it is no Baozhai database") from error


def _unpack(file: Path, copy: Path) -> datetime:
    """Write the database of a backup, packed or not, into `copy`; when it was taken."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not packed:
                with copy.open("wb") as out:
                    shutil.copyfileobj(raw, out, 1 << 20)
                return datetime.fromtimestamp(file.stat().st_mtime, UTC)
            with gzip.GzipFile(fileobj=raw) as unpacker, copy.open("wb") as out:
                shutil.copyfileobj(unpacker, out, 1 << 20)
                return datetime.fromtimestamp(unpacker.mtime or file.stat().st_mtime, UTC)
    except FileNotFoundError as error:
        raise BackupDamaged(str(file), "there is no such file") from error
    except (EOFError, gzip.BadGzipFile, sqlite3.Error) as error:
        raise BackupDamaged(str(file), "the file is cut off or changed") from error
    except OSError as error:
        if error.errno == 28:
            raise
        raise BackupDamaged(str(file), error.strerror or str(error)) from error


def _doubt_what_waits(db: Connection, now: datetime) -> int:
    """What waited or was on its way may have been sent since the backup: nobody knows, so it is not sent again.

    Indexes outside SQLite tell what is new by the number of a change: none may be given a second time.
    """
    if db.value("SELECT count(*) FROM sqlite_master WHERE name = 'search_state'"):
        db.execute(
            "UPDATE search_state SET value = max(value + 1, ?) WHERE name = 'changes'",
            [int(now.timestamp() * 1000)],
        )
    if not db.value("SELECT count(*) FROM sqlite_master WHERE name = 'outbox'"):
        return 0
    with db.transaction():
        changed = db.execute(
            "UPDATE outbox SET state = 'uncertain', unsure = max(unsure, 1), settled_at = ?,"
            " reason = 'the database was restored from a backup' WHERE state IN ('waiting', 'sending')",
            [to_text(now)],
        ).rowcount
        db.execute("DELETE FROM heartbeats WHERE name = ?", [RESTORED])
        db.execute(
            "INSERT INTO heartbeats (name, at, started_at, process_id, lag_seconds, detail) VALUES (?, ?, ?, ?, 0, '')",
            [RESTORED, to_text(now), to_text(now), os.getpid()],
        )
    return changed


def _put_aside(database: Path, now: datetime) -> Path | None:
    """Rename the old database and what SQLite keeps beside it; -wal first, so that it never meets another file."""
    if not database.exists():
        for rest in ("-wal", "-shm"):
            database.with_name(database.name + rest).unlink(missing_ok=True)
        return None
    try:
        with _connection(database) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except StoreError:
        pass  # damaged: kept as it is, with its -wal
    kept = database.with_name(f"before-restore-{now.astimezone(UTC):%Y%m%d-%H%M%S}.db")
    for rest in ("-wal", "-shm", ""):
        old = database.with_name(database.name + rest)
        if old.exists():
            old.replace(kept.with_name(kept.name + rest))
    return kept
