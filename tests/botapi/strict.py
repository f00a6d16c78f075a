"""Whether a call is one the Bot API documents: its method, its parameters, their types, deep into objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FACTS = Path(__file__).with_name("facts.json")


@cache
def facts() -> dict[str, Any]:
    """The facts as make_facts.py wrote them."""
    table: dict[str, Any] = json.loads(_FACTS.read_text(encoding="utf-8"))
    return table


def method_named(name: str) -> str | None:
    """The documented spelling of a method; Telegram ignores case."""
    return _spellings().get(name.lower())


@cache
def _spellings() -> dict[str, str]:
    return {name.lower(): name for name in facts()["methods"]}


def wrong(method: str, values: Mapping[str, Any], files: Mapping[str, Any]) -> list[str]:
    """What is wrong with a call of `method` (documented spelling), in words; empty when nothing is."""
    known = facts()["methods"][method]
    complaints = [f"{method}: unknown parameter {name!r}" for name in values if name not in known]
    complaints += [
        f"{method}: file under unknown name {name!r}"
        for name in files
        if name not in known and not any(f"attach://{name}" in str(value) for value in values.values())
    ]
    for name, types in known.items():
        if name in files:
            if "InputFile" not in types:
                complaints.append(f"{method}: {name} takes no file")
        elif name not in values:
            if "!" in types:
                complaints.append(f"{method}: required parameter {name!r} is missing")
        else:
            complaints += _misfits(f"{method}: {name}", _decoded(values[name], types), types)
    return complaints


def _decoded(value: Any, types: list[str]) -> Any:
    """A form brings everything as text: numbers and objects are read from it, as the server does."""
    if not isinstance(value, str) or "String" in types or "InputFile" in types:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _misfits(place: str, value: Any, types: list[str]) -> list[str]:
    best: list[str] | None = None
    for kind in types:
        if kind == "!":
            continue
        found = list(_misfit(place, value, kind))
        if not found:
            return []
        if best is None or len(found) < len(best):
            best = found
    return best or []


def _misfit(place: str, value: Any, kind: str) -> Iterator[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"{place}: expected {kind}, not {_shown(value)}"
        else:
            for index, item in enumerate(value):
                yield from _misfit(f"{place}[{index}]", item, kind.removeprefix("Array of "))
    elif kind in ("Integer", "Float", "Boolean", "String", "InputFile"):
        wanted: tuple[type, ...] = {
            "Integer": (int,), "Float": (int, float), "Boolean": (bool,), "String": (str,), "InputFile": (str,)
        }[kind]  # fmt: skip
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "Boolean"):
            yield f"{place}: expected {kind}, not {_shown(value)}"
    else:
        yield from _misfit_object(place, value, kind)


def _misfit_object(place: str, value: Any, kind: str) -> Iterator[str]:
    fields = facts()["types"][kind]
    if not isinstance(value, dict):
        yield f"{place}: expected {kind}, not {_shown(value)}"
    elif "" in fields:  # one of several; the nearest one complains
        yield from _misfits(place, value, fields[""])
    else:
        for name in value:
            if name not in fields:
                yield f"{place}: {kind} has no field {name!r}"
        for name, types in fields.items():
            if name in value:
                yield from _misfits(f"{place}.{name}", value[name], types)
            elif "!" in types:
                yield f"{place}: {kind} needs {name!r}"


def _shown(value: Any) -> str:
    return f"{type(value).__name__} {str(value)[:40]!r}"
