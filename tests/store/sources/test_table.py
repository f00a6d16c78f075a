"""Every family under every trap; the table of docs/sources.md says what is tried here and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.families import BUILDERS
from tests.sites.traps import LETTERS, ONE_ANSWER, TRAPS, try_trap

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"
PAIRS = [(family, trap) for family in BUILDERS for trap in TRAPS]


def cannot_be_set(family: str, trap: str) -> bool:
    """Whether the family has no room for the trap."""
    if trap == "A01, B01, 0607":
        return family not in LETTERS | ONE_ANSWER
    return family in ONE_ANSWER and trap in ("page 404", "5 MB", "focus block")


@pytest.mark.parametrize(("family", "trap"), PAIRS)
def test_family_is_read_as_it_should_be_under_a_trap(family: str, trap: str) -> None:
    """On a site in miniature, without a socket."""
    assert try_trap(family, trap) is (None if cannot_be_set(family, trap) else True)


def test_table_in_the_docs_is_what_is_tried() -> None:
    """A sign for each pair: ✓ read as it should be, · the trap cannot be set."""
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    wanted = {
        f"| `{family}` | " + " | ".join("·" if cannot_be_set(family, trap) else "✓" for trap in TRAPS) + " |"
        for family in BUILDERS
    }
    assert wanted <= set(rows)
    assert "| | " + " | ".join(TRAPS) + " |" in rows
