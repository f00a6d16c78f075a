"""store/public: the file to publish, as Datasette and sqlite-utils find their way in it."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
import sqlite_utils
from datasette.app import Datasette

from store.database import Store
from store.errors import BackupExists
from store.ingest import ingest
from store.public import Exported, export
from store.public.grams import grams
from store.public.metadata import QUESTIONS
from tests.bot.fakes import NOON, subscribe

SAMPLES = Path(__file__).parents[3] / "samples" / "河汾日报" / "2026-11-19"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The public file of two sample pages, from a store that also has a reader who searched."""
    folder = tmp_path_factory.mktemp("public")
    with Store(folder / "baozhai.db") as store:
        list(ingest(store, [SAMPLES / "01.txt", SAMPLES / "02.md"], now=NOON))
        subscribe(store, 4242424242, NOON)
        store.searches.count("只有读者知道的词", found=0, now=NOON)
        return export(store, folder / "public.db")


def test_the_search_box_finds_words_of_two_characters_and_more(public: Exported) -> None:
    """Every run of two to four characters of a body, and whole longer words, in Datasette's own search."""
    row = next(
        iter(
            sqlite_utils.Database(public.file).query(
                "SELECT id, title, body FROM articles WHERE length(body) > 80"
            )
        )
    )
    body = row["body"].replace("\n", "")
    asked = [body[start : start + size] for start in (10, 25, 40) for size in (2, 3, 4)]
    asked = [text for text in asked if grams(text).split()[-1:] == [text] or len(grams(text).split()) > 1]
    asked = [text for text in asked if text.isalnum()]
    assert len(asked) >= 3

    async def ask() -> list[set[int]]:
        datasette = Datasette([str(public.file)])
        return [
            {
                found["id"]
                for found in (
                    await datasette.client.get(
                        f"/public/articles.json?_search={text}&_shape=array&_size=1000"
                    )
                ).json()
            }
            for text in asked
        ]

    for text, found in zip(asked, asyncio.run(ask()), strict=True):
        assert row["id"] in found, text


def test_sqlite_utils_search_finds_them_too(public: Exported) -> None:
    """The same index, through the library the project is built on."""
    db = sqlite_utils.Database(public.file)
    everything = list(db.query("SELECT id, title || body AS text FROM articles"))
    for word in ("平陆", "供热", "老旧小区"):
        expected = {row["id"] for row in everything if word in row["text"]}
        assert expected and {row["id"] for row in db["articles"].search(word)} >= expected
    assert db["articles"].detect_fts() == "articles_fts"


def test_the_questions_of_the_metadata_can_be_asked(public: Exported) -> None:
    """Five canned questions, each answered with rows."""

    async def ask() -> dict[str, int]:
        import yaml

        described = yaml.safe_load(public.metadata.read_text(encoding="utf-8"))
        datasette = Datasette([str(public.file)], metadata=described)
        await datasette.invoke_startup()
        return {
            name: len((await datasette.client.get(f"/public/{name}.json?_shape=array&words=平陆")).json())
            for name in QUESTIONS
        }

    assert all(count > 0 for count in asyncio.run(ask()).values())


def test_nothing_of_readers_is_in_it(public: Exported) -> None:
    """No table, no byte."""
    tables = set(sqlite_utils.Database(public.file).table_names())
    assert not tables & {"subscribers", "outbox", "search_counts", "follow_alerts", "labels"}
    raw = public.file.read_bytes()
    assert "只有读者知道的词".encode() not in raw and b"4242424242" not in raw


def test_tables_are_tied_by_foreign_keys(public: Exported) -> None:
    """So that Datasette's links lead from an article to its page, edition and paper."""
    db = sqlite_utils.Database(public.file)
    assert {key.other_table for key in db["articles"].foreign_keys} == {"pages"}
    assert list(db.query("PRAGMA foreign_key_check")) == []
    assert {row["day"] for row in db.query("SELECT day FROM editions")} == {date(2026, 11, 19).isoformat()}


def test_a_file_is_written_over_only_when_asked(public: Exported, tmp_path: Path) -> None:
    """An export that exists may be somebody's."""
    with Store() as store:
        file = tmp_path / "mine.db"
        file.write_text("mine")
        with pytest.raises(BackupExists):
            export(store, file)
        assert file.read_text() == "mine"
        assert export(store, file, force=True).rows["articles"] == 0
