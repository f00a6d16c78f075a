"""Make facts.json: what the Bot API takes, for the methods Baozhai and its tests speak.

    python -m tests.botapi.make_facts api.slim.json > tests/botapi/facts.json

The input is the machine-readable Bot API of PaulSonOfLars/telegram-bot-api-spec (MIT; its notice goes into the output).
Kept are names, types and whether a parameter is required, for the methods below and the types they reach.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

METHODS = (
    "getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
    "sendMessage", "sendDocument", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage",
    "answerCallbackQuery", "answerInlineQuery",
    "getChat", "getChatMember", "getChatAdministrators", "getFile",
    "setMyCommands", "getMyCommands", "deleteMyCommands",
    "setMyName", "getMyName", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription", "setChatMenuButton", "getChatMenuButton",
)  # fmt: skip
LICENSE = (
    "Derived from PaulSonOfLars/telegram-bot-api-spec. MIT License. Copyright (c) 2020 Paul Larsen. "
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated "
    'documentation files (the "Software"), to deal in the Software without restriction, including without limitation the '
    "rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit "
    "persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and "
    "this permission notice shall be included in all copies or substantial portions of the Software. "
    'THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE '
    "WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR "
    "COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR "
    "OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."
)


def facts(spec: dict[str, Any]) -> dict[str, Any]:
    """The compact facts: a type is [[names of its variants]] or its fields; "!" before the types marks a required one."""
    methods = {name: _fields(spec["methods"][name]) for name in METHODS}
    types: dict[str, Any] = {}
    reached = [kind for fields in methods.values() for field in fields.values() for kind in _named(field)]
    while reached:
        name = reached.pop()
        if name in types or name not in spec["types"]:
            continue
        record = spec["types"][name]
        variants = record.get("subtypes")
        types[name] = {"": variants} if variants else _fields(record)
        reached += variants or [kind for field in types[name].values() for kind in _named(field)]
    return {
        "license": LICENSE,
        "version": spec["version"],
        "methods": methods,
        "types": dict(sorted(types.items())),
    }


def _fields(record: dict[str, Any]) -> dict[str, list[str]]:
    return {
        field["name"]: [*(["!"] if field["required"] else []), *field["types"]]
        for field in record.get("fields", [])
    }


def _named(types: list[str]) -> list[str]:
    return [name.replace("Array of ", "") for name in types if name != "!"]


if __name__ == "__main__":
    table = facts(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = []
    for part in ("methods", "types"):
        rows = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(fields, separators=(',', ':'))}"
            for name, fields in table[part].items()
        )
        lines.append(f'"{part}": {{\n{rows}\n}}')
    head = f'"license": {json.dumps(table["license"])},\n"version": {json.dumps(table["version"])}'
    print("{\n" + head + ",\n" + ",\n".join(lines) + "\n}")
