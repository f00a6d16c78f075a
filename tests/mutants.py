"""How well do the tests guard the code?  `make mutants` changes one thing at a time and asks whether a test notices.

    python -m tests.mutants                       # nine mutants of each module of GUARDED: the better part of an hour
    python -m tests.mutants store/tables/outbox.py --each 30 --seed 7

A mutant is a copy of the repository in which one comparison, number, boolean operator, `not`, `return`, or one
condition of a SQL statement is different.  The tests named beside the module are run on it until one fails: then the
mutant is killed.  A mutant that survives is printed with its line, to be read by eye: either a law is missing, or the
change means nothing.  Sites are sampled with a seed, so a run can be repeated.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GUARDED: dict[str, tuple[str, ...]] = {
    "store/tables/outbox.py": ("tests/store/tables", "tests/properties/test_outbox_machine.py"),
    "store/tables/planning.py": ("tests/store/tables", "tests/properties/test_outbox_machine.py"),
    "store/tables/editions.py": ("tests/store/tables", "tests/store/test_ingest.py"),
    "store/tables/page_articles.py": ("tests/store/tables", "tests/store/test_ingest.py"),
    "store/tables/mailings.py": ("tests/store/tables", "tests/properties/test_outbox_machine.py"),
    "digests/day/arrangement.py": ("tests/digests/day", "tests/properties/test_digest_laws.py"),
    "digests/day/numbers.py": ("tests/digests/day",),
    "bot/delivery/sender.py": ("tests/bot/delivery", "tests/bot/test_delivery_trouble.py"),
    "bot/delivery/due.py": ("tests/bot/delivery", "tests/store/test_timetable.py"),
    "bot/delivery/pace.py": ("tests/bot/delivery",),
    "store/pages/assembly.py": ("tests/store/pages", "tests/properties/test_page_laws.py"),
    "store/pages/repeats.py": ("tests/store/pages", "tests/properties/test_page_laws.py"),
    "store/pages/photos.py": ("tests/store/pages", "tests/properties/test_page_laws.py"),
    "store/pages/looks.py": ("tests/store/pages/test_features.py", "tests/store/pages/test_roles.py"),
    "store/pages/features.py": ("tests/store/pages/test_features.py", "tests/store/pages/test_roles.py"),
    "store/pages/roles.py": ("tests/store/pages", "tests/properties/test_page_laws.py"),
}
"""Module -> the tests that ought to notice when it is wrong; all of them are run."""

TEST_SECONDS = 900
"""A mutant whose tests run longer than this hangs: killed."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_SQL_CONDITION = re.compile(
    r"\b(?P<join>AND|OR)\s+(?P<what>[\w.]+\s*(?:=|<>|<=|>=|<|>|IS NOT|IS)\s*[\w.:?']+)"
)
"""One condition of a WHERE clause that can be left out without breaking the statement."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed place. `source` is the whole changed module."""

    line: int
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class _Site:
    line: int
    what: str
    change: Callable[[], str]


def mutants(source: str, *, most: int, seed: int) -> tuple[int, list[Mutant]]:
    """(number of places that could be changed, at most `most` of them changed, one a mutant)."""
    sites = [*_code_sites(source), *_sql_sites(source)]
    chosen = random.Random(seed).sample(sites, min(most, len(sites)))
    made = (Mutant(site.line, site.what, site.change()) for site in sorted(chosen, key=lambda one: one.line))
    return len(sites), [one for one in made if one.source != source]


def _code_sites(source: str) -> Iterator[_Site]:
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
            other = ast.Compare(node.left, [_COMPARED[type(node.ops[0])]()], node.comparators)
            yield _site(lines, node, other)
        elif isinstance(node, ast.BoolOp):
            other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield _site(lines, node, ast.BoolOp(other_op, node.values))
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield _site(lines, node, node.operand)
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield _site(lines, node, ast.Constant(node.value * 2 if abs(node.value) > 1 else node.value + 1))
        elif isinstance(node, ast.Return) and node.value is not None and not _is_constant(node.value, None):
            yield _site(lines, node, ast.Return(ast.Constant(None)))


def _is_constant(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _site(lines: Sequence[str], node: ast.expr | ast.stmt, other: ast.AST) -> _Site:
    written = ast.unparse(ast.fix_missing_locations(other))
    if isinstance(node, ast.expr):
        written = f"({written})"

    def change() -> str:
        start, end = (
            _offset(lines, node.lineno, node.col_offset),
            _offset(lines, node.end_lineno or 0, node.end_col_offset or 0),
        )
        text = "".join(lines).encode()
        return (text[:start] + written.encode() + text[end:]).decode()

    return _Site(node.lineno, f"{ast.unparse(node)}  ->  {written}", change)


def _offset(lines: Sequence[str], line: int, column: int) -> int:
    """Bytes before this place; `ast` counts columns in UTF-8 bytes."""
    return sum(len(one.encode()) for one in lines[: line - 1]) + column


def _sql_sites(source: str) -> Iterator[_Site]:
    for found in _SQL_CONDITION.finditer(source):
        neutral = "1 = 1" if found["join"] == "AND" else "1 = 0"
        changed = source[: found.start("what")] + neutral + source[found.end("what") :]
        line = source.count("\n", 0, found.start()) + 1
        yield _Site(line, f"{found[0]!r} without its condition", partial(str, changed))


def is_killed(root: Path, module: str, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails on `mutant`; `root` is a copy of the repository, left as it was."""
    file = root / module
    before = file.read_text(encoding="utf-8")
    file.write_text(mutant.source, encoding="utf-8")
    try:
        return _fails(root, tests)
    finally:
        file.write_text(before, encoding="utf-8")


def _fails(root: Path, tests: Sequence[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, timeout=TEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table a module and the survivors; 1 when the unchanged code fails its own tests."""
    parser = argparse.ArgumentParser(
        description="Change the code one place at a time; ask whether a test notices."
    )
    parser.add_argument("modules", nargs="*", default=list(GUARDED), help="files of GUARDED; all by default")
    parser.add_argument("--each", type=int, default=9, help="mutants of each module (default 9)")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "copy"
        shutil.copytree(
            ROOT, root, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "data", "out")
        )
        tried = killed = 0
        for module in chosen.modules:
            tests = GUARDED[module]
            if _fails(root, tests):
                print(f"{module}: its tests fail on the code as it is", file=sys.stderr)
                return 1
            sites, made = mutants(
                (root / module).read_text(encoding="utf-8"), most=chosen.each, seed=chosen.seed
            )
            survivors = [one for one in made if not is_killed(root, module, one, tests)]
            tried, killed = tried + len(made), killed + len(made) - len(survivors)
            print(
                f"{module}: {sites} places, {len(made)} tried, {len(made) - len(survivors)} killed",
                flush=True,
            )
            for one in survivors:
                print(f"    line {one.line}: {' '.join(one.what.split())[:150]}", flush=True)
        print(f"killed {killed} of {tried}" + (f" ({killed / tried:.0%})" if tried else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
