"""deploy/datasette.yaml: the bot's own file in Datasette, its machinery out of sight."""

from __future__ import annotations

from pathlib import Path

import yaml
from datasette.app import Datasette

from store.database import Store
from tests.bot.fakes import NOON, add_page

METADATA = Path(__file__).parents[3] / "deploy" / "datasette.yaml"


async def test_internals_are_hidden_from_the_front_page(tmp_path: Path) -> None:
    """No table of the index or of the machinery is shown; what an operator looks for is; no name is out of date."""
    file = tmp_path / "baozhai.db"
    with Store(file) as store:
        add_page(store, NOON.date(), 1, ["甲"], NOON)
        names = {
            row["name"]
            for row in store.db.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        }
    metadata = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    described = metadata["databases"]["baozhai"]["tables"]
    assert set(described) <= names
    datasette = Datasette([str(file)], metadata=metadata)
    answer = (await datasette.client.get("/baozhai.json")).json()
    shown = {table["name"] for table in answer["tables"] if not table["hidden"]}
    assert {"articles", "editions", "acts", "outbox", "subscribers"} <= shown
    internal = {
        name for name in names if name.startswith(("article_bigrams", "title_bigrams", "article_marks"))
    }
    internal |= {"article_runs", "indexed_articles", "stale_articles", "search_state", "migrations", "inbox"}
    assert not shown & internal
