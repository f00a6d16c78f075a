"""What people are told is true: commands, keys, verbs and files that the papers name are there."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.commands import VERBS, load
from bot.config_keys import RULES
from bot.handlers.commands import COMMANDS

ROOT = Path(__file__).parent.parent
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(paper: Path) -> None:
    """Every relative link in a paper names a file that exists."""
    text = paper.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    missing = [target for target in targets if not (paper.parent / target).exists()]
    assert not missing


def test_every_command_of_the_bot_is_in_both_readmes_or_help() -> None:
    """A newcomer finds the commands of the menu in the README."""
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        missing = [command.name for command in COMMANDS if command.in_menu and f"/{command.name}" not in text]
        assert not missing, name


def test_commands_that_the_readmes_name_exist() -> None:
    """No promise without a command."""
    known = {"newbot", "quit"}  # BotFather's, and the terminal's own
    known |= {name for command in COMMANDS for name in (command.name, *command.aliases)}
    for name in ("README.md", "README.zh-CN.md"):
        named = set(re.findall(r"`/([a-z]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert named <= known, name


def test_every_configuration_key_has_a_comment_in_the_shipped_file() -> None:
    """config.toml is the reference: each key stands there, explained by itself or its neighbour."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    shipped = tomllib.loads(text)
    assert {section: set(keys) for section, keys in shipped.items()} == {s: set(k) for s, k in RULES.items()}


def test_every_verb_is_documented() -> None:
    """docs/cli.md has a row for each verb and names each of its options."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1].split()[0]: row for row in text.splitlines() if row.startswith("| `")}
    for verb in map(load, VERBS):
        assert verb.name in rows
        options = {
            option for parameter in verb.params for option in parameter.opts if option.startswith("--")
        }
        missing = {option for option in options if option not in text}
        assert not missing, verb.name


def test_migrations_have_a_number_each() -> None:
    """No number twice (m10b is another than m10); a gap is one that somebody else is still writing."""
    numbers = [path.name.split("_")[0] for path in (ROOT / "store" / "migrations").glob("m*.py")]
    assert len(numbers) == len(set(numbers))
