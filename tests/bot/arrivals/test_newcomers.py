"""bot/arrivals/newcomers.py: the watched folder is read once, and whatever a look could not store the next one does."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.arrivals.newcomers as newcomers
from bot.arrivals.newcomers import read_folder
from store.database import Store
from store.errors import StoreBusy
from tests.bot.fakes import NOON

TEXT = "苇桥镇新修水渠通水\n\n本报讯（记者 温若谷）苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水。\n"


def test_pages_dropped_while_the_database_is_locked_are_read_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those behind the one that met the lock; read once, they cost nothing more."""
    for number in (1, 2, 3):
        page = tmp_path / f"苇河日报/2026-03-10/0{number}.txt"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(TEXT + str(number), encoding="utf-8")
    looked_at: dict[Path, tuple[int, int]] = {}
    ingest = newcomers.ingest
    asked = []

    def locked(store: Store, paths: list[Path], **facts: object) -> object:
        yield from ingest(store, paths[:1], now=NOON)
        raise StoreBusy

    def watched(store: Store, paths: list[Path], **facts: object) -> object:
        asked.append(len(paths))
        return ingest(store, paths, now=NOON)

    with Store(":memory:") as store:
        monkeypatch.setattr(newcomers, "ingest", locked)
        with pytest.raises(StoreBusy):
            read_folder(store, tmp_path, NOON, looked_at=looked_at)
        monkeypatch.setattr(newcomers, "ingest", watched)
        assert read_folder(store, tmp_path, NOON, looked_at=looked_at) == 2
        assert read_folder(store, tmp_path, NOON, looked_at=looked_at) == 0
        assert asked == [3, 0]
        assert store.db.value("SELECT count(*) FROM pages") == 3
