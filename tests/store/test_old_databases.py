"""Databases left by earlier commits open, migrate, and serve: ingest, search, check, delivery, /forget.

`tests/data/databases/COMMIT.db.gz` was made by the code of that commit from two invented pages and one subscriber.
"""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.planner import Planner
from store.connection import Connection
from store.database import Store
from store.ingest import ingest
from store.models import Outcome
from store.schema import applied, migrations
from store.search.checks import problems
from tests.bot.fakes import Composing, build, missed_line

DATABASES = sorted((Path(__file__).parents[1] / "data" / "databases").glob("*.db.gz"))
NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


def shape(db: Connection) -> dict[tuple[str, str], str]:
    """(kind, name) → SQL of everything in the schema, without blanks; autoindexes have none."""
    return {
        (row["type"], row["name"]): re.sub(r"[\s\"]+", "", row["sql"])
        for row in db.rows("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }


def opened(packed: Path, folder: Path) -> Store:
    """The old database in a folder, migrated."""
    path = folder / "baozhai.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return Store(path)


@pytest.mark.parametrize("packed", DATABASES, ids=lambda path: path.name.split(".")[0])
def test_old_database_serves(packed: Path, tmp_path: Path) -> None:
    """Its shape is a new one's, nothing in it is lost, and all that is asked of a database works."""
    with opened(packed, tmp_path) as store, Store(":memory:") as fresh:
        assert applied(store.db) == {name for _, name, _ in migrations()}
        assert shape(store.db) == shape(fresh.db)
        assert store.db.rows("PRAGMA foreign_key_check") == [] and list(problems(store.db, deep=True)) == []
        before = store.articles.count()
        assert before >= 2 and store.search.find("石桥").total >= 1
        counts = store.outbox.counts()
        assert (counts.sent, counts.waiting) == (1, 1)
        page = tmp_path / "柳湾日报" / "2026-03-06" / "01.txt"
        page.parent.mkdir(parents=True)
        page.write_text(
            "水库开闸放水\n\n本报讯（记者 邵一鸣）柳湾水库三月六日开闸放水，下游的麦田喝上了春水。\n", "utf-8"
        )
        assert [report.outcome for report in ingest(store, [page], now=NOW)] == ["new"]
        assert store.articles.count() == before + 1 and store.search.find("春水").total == 1
        assert Planner(build, Composing(), missed_line, lambda: "bot").plan(store, NOW).planned == 1
        while mails := store.outbox.claim(store.outbox.next(NOW, 5), NOW):
            store.outbox.settle([Outcome(mail, "sent", telegram_id=mail.id) for mail in mails], NOW)
        assert store.outbox.counts().sent >= 3 and store.outbox.counts().waiting == 0
        store.watermarks.set("arrivals", before)
        assert store.watermarks.get("arrivals") == before
        store.mailings.remove_unused(NOW + timedelta(days=90))
        assert "promises" in store.subscribers.everything(1000)
        assert (
            store.subscribers.forget(1000)
            and store.db.value("SELECT count(*) FROM mailings WHERE kind IN ('alert', 'promise')") == 0
        )


def test_there_is_an_old_database_for_each_shape() -> None:
    """All five, and small."""
    assert len(DATABASES) == 5 and all(path.stat().st_size < 60_000 for path in DATABASES)
