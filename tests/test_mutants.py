"""The mutants of `make mutants` are what they say: one place different, and found out where a test guards it."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.mutants import GUARDED, ROOT, is_killed, mutants

SOURCE = '''\
"""Small."""

CLAIM = "UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'waiting'"


def is_late(hour: int, limit: int) -> bool:
    """Whether the hour is past the limit（晚）."""
    return hour > limit and not limit < 0


def doubled(value: int) -> int:
    """Twice."""
    return value * 3
'''


def test_each_mutant_changes_one_place_and_still_parses() -> None:
    """Comparison, `and`, `not`, number, `return` and a SQL condition are all among the places."""
    sites, made = mutants(SOURCE, most=100, seed=1)
    assert sites == len(made) == 9
    for one in made:
        ast.parse(one.source)
        assert sum(a != b for a, b in zip(SOURCE.splitlines(), one.source.splitlines(), strict=True)) == 1
    said = " ".join(one.what for one in made)
    assert "hour >= limit" in said and " or " in said and "AND state = 'waiting'" in said and "None" in said


def test_a_seed_repeats_its_sample() -> None:
    """A survivor can be looked at again."""
    assert mutants(SOURCE, most=3, seed=5) == mutants(SOURCE, most=3, seed=5)
    assert mutants(SOURCE, most=3, seed=5)[1] != mutants(SOURCE, most=3, seed=6)[1]


def test_a_guarded_place_is_killed_and_an_unguarded_one_survives(tmp_path: Path) -> None:
    """The file is put back after each mutant."""
    (tmp_path / "small.py").write_text(SOURCE, encoding="utf-8")
    law = "from small import is_late\n\ndef test_late():\n    assert not is_late(3, 3) and is_late(4, 3)\n"
    (tmp_path / "test_small.py").write_text(law, encoding="utf-8")
    made = {
        one.line: one
        for one in mutants(SOURCE, most=100, seed=1)[1]
        if "hour >= limit" in one.what or "6" in one.what
    }
    late, twice = made[8], made[13]
    assert is_killed(tmp_path, "small.py", late, ["test_small.py"])
    assert not is_killed(tmp_path, "small.py", twice, ["test_small.py"])
    assert (tmp_path / "small.py").read_text(encoding="utf-8") == SOURCE


def test_guarded_modules_and_their_tests_exist() -> None:
    """A moved file takes its line in GUARDED along."""
    assert not [
        one for module, tests in GUARDED.items() for one in (module, *tests) if not (ROOT / one).exists()
    ]
