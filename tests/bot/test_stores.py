"""A Store opened as the configuration says."""

from pathlib import Path

import pytest

from bot.config import load
from bot.errors import ConfigError
from bot.stores import open_store
from store.search.sqlite import SqliteIndex


def config(folder: Path, engine: str):
    """A configuration with this search engine."""
    file = folder / "config.toml"
    file.write_text(f"[search]\nengine = '{engine}'\n", encoding="utf-8")
    return load(file, environ={})


def test_configured_engine_answers(tmp_path: Path) -> None:
    """sqlite by default, tantivy where it is asked for and installed."""
    pytest.importorskip("tantivy")
    with open_store(config(tmp_path, "sqlite")) as store:
        assert isinstance(store.search.index, SqliteIndex)
    with open_store(config(tmp_path, "tantivy")) as store:
        assert not isinstance(store.search.index, SqliteIndex)
        assert store.search.find("没有").total == 0


def test_engine_that_is_not_installed_is_a_configuration_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says how to install it."""
    import sys

    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "store.search.tantivy_index", raising=False)
    with pytest.raises(ConfigError, match=r"baozhai\[tantivy\]"):
        open_store(config(tmp_path, "tantivy"))
