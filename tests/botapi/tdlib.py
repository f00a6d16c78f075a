"""Telegram's own parser (TDLib, offline) as a second opinion on every text that is sent."""

from __future__ import annotations

import json
import re
from typing import Any

import tdjson

_QUIET = tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
_TYPES = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeUnderline": "underline",
    "textEntityTypeStrikethrough": "strikethrough",
    "textEntityTypeSpoiler": "spoiler",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeMentionName": "text_mention",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypePreCode": "pre",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeCustomEmoji": "custom_emoji",
    "textEntityTypeDateTime": "date_time",
}
_LINK = re.compile(r"<a[\s>]", re.IGNORECASE)

Parsed = tuple[str, list[tuple[str, int, int, str, str]]]
"""The text and its entities: (type, offset, length, url, language)."""


def parse(markup: str) -> Parsed | str:
    """What TDLib makes of Telegram HTML, or the sentence it refuses it with."""
    answer = execute("parseTextEntities", text=markup, parse_mode={"@type": "textParseModeHTML"})
    if answer["@type"] == "error":
        return str(answer["message"]).removeprefix("Can't parse entities: ")
    entities = sorted(
        (
            _TYPES[entity["type"]["@type"]],
            entity["offset"],
            entity["length"],
            entity["type"].get("url", ""),
            entity["type"].get("language", ""),
        )
        for entity in answer["entities"]
    )
    return answer["text"], entities


def execute(kind: str, **fields: Any) -> dict[str, Any]:
    """One synchronous TDLib request."""
    request = json.dumps({"@type": kind, **fields}, ensure_ascii=False).encode("utf-8", "replace")
    answer: dict[str, Any] = json.loads(tdjson.td_execute(request) or b"{}")
    return answer


def complaints(markup: str, parsed: Parsed | str | None = None) -> list[str]:
    """What would silently go wrong with `markup`: links that vanish, entities beyond the hundredth."""
    if parsed is None:
        parsed = parse(markup)
    if isinstance(parsed, str):
        return []  # refused aloud: the caller hears of it
    found = []
    links, kept = (
        len(_LINK.findall(markup)),
        sum(kind in ("text_link", "text_mention") for kind, *_ in parsed[1]),
    )
    if kept < links:
        found.append(f"{links - kept} of {links} links would vanish")
    if len(parsed[1]) > 100:
        found.append(f"{len(parsed[1])} entities, only 100 are kept")
    return found
