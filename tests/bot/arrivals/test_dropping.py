"""The drop folder: read at rest, put away, nothing lost while the database is busy, no way out of the folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import bot.arrivals.dropping as dropping
from bot.arrivals.dropping import DropFolder
from store.database import Store
from store.errors import StoreBusy

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
TEXT = "苇桥镇新修水渠通水\n\n本报讯（记者 温若谷）苇桥镇新修的水渠昨日通水，沿线七个村的麦田当天就浇上了头遍水。\n"


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with Store(":memory:") as opened:
        yield opened


def put(folder: Path, name: str, text: str = TEXT) -> Path:
    """A file in the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_file_is_read_at_rest_and_archived(store: Store, tmp_path: Path) -> None:
    """Not at the first look, not while it grows; then once."""
    drop = DropFolder(tmp_path)
    path = put(tmp_path, "苇河日报/2026-11-26/03.txt", TEXT[:20])
    assert drop.look(store, NOW) == []
    put(tmp_path, "苇河日报/2026-11-26/03.txt")
    assert drop.look(store, NOW) == []
    assert [report.outcome for report in drop.look(store, NOW)] == ["new"]
    assert not path.exists()
    assert (tmp_path / "archive/2026-11-26/苇河日报/2026-11-26/03.txt").exists()
    assert (drop.look(store, NOW), drop.look(store, NOW)) == ([], [])
    assert len(store.articles.on(date(2026, 11, 26))) == 1


def test_unreadable_file_is_rejected_with_a_sentence(store: Store, tmp_path: Path) -> None:
    """The reason lies beside it, and nobody is asked about it for ever."""
    drop = DropFolder(tmp_path)
    put(tmp_path, "x.exe")
    put(tmp_path, "无名.txt")
    drop.look(store, NOW)
    assert {report.outcome for report in drop.look(store, NOW)} == {"failed"}
    reasons = sorted((tmp_path / "rejected/2026-11-26").glob("*.why.txt"))
    assert [path.name for path in reasons] == ["x.exe.why.txt", "无名.txt.why.txt"]
    assert all(path.read_text(encoding="utf-8").strip() for path in reasons)
    assert store.editions.unread() == []


def test_busy_database_loses_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are looked at again."""
    drop = DropFolder(tmp_path)
    for number in (1, 2, 3):
        put(tmp_path, f"苇河日报/2026-11-26/0{number}.txt", TEXT + str(number))
    drop.look(store, NOW)

    def busy(*args: object, **facts: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(dropping, "ingest", busy)
        with pytest.raises(StoreBusy):
            drop.look(store, NOW)
    assert [report.outcome for report in drop.look(store, NOW)] == ["new"] * 3


def test_links_are_not_followed(store: Store, tmp_path: Path) -> None:
    """Neither a linked file nor a linked folder is read or moved."""
    outside = put(tmp_path / "outside", "苇河日报-2026-11-26-01.txt")
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "02.txt").symlink_to(outside)
    (folder / "all").symlink_to(outside.parent)
    drop = DropFolder(folder)
    assert (drop.look(store, NOW), drop.look(store, NOW), outside.exists()) == ([], [], True)


def test_zip_of_an_edition_is_read_and_stays_inside(store: Store, tmp_path: Path) -> None:
    """Every page in it by its own path; names that climb out are taken inside."""
    folder = tmp_path / "drop"
    folder.mkdir()
    with zipfile.ZipFile(folder / "苇河日报-2026-11-26.zip", "w") as packed:
        packed.writestr("苇河日报/2026-11-26/01.txt", TEXT)
        packed.writestr("../../苇河日报/2026-11-26/02.txt", TEXT + "二")
        packed.writestr("readme.exe", "x")
    drop = DropFolder(folder)
    drop.look(store, NOW)
    assert [report.outcome for report in drop.look(store, NOW)] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drop"]
    assert [path.name for path in folder.iterdir()] == ["archive"]
