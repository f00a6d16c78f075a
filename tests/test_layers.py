"""One direction: bot → digests → store. Read from the import statements themselves."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {"store": {"store"}, "digests": {"store", "digests"}, "bot": {"store", "digests", "bot"}}
OURS = {"store", "digests", "bot", "tests", "benchmarks"}
OWNERS = {
    "sqlite3": ("store/connection.py", "store/salvage.py"),  # the usual door does not open a damaged file
    "jieba": ("store/chinese/words.py", "store/chinese/lexicon.py"),
    "rjieba": ("store/chinese/words.py",),
    "telegram": ("bot/",),
    "apscheduler": ("bot/",),
    "tomllib": ("bot/config.py",),
}
"""Libraries that only one place may know."""


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed once for all laws."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports(file: Path) -> set[str]:
    """The modules a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def sources() -> list[Path]:
    """Every file of the three packages."""
    return [file for package in ALLOWED for file in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_down(file: Path) -> None:
    """Nothing points back, and tests are imported by nobody."""
    package = file.relative_to(ROOT).parts[0]
    wrong = {name for name in imports(file) if name.split(".")[0] in OURS - ALLOWED[package]}
    assert not wrong


@pytest.mark.parametrize("library", OWNERS)
def test_library_has_one_door(library: str) -> None:
    """sqlite3, jieba, Telegram … are known to their owners only."""
    users = {
        str(file.relative_to(ROOT))
        for file in sources()
        if any(name.split(".")[0] == library for name in imports(file))
    }
    strangers = {user for user in users if not user.startswith(OWNERS[library])}
    # records of rows are sqlite3.Row; naming the type opens no connection
    if library == "sqlite3":
        strangers = {
            user for user in strangers if "sqlite3.connect" in (ROOT / user).read_text(encoding="utf-8")
        }
    assert not strangers


def imported_files(file: Path) -> set[str]:
    """Our own modules that a file imports, also only for their types, by dotted name."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from room import file` imports the file, not its room
            names = [
                inner if (ROOT / f"{inner.replace('.', '/')}.py").exists() else node.module
                for inner in (f"{node.module}.{alias.name}" for alias in node.names)
            ]
        else:
            continue
        found |= {name for name in names if name.split(".")[0] in ALLOWED}
    return found


def test_no_files_import_each_other_in_a_circle() -> None:
    """Each file can be read after those it imports: there is an order in which everything was said before it is used."""
    left = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): imported_files(file)
        for file in sources()
    }
    while True:
        free = {name for name, needs in left.items() if not (needs & left.keys()) - {name}}
        if not free:
            break
        left = {name: needs for name, needs in left.items() if name not in free}
    assert not left, "in a circle or above one"
