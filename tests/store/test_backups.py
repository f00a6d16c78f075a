"""store/backups.py, store/retention.py: what is kept, put back, and let go."""

from __future__ import annotations

import gzip
import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.backups import RESTORED, back_up, file_name, newest, remove_old, restore
from store.connection import Connection
from store.database import Store
from store.errors import BackupDamaged, BackupExists
from store.models import Part
from store.retention import Retention, free_bytes, prune, vacuum
from tests.bot.fakes import NOON, subscribe

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with a subscriber and a message that waits."""
    path = tmp_path / "data" / "baozhai.db"
    with Store(path) as store:
        reader = subscribe(store, 7, NOON)
        store.outbox.enqueue(reader, "notice", "启事", [Part("你好")], NOON)
    return path


def states(path: Path) -> list[str]:
    """The states of all outbox rows."""
    with Store(path) as store:
        return [row["state"] for row in store.db.rows("SELECT state FROM outbox ORDER BY id")]


def test_backup_comes_back_as_it_was_but_what_waited_is_uncertain(database: Path, tmp_path: Path) -> None:
    """Nothing is sent twice by a restored database: what waited then may have gone out since."""
    file = tmp_path / file_name(NOON)
    made = back_up(database, file, now=NOON)
    assert (made.subscribers, made.file_bytes) == (1, file.stat().st_size)
    assert file.stat().st_mode & 0o777 == 0o600
    with Store(database) as store:
        subscribe(store, 8, NOON)
    done = restore(file, database, now=LATER)
    assert (done.subscribers, done.uncertain, done.taken_at) == (1, 1, NOON)
    assert states(database) == ["uncertain"]
    assert done.kept is not None
    with Store(done.kept) as old:
        assert old.subscribers.count() == 2
    with Store(database) as store:
        assert store.heartbeats.last(RESTORED) is not None


def test_backup_is_taken_while_others_write(database: Path, tmp_path: Path) -> None:
    """An open transaction elsewhere neither stops the backup nor gets into it."""
    with Store(database) as writer, writer.transaction():
        writer.db.execute("UPDATE subscribers SET silent = 1")
        back_up(database, tmp_path / "now.db.gz", now=NOON)
    restore(tmp_path / "now.db.gz", database, now=LATER)
    with Store(database) as store:
        assert store.db.value("SELECT silent FROM subscribers") == 0


def test_a_write_ahead_log_left_behind_never_meets_the_restored_file(database: Path, tmp_path: Path) -> None:
    """A killed process leaves -wal; copying a backup over the database then would destroy it."""
    back_up(database, tmp_path / "one.db.gz", now=NOON)
    left = sqlite3.connect(database)
    left.execute("PRAGMA wal_autocheckpoint = 0")
    left.execute("CREATE TABLE later (x)")
    left.executemany("INSERT INTO later VALUES (?)", [("长" * 900,)] * 500)
    left.commit()
    log = database.with_name("baozhai.db-wal").read_bytes()
    left.close()
    database.with_name("baozhai.db-wal").write_bytes(log)  # as after kill -9
    restore(tmp_path / "one.db.gz", database, now=LATER)
    with Store(database) as store:
        assert store.db.value("PRAGMA integrity_check") == "ok"
        assert store.subscribers.count() == 1


@pytest.mark.parametrize("harm", ["cut", "flipped", "text", "missing"])
def test_a_bad_backup_is_refused_and_nothing_is_touched(database: Path, tmp_path: Path, harm: str) -> None:
    """Checked before the old database is moved."""
    file = tmp_path / "bad.db.gz"
    back_up(database, file, now=NOON)
    good = file.read_bytes()
    if harm == "cut":
        file.write_bytes(good[: len(good) // 2])
    elif harm == "flipped":
        plain = bytearray(gzip.decompress(good))
        plain[5000:9000] = os.urandom(4000)
        file.write_bytes(gzip.compress(bytes(plain)))
    elif harm == "text":
        file.write_text("不是数据库")
    else:
        file.unlink()
    before = database.read_bytes()
    with pytest.raises(BackupDamaged):
        restore(file, database, now=LATER)
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir() if "restor" in path.name] == []


def test_a_damaged_database_can_be_replaced(database: Path, tmp_path: Path) -> None:
    """That is what backups are for; the damaged file is kept."""
    file = tmp_path / "one.db.gz"
    back_up(database, file, now=NOON)
    database.write_bytes(b"SQLite format 3\0" + os.urandom(20_000))
    done = restore(file, database, now=LATER)
    assert done.kept is not None and done.kept.exists()
    assert states(database) == ["uncertain"]


def test_a_backup_never_writes_over_a_file(database: Path, tmp_path: Path) -> None:
    """Also not over an older backup."""
    file = tmp_path / "one.db.gz"
    file.write_bytes(b"")
    with pytest.raises(BackupExists):
        back_up(database, file, now=NOON)


def test_old_backups_go_but_never_the_newest(tmp_path: Path) -> None:
    """Kept so many days by the name; other people's files stay."""
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3)]
    for day in days:
        (tmp_path / file_name(day)).write_bytes(b"")
    (tmp_path / "baozhai-mine.db.gz").write_bytes(b"")
    gone = remove_old(tmp_path, keep=timedelta(days=7), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert [path.name for path in gone] == [file_name(day) for day in days[:2]]
    assert newest(tmp_path) == days[2]
    assert (tmp_path / "baozhai-mine.db.gz").exists()


def test_database_is_readable_by_its_owner_alone(database: Path) -> None:
    """Chats, follows and searches of readers are in it."""
    assert database.stat().st_mode & 0o077 == 0
    assert database.parent.stat().st_mode & 0o077 == 0


def test_page_texts_are_packed_and_come_back(tmp_path: Path) -> None:
    """A page's raw text takes a third of its bytes and reads the same."""
    db = Connection(tmp_path / "x.db")
    text = "夏县新修的公路通车了。" * 200
    assert db.value("SELECT unpacked(packed(?))", [text]) == text
    assert db.value("SELECT length(packed(?))", [text]) < len(text.encode()) / 3
    db.close()


KEEP_ALL = Retention(None, None, None, None)


def test_prune_removes_what_is_older_than_it_is_kept(database: Path) -> None:
    """Settled rows go with the messages only they used; what waits stays, however old."""
    with Store(database) as store:
        store.db.execute("UPDATE outbox SET state = 'sent', settled_at = '2026-01-01T00:00:00.000+00:00'")
        (reader,) = store.db.rows("SELECT id FROM subscribers")
        store.outbox.enqueue(reader["id"], "notice", "还在等", [Part("等着")], NOON)
        assert prune(store.db, KEEP_ALL, NOON).rows == 0
        wanted = replace(KEEP_ALL, messages_days=90)
        dry = prune(store.db, wanted, NOON + timedelta(days=200), dry_run=True)
        assert dry.messages == 1 and store.db.value("SELECT count(*) FROM outbox") == 2
        done = prune(store.db, wanted, NOON + timedelta(days=200))
        assert (done.messages, done.mailings) == (1, 1)
        assert store.db.value("SELECT group_concat(html) FROM digest_messages") == "等着"


def test_vacuum_gives_back_what_is_empty(database: Path) -> None:
    """The file shrinks by what `free_bytes` said, more or less."""
    with Store(database) as store:
        store.db.execute("CREATE TABLE filler (x)")
        store.db.executemany("INSERT INTO filler VALUES (?)", [("x" * 4000,)] * 500)
        store.db.execute("DROP TABLE filler")
        before = free_bytes(store.db)
        vacuum(store.db)
        assert before > 1_500_000 and free_bytes(store.db) < before / 10
