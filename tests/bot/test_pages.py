"""Corrections in words, and the page as operators see it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.commands.page_words import Lines, One, Place, understand
from tests.store.test_correcting import PAGE

NAME = "河汾日报/2026-11-19/2"


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("line 12 is a headline", Lines("title", 12, 12)),
        ("Line 12 is a subhead.", Lines("subhead", 12, 12)),
        ("lines 12-14 are a caption", Lines("caption", 12, 14)),
        ("lines 12 to 14 are a photo's caption", Lines("caption", 12, 14)),
        ("line 3 is text", Lines("body", 3, 3)),
        ("line 3 is a second line", Lines("subtitle", 3, 3)),
        ("12行是标题", Lines("title", 12, 12)),
        ("第12至14行是图片说明", Lines("caption", 12, 14)),
        ("articles 2 and 3 are one", One(2, 3)),
        ("第2篇和第3篇是一篇", One(2, 3)),
        ("page is 河汾日报 2026-11-19 page 3", Place("河汾日报", date(2026, 11, 19), 3)),
        ("this page is page 4", Place("", None, 4)),
        ("这版是河汾日报2026-11-19第3版", Place("河汾日报", date(2026, 11, 19), 3)),
        ("line twelve is a headline", None),
        ("delete everything", None),
    ],
)
def test_words_are_understood(words: str, meaning: object) -> None:
    """English and Chinese, with and without articles; what is not understood is not guessed."""
    assert understand(words) == meaning


@pytest.fixture
def baozhai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BAOZHAI_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("BAOZHAI_TOKEN", raising=False)
    file = tmp_path / "河汾日报" / "2026-11-19" / "02.md"
    file.parent.mkdir(parents=True)
    file.write_text(PAGE, encoding="utf-8")

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words), standalone_mode=False)

    assert run("ingest", str(file)).exit_code == 0
    return run


def test_operator_corrects_a_page_in_words_and_exports_it(baozhai, tmp_path: Path) -> None:
    """Show, correct, show again, the HTML page, gold, undo."""
    shown = baozhai("pages", "show", NAME).output
    assert "   5 subhead     1  # 量水的本子记了三年" in shown
    assert "new 1" in baozhai("pages", "correct", NAME, "line", "5", "is", "a", "headline").output
    shown = baozhai("pages", "show", NAME).output
    assert "   5 title       2  # 量水的本子记了三年" in shown and "corrected: line 5: title" in shown
    web = tmp_path / "page.html"
    baozhai("pages", "show", NAME, "--html", str(web))
    assert "量水的本子记了三年" in web.read_text("utf-8") and "<script" not in web.read_text("utf-8")
    assert "1 pages" in baozhai("pages", "gold", str(tmp_path / "gold")).output
    gold = json.loads((tmp_path / "gold" / "河汾日报-2026-11-19-2.json").read_text("utf-8"))
    assert [one["title"] for one in gold["articles"]] == [
        "石碾村的老井有了新主人",
        "量水的本子记了三年",
        "飞檐镇山货大集开张",
    ]
    assert f"{NAME}  marks 0  corrections 1" in baozhai("pages", "list").output
    assert "gone 1" in baozhai("pages", "undo", NAME).output


def test_what_cannot_be_corrected_is_said_in_one_sentence(baozhai) -> None:
    """An unknown page, a blank line, words without sense."""
    assert "No page" in baozhai("pages", "show", "河汾日报/2026-11-19/9").output
    assert "blank" in baozhai("pages", "correct", NAME, "line 2 is a headline").output
    assert "not understood" in str(baozhai("pages", "correct", NAME, "make it right").exception)
