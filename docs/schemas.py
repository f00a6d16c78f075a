"""Writes docs/schema/VERB.json, a JSON Schema for each verb with --json, from the types in bot/commands/shapes/.

    python docs/schemas.py

A test (tests/bot/test_schemas.py) holds the files to the types, and real output to the files.
"""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from bot.commands.shapes import SHAPES

FOLDER = Path(__file__).parent / "schema"
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def schema(name: str, shape: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a shape, those it is made of under $defs."""
    parts: dict[str, Any] = {}
    whole = _object(shape, parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **whole,
        **({"$defs": dict(sorted(parts.items()))} if parts else {}),
    }


def _object(shape: type, parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    optional = {key for key, hint in hints.items() if get_origin(hint) is NotRequired}
    return {
        "type": "object",
        "description": " ".join((shape.__doc__ or "").split()),
        "properties": {key: _type(hint, parts) for key, hint in hints.items()},
        "required": [key for key in hints if key not in optional],
    }


def _type(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return _type(arguments[0], parts)
    if origin is Annotated:
        found = _type(arguments[0], parts)
        for note in arguments[1:]:
            key, value = note.split(": ", 1) if note.startswith("format: ") else ("description", note)
            found = {**found, key: value}
        return found
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(argument, parts) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": _type(arguments[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(arguments[1], parts)}
    if is_typeddict(hint):
        if hint.__name__ not in parts:
            parts[hint.__name__] = {}  # a shape may hold itself
            parts[hint.__name__] = _object(hint, parts)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {} if hint is object else {"type": _PLAIN[hint]}


def texts() -> dict[str, str]:
    """File name → what stands in it."""
    return {
        f"{name}.json": json.dumps(schema(name, shape), ensure_ascii=False, indent=2) + "\n"
        for name, shape in SHAPES.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(FOLDER / name)
