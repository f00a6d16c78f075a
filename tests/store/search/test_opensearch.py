"""store/search/opensearch_index.py: what is asked of the server, and what is done when it does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import load
from bot.errors import ConfigError
from bot.stores import open_store
from store.database import Store
from tests.store.search.opensearch import Server
from tests.store.search.papers import article, put

pytest.importorskip("opensearchpy")


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of its own."""
    with Server().served() as served:
        yield served


@pytest.fixture
def store(server: Server, tmp_path: Path) -> Iterator[Store]:
    """A store that searches with it, two articles in it."""
    with Store(tmp_path / "baozhai.db") as opened:
        opened.search.use(engine="opensearch", address=f"{server.url}/papers", seconds=60)
        put(opened, article("水库建成", "水库大坝昨天建成。"), article("展览", "灯塔展。"))
        yield opened


def test_sqlite_answers_while_the_server_does_not(
    store: Store, server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody notices but the log; back again, the server is brought up to date."""
    monkeypatch.setattr("store.search.opensearch_index._REST_SECONDS", 3600)
    assert store.search.find("灯塔").total == 1
    server.down = True
    put(store, article("新灯塔", "灯塔亮了。"), page=2)
    assert store.search.find("灯塔").total == 2
    asked = len(server.asked)
    assert store.search.find("水库").total == 1 and len(server.asked) == asked, "left alone for a while"
    assert "SQLite answers meanwhile" in caplog.text
    server.down = False
    store.search.use(engine="opensearch", address=f"{server.url}/papers", seconds=60)
    assert store.search.find("灯塔").total == 2
    assert len([one for one in server.indexes["papers"].found.values() if "id" in one]) == 3


def test_another_opening_does_not_send_again_what_is_there(store: Store, server: Server) -> None:
    """A new connection asks once how far the server is; a change sends what changed."""
    assert store.search.find("水库").total == 1
    server.asked.clear()
    store.search.use(engine="opensearch", address=f"{server.url}/papers", seconds=60)
    assert store.search.find("水库").total == 1
    assert not any("_bulk" in one for one in server.asked) and server.asked[0].startswith("GET")
    server.asked.clear()
    put(store, article("灯会", "灯会开幕。"), page=3)
    assert store.search.find("灯会").total == 1
    assert sum("_bulk" in one for one in server.asked) == 1
    assert not any("_search" in one for one in server.asked[:-2]), "not compared from end to end"


def test_an_index_left_by_another_database_is_brought_to_this_one(
    store: Store, server: Server, tmp_path: Path
) -> None:
    """As after a restore, or where the server was used before: ghosts go."""
    assert store.search.find("灯塔").total == 1
    with Store(tmp_path / "other.db") as other:
        put(other, article("别的", "别的灯塔。"))
        server.indexes["papers"].written["77"] = {"id": 77, "stamp": 5}
        other.search.use(engine="opensearch", address=f"{server.url}/papers", seconds=60)
        other.search.rebuild()
        assert other.search.find("灯塔").total == 1 and other.search.find("水库").total == 0
        there = {one["id"] for one in server.indexes["papers"].found.values() if "id" in one}
        assert there == {hit.article_id for hit in other.search.find("灯塔").hits}


def test_it_is_chosen_in_the_configuration(server: Server, tmp_path: Path) -> None:
    """The address may come from the environment; one without an index is refused, and no password is repeated."""
    file = tmp_path / "config.toml"
    file.write_text(
        f'[search]\nengine = "opensearch"\nopensearch = "{server.url}/papers"\n', encoding="utf-8"
    )
    with open_store(load(file, environ={})) as store:
        put(store, article("灯会", "灯会开幕。"))
        assert store.search.find("灯会").total == 1 and server.asked
    secret = {"BAOZHAI_OPENSEARCH": "http://me:geheim@127.0.0.1:9"}
    config = load(file, environ=secret)
    with pytest.raises(ConfigError, match=r"search\.opensearch") as refused:
        open_store(config)
    assert "geheim" not in str(refused.value) and "geheim" not in repr(config)
