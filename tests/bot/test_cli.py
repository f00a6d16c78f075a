"""The command line as an operator and a script meet it: real files, real store, real output."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.commands import VERBS

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def baozhai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a verb on a data folder of its own."""
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("BAOZHAI_TOKEN", raising=False)

    def run(*words: str, stdin: str = "") -> Result:
        result = CliRunner().invoke(cli, list(words), input=stdin, standalone_mode=False)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_every_verb_has_help_and_is_documented(baozhai) -> None:
    """`--help` explains, and docs/cli.md and the README name it."""
    documented = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    for verb in VERBS:
        assert "Usage" in baozhai(verb, "--help").output
        assert f"`{verb}" in documented, verb


def test_parse_json_has_the_documented_shape(baozhai) -> None:
    """Keys, types and line numbers of the contract."""
    file = SAMPLES / "河汾日报" / "2026-11-19" / "01.txt"
    record = json.loads(baozhai("parse", str(file), "--json").output)
    assert set(record) == {"file", "articles", "banners", "furniture", "warnings", "legibility"}
    assert record["file"] == str(file)
    lines = file.read_text(encoding="utf-8").count("\n")
    for article in record["articles"]:
        assert article["kind"] in ("article", "photo", "notice")
        assert set(article["byline"]) == {"raw", "reporters", "correspondents", "photographers"}
        assert all(isinstance(article[key], str) for key in ("kicker", "title", "subtitle"))
        assert all(isinstance(text, str) for key in ("body", "subheads", "places") for text in article[key])
        assert all(1 <= first <= last <= lines for first, last in article["lines"])
        assert 0 <= article["confidence"] <= 1
        assert set(article["subheads"]) <= set(article["body"])
    assert any(article["byline"]["reporters"] == ["乔立春", "郭小满"] for article in record["articles"])
    assert any(article["subheads"] for article in record["articles"])


def test_parse_goes_on_after_a_file_that_cannot_be_read(baozhai, tmp_path: Path) -> None:
    """One object a file, in order; exit code 1."""
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    good = SAMPLES / "河汾日报" / "2026-11-19" / "04.txt"
    result = baozhai("parse", str(empty), str(good), "--json")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [bool(record["articles"]) for record in records] == [False, True]
    assert "empty" in records[0]["error"] and result.return_value == 1


def test_parse_says_of_ready_articles_that_there_is_nothing_to_parse(baozhai, tmp_path: Path) -> None:
    """Neither "not read" nor a list of suffixes that has its own among them."""
    ready = tmp_path / "archive.jsonl"
    ready.write_text(
        '{"title": "村口修好了新桥", "body": "昨天通车。", "date": "2026-11-19"}\n', encoding="utf-8"
    )
    result = baozhai("parse", str(ready))
    assert "ready articles" in result.stderr and "baozhai ingest" in result.stderr
    assert ".jsonl " not in result.stderr and result.return_value == 1


def test_explain_names_a_role_and_a_reason_for_each_line(baozhai) -> None:
    """Every decision of the parser can be asked for."""
    file = SAMPLES / "河汾日报" / "2026-11-19" / "01.txt"
    record = json.loads(baozhai("parse", str(file), "--json", "--explain").output)
    texts = [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
    explained = record["explanations"]
    assert [line["text"].strip() for line in explained if line["text"].strip()] == [
        text.strip() for text in texts
    ]
    assert all(line["role"] and line["reasons"] for line in explained if line["text"].strip())


def test_ingest_then_search_show_and_digest(baozhai) -> None:
    """The whole road on the command line."""
    result = baozhai("ingest", str(SAMPLES))
    assert result.return_value == 0 and "8 new" in result.output
    assert "8 unchanged" in baozhai("ingest", str(SAMPLES)).output
    found = json.loads(baozhai("search", "托管班", "--json").output)
    assert set(found) == {"query", "total", "hits", "message"}
    assert found["total"] >= 2
    assert all(
        set(hit) == {"id", "title", "paper", "date", "page", "label", "places", "snippet"}
        for hit in found["hits"]
    )
    hit = next(hit for hit in found["hits"] if hit["date"] == "2026-11-19")
    assert (hit["paper"], hit["page"]) == ("河汾日报", 1) and "托管班" in hit["snippet"]
    shown = json.loads(baozhai("show", str(hit["id"]), "--json").output)
    assert shown["title"] == hit["title"] and any("托管班" in paragraph for paragraph in shown["body"])
    digest = json.loads(baozhai("digest", "--json").output)
    assert digest["date"] == "2026-11-19" and digest["items"]
    assert json.loads(baozhai("digest", "--date", "2026-11-18", "--json").output)["date"] == "2026-11-18"
    bodies = {
        item["id"]: json.loads(baozhai("show", str(item["id"]), "--json").output)["body"]
        for item in digest["items"]
    }
    for item in digest["items"]:
        for sentence in item["sentences"]:
            paragraph = bodies[item["id"]][sentence["paragraph"]]
            assert paragraph[sentence["start"] : sentence["end"]] == sentence["text"]


def test_search_takes_a_minus_word_for_not(baozhai) -> None:
    """`baozhai search 白天鹅 -平陆` needs no quoting."""
    baozhai("ingest", str(SAMPLES))
    every = json.loads(baozhai("search", "记者", "--json").output)["total"]
    fewer = json.loads(baozhai("search", "记者", "-盐湖区", "--json").output)["total"]
    assert 0 < fewer < every


def test_search_offers_what_would_be_found(baozhai) -> None:
    """Where nothing is found the terminal offers what the bot's buttons do, with counts."""
    baozhai("ingest", str(SAMPLES))
    assert "改搜：托管班（" in baozhai("search", "托管班 飞碟").output


def test_search_stdin_answers_each_line_in_order(baozhai) -> None:
    """A JSON line a query, also for words that mean nothing."""
    baozhai("ingest", str(SAMPLES))
    queries = ["白天鹅", "没有这样的词组呀", '"', "", "一元公交"]
    answers = [
        json.loads(line)
        for line in baozhai("search", "--stdin", stdin="\n".join(queries) + "\n").output.splitlines()
    ]
    assert [answer["query"] for answer in answers] == queries
    assert [bool(answer["total"]) for answer in answers] == [True, False, False, False, True]
    assert answers[1]["message"]


def test_ingest_asks_for_what_it_cannot_know(baozhai, tmp_path: Path) -> None:
    """A question on stderr, exit code 1, nothing stored."""
    page = tmp_path / "scan.txt"
    page.write_text("村口修好了新桥\n\n清水村的新桥昨天通车，全村人出行不再绕路。\n", encoding="utf-8")
    result = baozhai("ingest", str(page))
    assert result.return_value == 1 and "Which paper is it?" in result.output
    assert json.loads(baozhai("search", "新桥", "--json").output)["total"] == 0
    assert (
        baozhai(
            "ingest", str(page), "--paper", "清水日报", "--date", "2026-11-19", "--page", "3"
        ).return_value
        == 0
    )
    assert json.loads(baozhai("search", "新桥", "--json").output)["total"] == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["ingest", "nowhere"], 2, "no nowhere"),
        (["digest", "--date", "2024-13-45"], 2, "write it as 2024-08-05"),
        (["digest", "--date", "1999-01-01"], 1, "no articles of 1999-01-01"),
        (["digest"], 1, "no articles yet"),
        (["show", "77"], 1, "no article 77"),
        (["search"], 2, "What shall be searched"),
        (["--config", "nowhere.toml", "digest"], 2, "nowhere.toml"),
        (["parse", "nowhere.txt"], 1, "cannot be opened"),
    ],
)
def test_mistakes_are_one_sentence_and_an_exit_code(
    tmp_path: Path, words: list[str], code: int, says: str
) -> None:
    """Run as a process: no trace reaches the operator."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "BAOZHAI_DATA": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


INTERRUPTED = """
import os, runpy, signal, sys, types
class Slow(types.ModuleType):
    def __getattr__(self, name):
        os.kill(os.getpid(), signal.SIGINT)
        raise AttributeError(name)
sys.modules["bot.cli"] = Slow("bot.cli")
runpy.run_module("bot", run_name="__main__")
"""


def test_ctrl_c_while_the_program_is_still_being_read_shows_no_trace() -> None:
    """It takes a second or two; whoever has changed their mind by then did nothing wrong."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")


def test_check_passes_on_a_fresh_store_and_names_what_is_wrong(baozhai, tmp_path: Path, monkeypatch) -> None:
    """Each finding says what was seen; a broken database file says how to mend it."""
    record = json.loads(baozhai("check", "--json", "--offline").output)
    assert record["ok"] and {"configuration", "database", "search index", "token"} <= {
        f["what"] for f in record["findings"]
    }
    wrong_value = tmp_path / "wrong.toml"
    wrong_value.write_text("[delivery]\nhour = 25\n")
    assert baozhai("--config", str(wrong_value), "check", "--offline").return_value == 2
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "baozhai.db").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("BAOZHAI_DATA", str(broken))
    result = baozhai("check", "--json", "--offline")
    record = json.loads(result.output)
    wrong = [finding for finding in record["findings"] if not finding["ok"]]
    assert result.return_value == 1 and wrong[0]["what"] == "database" and wrong[0]["mend"]


def test_summarize_answers_each_line_and_names_a_wrong_one(baozhai) -> None:
    """Verbatim spans for articles, an error object for what is none."""
    text = (
        "本报讯（记者 甘雨田）11月18日，清水村的新桥建成通车，全村320户人家出行不再绕路。村民们放起了鞭炮。"
    )
    lines = [json.dumps({"id": "a", "text": text, "title": "新桥通车"}, ensure_ascii=False), "no json"]
    result = baozhai("summarize", stdin="\n".join(lines))
    first, second = map(json.loads, result.output.splitlines())
    assert first["id"] == "a" and first["summary"] and all(span in text for span in first["summary"])
    assert "Line 2" in second["error"] and result.return_value == 1
