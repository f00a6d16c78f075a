"""The catalogue: the same sentences with the same facts in both languages, each used, none missing."""

from __future__ import annotations

import ast
import string
from datetime import date
from pathlib import Path

import pytest

from bot.handlers.commands import COMMANDS
from bot.settings.screens import SCREENS
from bot.texts import LANGUAGES, en, full_date, language_of, plain, remark, say, short_date, zh
from bot.texts.markup import Html
from tests.botapi import tdlib

BOT = Path(__file__).parents[2] / "bot"
FORMED = (
    *(f"command_{command.name}" for command in COMMANDS if command.in_menu),
    *(f"screen_{name}" for name in SCREENS if name != "main"),
)
"""Keys put together from names in code."""


def facts(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def spoken_keys() -> tuple[set[str], list[str]]:
    """(keys written out in calls of say and plain, beginnings of keys that are put together)."""
    whole, parts = set(), []
    for path in BOT.rglob("*.py"):
        if path.name in ("zh.py", "en.py"):
            continue  # the catalogue itself names every key
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                pieces = [piece.value if isinstance(piece, ast.Constant) else "*" for piece in node.values]
                parts.append("".join(str(piece) for piece in pieces))
    return whole, parts


def test_languages_have_the_same_keys_and_facts() -> None:
    """A sentence missing in one language is a KeyError for somebody."""
    chinese, english = LANGUAGES["zh"], LANGUAGES["en"]
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert facts(chinese[key]) == facts(english[key]), key


def test_notices_of_the_search_have_english_twins() -> None:
    """bot/texts/zh.py and bot/texts/en.py name the same codes and facts."""
    assert zh.REMARKS.keys() == en.REMARKS.keys()
    for code, sentence in zh.REMARKS.items():
        assert facts(sentence) == facts(en.REMARKS[code]), code
    assert remark("en", "not_a_page", {"value": "x"}).startswith("“x” is not a page")


def test_every_sentence_is_used() -> None:
    """What nobody can read is left out."""
    whole, parts = spoken_keys()
    beginnings = [part.split("*")[0] for part in parts if "*" in part]
    endings = [part.rsplit("*", 1)[1] for part in parts if part.startswith("*")]

    def used(key: str) -> bool:
        return (
            key in whole
            or key in FORMED
            or any(start.endswith("_") and key.startswith(start) for start in beginnings)
            or any(end.startswith("_") and key.endswith(end) for end in endings)
        )

    assert [key for key in LANGUAGES["zh"] if not used(key)] == []


def test_every_key_that_is_spoken_exists() -> None:
    """A key in a call of say or plain is in the catalogue."""
    asked = set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("say", "plain")
            ):
                for key in node.args[1:2]:
                    if isinstance(key, ast.Constant):
                        asked.add(str(key.value))
    assert len(asked) > 50 and asked <= LANGUAGES["zh"].keys()


@pytest.mark.parametrize("key", FORMED)
def test_keys_made_of_names_exist(key: str) -> None:
    """A new command or screen needs its sentence."""
    for language in LANGUAGES:
        assert plain(language, key)


def test_every_sentence_is_valid_for_telegram() -> None:
    """With facts that look like markup, each sentence parses and shows them."""
    for language, texts in LANGUAGES.items():
        for key, template in texts.items():
            html = say(
                language,
                key,
                **{name: "<&>7" if name not in ("page", "month") else 7 for name in facts(template)},
            )
            parsed = tdlib.parse(html)
            assert not isinstance(parsed, str), (key, parsed)


def test_facts_are_escaped_unless_they_are_html() -> None:
    """A headline with an angle bracket is text."""
    assert say("zh", "rule_gone") == plain("zh", "rule_gone")
    assert "&lt;b&gt;" in say("zh", "search_nothing", words="<b>")
    assert "<b>x</b>" in say("zh", "follow_kept", rule=Html("<b>x</b>"))
    assert "<b>" in plain("zh", "followed_toast", name="<b>")


def test_descriptions_fit_telegram() -> None:
    """Bot API: description 512, short description 120, command description 256 characters."""
    for language in LANGUAGES:
        assert len(plain(language, "bot_description")) <= 512
        assert len(plain(language, "bot_short_description")) <= 120
        assert all(len(plain(language, key)) <= 256 for key in FORMED if key.startswith("command_"))


def test_dates_are_written_as_each_language_does() -> None:
    """Weekday with the full date, the year only where asked."""
    day = date(2024, 8, 5)
    assert full_date("zh", day) == "2024年8月5日 星期一" and full_date("en", day) == "Mon, 5 Aug 2024"
    assert short_date("zh", day) == "8月5日" and short_date("zh", day, year=True) == "2024年8月5日"
    assert short_date("en", day, year=True) == "5 Aug 2024"


def test_language_follows_the_readers_telegram() -> None:
    """English for English, Chinese for everybody else."""
    assert [language_of(code) for code in ("en", "en-GB", "zh-hans", "fr", "", None)] == [
        "en",
        "en",
        "zh",
        "zh",
        "zh",
        "zh",
    ]
