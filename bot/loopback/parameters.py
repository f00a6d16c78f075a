"""Parameters of a call, read as leniently as the Bot API server reads them: a number may come as text, an object as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.loopback.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    filename: str
    content: bytes
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Parameters:
    """The parameters of one call; `files` by field name."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text `name`, "" where absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, name: str, default: int = 0) -> int:
        """The whole number `name`."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"can't parse integer parameter {name}") from None

    def flag(self, name: str) -> bool:
        """Whether `name` is set."""
        value = self.values.get(name)
        return value is True or (isinstance(value, (str, int)) and str(value).lower() in ("true", "yes", "1"))

    def structure(self, name: str) -> Any:
        """The object or list `name`, None where absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"object expected as {name.replace('_', ' ')}") from None

    def records(self, name: str) -> list[Mapping[str, Any]]:
        """The list of objects `name`, empty where absent."""
        value = self.structure(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise bad_request(f"can't parse {name}: expected an Array of objects")
        return value

    def file(self, name: str) -> Upload | None:
        """The file meant by `name`: sent under that name, or attached under another."""
        value = self.text(name)
        if value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)
