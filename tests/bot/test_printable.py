"""bot/printable.py, bot/commands/saying.py: what a page holds cannot command the terminal it is shown in."""

from __future__ import annotations

import ast
import json
import logging
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some

from bot import commands, logs
from bot.cli import cli
from bot.printable import on_one_line, printable

HOSTILE = "通车\x1b[31m了\x1b]0;标题\x07，\x9b2J全村\u202e老少\x1b[8m\x1b]52;c;eHh4\x1b\\来看\x07"
"""Colours, a window's title, erasing, a reversed line, hidden text, the clipboard, a bell."""


def is_safe(text: str) -> bool:
    """Nothing in it that a terminal obeys or that turns a line round."""
    return not any(
        (ord(one) < 32 and one not in "\n\t") or 127 <= ord(one) < 160 or one in "\u202e\u2066\ufeff"
        for one in text
    )


def test_commands_go_and_the_words_stay() -> None:
    """Also the arguments of a sequence, which would else stand in the line."""
    assert printable(HOSTILE) == "通车了，全村老少来看"
    assert printable("第一行\n\t第二行 — “引文” 🙂 é") == "第一行\n\t第二行 — “引文” 🙂 é"
    assert on_one_line("a\nok  b.txt") == "a␤ok  b.txt"


@given(some.text(alphabet=some.sampled_from("\x1b[]P\\;0m\x07\x9b\x9c字A\n"), max_size=40) | some.text())
def test_nothing_that_commands_a_terminal_is_left(text: str) -> None:
    """Whatever the text; and what is safe is not touched again."""
    assert is_safe(printable(text))
    assert printable(printable(text)) == printable(text)


def test_verbs_print_through_say_alone() -> None:
    """A verb that prints by itself would bring the escapes back."""
    for file in Path(commands.__file__).parent.glob("*.py"):
        if file.name == "saying.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in (
                    "print",
                    "click.echo",
                    "click.secho",
                    "click.style",
                    "sys.stdout.write",
                ), file


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ready article whose words would command a terminal, in a file whose name would too, ingested."""
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("BAOZHAI_TOKEN", raising=False)
    file = tmp_path / "a\x1b[31mb\nnew  c.jsonl"
    line = {
        "title": f"新桥{HOSTILE}",
        "body": f"本报讯　{HOSTILE}。",
        "paper": "河东晚报",
        "date": "2026-11-19",
        "page": 1,
    }
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def test_no_verb_lets_a_page_command_the_terminal(page: Path) -> None:
    """On a terminal (color) only click's own colours come through; in a pipe and in JSON nothing does."""
    run = CliRunner()
    for words in (["parse", str(page)], ["ingest", str(page)], ["search", "新桥"], ["show", "1"], ["digest"]):
        plain = run.invoke(cli, words, standalone_mode=False)
        assert plain.exception is None and ("新桥" in plain.output or words[0] in ("parse", "ingest")), words
        assert is_safe(plain.output), words
        coloured = run.invoke(cli, words, standalone_mode=False, color=True).output
        assert is_safe(re.sub(r"\x1b\[[0-9;]*m", "", coloured)) and "\x1b[8m" not in coloured, words
    answer = run.invoke(cli, ["show", "1", "--json"], standalone_mode=False).output
    assert is_safe(answer)
    lines = run.invoke(cli, ["ingest", str(page)], standalone_mode=False).output.splitlines()
    assert not any(line.startswith("new  c") for line in lines)


def test_log_lines_cannot_command_the_terminal_either(capsys: pytest.CaptureFixture[str]) -> None:
    """A file's name in a warning is shown in journals and terminals."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs._QUIETED}
    try:
        for form in ("text", "json"):
            logs.configure("INFO", form=form)
            logging.getLogger("bot").warning("%s cannot be read", HOSTILE)
    finally:
        root.handlers[:], root.level = handlers, level
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)
    written = capsys.readouterr().err
    assert "全村" in written and is_safe(written)
