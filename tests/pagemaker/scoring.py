"""The benchmark's scorer for tests: benchmarks/ is a folder of scripts, no package."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from store.models import PageText
from store.pages import parse_page

_FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@cache
def load(name: str) -> Any:
    """A script of benchmarks/ as a module."""
    spec = importlib.util.spec_from_file_location(name, _FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def score(text: str, gold: dict[str, Any]) -> Counter[str]:
    """The parser's counts on one page."""
    scores = load("page_scores")
    load("page_view")
    predicted = load("pages").as_dicts(parse_page(PageText(tuple(text.split("\n")))))
    counts: Counter[str] = scores.score_page(gold, predicted, text)
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """The figures of counts added up."""
    found: dict[str, float] = load("page_scores").figures(counts)
    return found
