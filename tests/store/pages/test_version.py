"""The parser's version rises when its output changes: pages stored before are then parsed again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from store.models import PageText
from store.pages import parse_page
from store.tables.editions import PARSER

ROOT = Path(__file__).resolve().parents[3]
RECORDED = ROOT / "tests" / "data" / "parser_output.txt"


def fingerprint() -> str:
    """What the parser makes of the invented pages, without the figures of confidence."""
    told: list[object] = []
    for file in [
        *sorted((ROOT / "tests" / "data" / "pages").glob("*.txt")),
        *sorted((ROOT / "samples").rglob("0*.*")),
    ]:
        page = parse_page(PageText(tuple(file.read_text(encoding="utf-8").split("\n"))))
        told += [
            [a.kind, a.kicker, a.title, a.subtitle, a.byline.raw, a.body, a.subheads, a.lines]
            for a in page.articles
        ]
        told += [[piece.role, piece.text] for piece in page.set_aside]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def test_version_rises_when_the_output_changes() -> None:
    """Output and version are recorded together: raise PARSER in store/tables/editions.py, then write the new line down."""
    version, recorded = RECORDED.read_text(encoding="utf-8").split()
    found = fingerprint()
    assert (version, recorded) == (PARSER, found), f"the output changed: raise PARSER and record {found}"
