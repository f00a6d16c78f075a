"""docs/schema/*.json: what each verb prints as JSON, held against what it really prints."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from bot.cli import cli
from bot.commands import VERBS, load
from bot.commands.shapes import SHAPES
from store.database import Store
from tests.bot.fakes import NOON, subscribe
from tests.sites.families import BUILDERS, build
from tests.sites.newsroom import issue
from tests.sites.server import Site

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "河汾日报" / "2026-11-19"


def generator() -> ModuleType:
    """docs/schemas.py, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("schemas", ROOT / "docs" / "schemas.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def closed(part: Any) -> Any:
    """The schema without room for keys it does not name: readers allow them, we document them."""
    if isinstance(part, dict):
        part = {key: closed(value) for key, value in part.items()}
        return {**part, "additionalProperties": False} if "properties" in part else part
    return [closed(one) for one in part] if isinstance(part, list) else part


def check(name: str, record: Any) -> None:
    """Hold a record against the file, and against it with no key more."""
    schema = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    for one in (schema, closed(schema)):
        errors = list(Draft202012Validator(one, format_checker=FormatChecker()).iter_errors(record))
        assert not errors, (name, errors[0].json_path, errors[0].message)


def test_the_files_are_what_the_types_say() -> None:
    """Written anew they would be the same; none is left over, each is a valid schema."""
    texts = generator().texts()
    folder = ROOT / "docs" / "schema"
    assert {path.name for path in folder.glob("*.json")} == set(texts)
    for name, text in texts.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"run: python docs/schemas.py ({name})"
        Draft202012Validator.check_schema(json.loads(text))


def test_every_verb_with_json_has_a_schema() -> None:
    """A verb that gets --json gets a shape, and docs/cli.md leads to the folder."""
    with_json = {verb for verb in VERBS if any("--json" in parameter.opts for parameter in load(verb).params)}
    assert with_json | {"summarize", "sources-try", "sources-add"} == set(SHAPES)
    assert "schema/" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture
def baozhai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a verb on a data folder of its own; its JSON, a list where it prints lines."""
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("BAOZHAI_TOKEN", raising=False)
    config = tmp_path / "config.toml"
    config.write_text('[sources]\npapers = "papers.toml"\ndelay_seconds = 0\n', encoding="utf-8")

    def run(*words: str, stdin: str = "") -> Any:
        result = CliRunner().invoke(
            cli, ["--config", str(config), *words], input=stdin, standalone_mode=False
        )
        assert result.exception is None, result.exception
        try:
            return json.loads(result.stdout)
        except json.JSONDecodeError:
            return [json.loads(line) for line in result.stdout.splitlines()]

    return run


def lines(found: Any) -> list[Any]:
    """One line or many."""
    return found if isinstance(found, list) else [found]


def test_what_verbs_print_of_papers_is_as_documented(baozhai: Any, tmp_path: Path) -> None:
    """Parsed, stored, found, shown, told as a digest; a file that cannot be read, too."""
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    pages = [str(SAMPLES / "01.txt"), str(SAMPLES / "04.txt")]
    for one in lines(baozhai("parse", pages[0], str(empty), "--json", "--explain")):
        check("parse", one)
    for one in lines(baozhai("ingest", *pages, str(empty), "--json")):
        check("ingest", one)
    found = baozhai("search", "平陆", "--json")
    check("search", found)
    check("search", baozhai("search", "无此词语", "--json"))
    assert found["hits"]
    check("show", baozhai("show", str(found["hits"][0]["id"]), "--json"))
    check("clips", baozhai("clips", "平陆", "2026-11-01..2026-11-30", "--json"))
    digest = baozhai("digest", "--json")
    assert digest["items"]
    check("digest", digest)
    text = "本报讯 11月18日，清水村的新桥建成通车，全村320户人家出行不再绕路。"
    given = [json.dumps({"id": 7, "text": text}, ensure_ascii=False), "no json"]
    for one in lines(baozhai("summarize", stdin="\n".join(given))):
        check("summarize", one)


def test_what_verbs_print_for_operators_is_as_documented(baozhai: Any, tmp_path: Path) -> None:
    """A label of a reader, how things stand, what is kept how long."""
    with Store(tmp_path / "data" / "baozhai.db") as store:
        from tests.bot.fakes import add_page

        [article_id] = add_page(store, date(2026, 3, 10), 1, ["甲"], NOON)
        store.labels.add(article_id, "cut", subscriber_id=subscribe(store, 1, NOON), now=NOON)
    for name, words in (
        ("labels", []),
        ("check", ["--offline"]),
        ("health", []),
        ("prune", ["--dry-run"]),
        ("upgrade", ["--check"]),
    ):
        found = baozhai(name, *words, "--json")
        assert found
        for one in lines(found):
            check(name, one)


def test_what_is_printed_of_sources_is_as_documented(baozhai: Any) -> None:
    """Tried, added, fetched, listed; an address that is none."""
    with Site().served() as site:
        family = min(BUILDERS)
        url = site.url + build(site, family, issue(labels=("01", "02")))
        check("sources-try", baozhai("sources", "try", url, "--json"))
        check("sources-try", baozhai("sources", "try", site.url + "/nothing", "--json"))
        check("sources-add", baozhai("sources", "add", url, "--name", "苇河日报", "--json"))
        check("sources-add", baozhai("sources", "add", url, "--name", "苇河日报", "--json"))
        for one in lines(baozhai("fetch", "--json")):
            check("fetch", one)
    for one in lines(baozhai("sources", "--json")):
        assert one["paper"] == "苇河日报"
        check("sources", one)
