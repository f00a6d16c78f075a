"""From a parsed text to the text that is sent: cleaned, trimmed, within Telegram's limits, or refused.

Parsing is `html.py`; this file knows the limits and what Telegram does silently (entities beyond the hundredth, commands
found in plain text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.loopback import html
from bot.loopback.errors import bad_request
from bot.loopback.html import Entity, utf16

MAX_MARKUP_BYTES = 32_768  # Bot API server, get_formatted_text
MAX_TEXT = 4096  # code points after parsing (Bot API, TDLib utf8_length)
MAX_CAPTION = 1024
MAX_ENTITIES = 100  # beyond it Telegram drops them without a word
MAX_ENTITY_BYTES = 9500  # approximately, by the author of the Bot API server (issue 165)

_REMOVED = re.compile("[\r\u202a-\u202e\u0333\u033f\u030a]")  # TDLib clean_input_string takes these out
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")  # ... and turns these into spaces
_TRIMMED = " \n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = _TRIMMED + "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
# What a tap turns into something in plain text; only what Baozhai's texts can hold.
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}+(?:@[A-Za-z0-9_]{3,32}+(?![\w/<>])|(?![\w/<>@]))")
_URL = re.compile(
    r"(?<![\w/])https?://[\w-]+(?:\.[\w-]+)+(?:[/?#:][^\s<>\"'，。；！？、）》」』]*)?", re.IGNORECASE
)
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")
_HIDE_INSIDE = frozenset({"code", "pre", "text_link", "text_mention"})
_ENTITY_NAMES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "text_mention",
    "blockquote", "expandable_blockquote", "custom_emoji", "date_time",
}  # fmt: skip


@dataclass(frozen=True)
class Formatted:
    """A text as it stands in a message."""

    text: str
    entities: tuple[Entity, ...] = ()


NO_TEXT = Formatted("")


def formatted(
    text: str,
    parse_mode: str = "",
    entities: Iterable[Mapping[str, Any]] = (),
    *,
    limit: int = MAX_TEXT,
    optional: bool = False,
) -> Formatted:
    """What a reader gets for `text`; refused as Telegram refuses it.  `optional`: a caption, which may be empty."""
    if not text:
        if optional:
            return NO_TEXT
        raise bad_request("message text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > MAX_MARKUP_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        try:
            parsed = Formatted(*html.parse(text))
        except html.MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    elif mode in ("", "none"):
        parsed = Formatted(text, tuple(_given(entities)))
    else:  # Markdown is legal at Telegram's; Baozhai speaks HTML only, so the model refuses to guess
        raise bad_request(f"unsupported parse_mode (the loopback model knows HTML only, not {parse_mode!r})")
    clean = trimmed(cleaned(parsed))
    if not clean.text.strip(_INVISIBLE):
        if optional:
            return NO_TEXT
        raise bad_request("text must be non-empty")
    if len(clean.text) > limit:
        raise bad_request("message caption is too long" if optional else "message is too long")
    ready = with_automatic(Formatted(clean.text, _settled(clean.entities)))
    if _entity_bytes(ready.entities) > MAX_ENTITY_BYTES:
        raise bad_request("ENTITIES_TOO_LONG")
    return Formatted(ready.text, ready.entities[:MAX_ENTITIES])


def cleaned(parsed: Formatted) -> Formatted:
    """Without what Telegram takes out of every text; offsets follow."""
    plain = _CONTROL.sub(" ", parsed.text)
    if not _REMOVED.search(plain):
        return parsed if plain is parsed.text else Formatted(plain, parsed.entities)
    gone: list[int] = []
    at = 0
    for char in plain:
        if _REMOVED.match(char):
            gone.append(at)
        at += utf16(char)
    return Formatted(_REMOVED.sub("", plain), tuple(_without(parsed.entities, gone)))


def trimmed(parsed: Formatted) -> Formatted:
    """Without spaces and line ends around it."""
    if parsed.text == parsed.text.strip(_TRIMMED):
        return parsed
    text = parsed.text.lstrip(_TRIMMED)
    cut = utf16(parsed.text) - utf16(text)
    text = text.rstrip(_TRIMMED)
    length = utf16(text)
    kept: list[Entity] = []
    for entity in parsed.entities:
        start, end = max(0, entity.offset - cut), min(length, entity.end - cut)
        if end > start:
            kept.append(replace(entity, offset=start, length=end - start))
    return Formatted(text, tuple(kept))


def with_automatic(parsed: Formatted) -> Formatted:
    """With the commands, addresses and mentions that Telegram finds in plain text."""
    if not any(mark in parsed.text for mark in ("/", "@")):
        return parsed
    taken = [(entity.offset, entity.end) for entity in parsed.entities if entity.type in _HIDE_INSIDE]
    found: list[Entity] = []
    for kind, pattern in (("url", _URL), ("bot_command", _COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(parsed.text):
            offset, length = utf16(parsed.text[: match.start()]), utf16(match[0])
            if all(offset + length <= start or offset >= end for start, end in taken):
                found.append(Entity(kind, offset, length))
                taken.append((offset, offset + length))
    order = sorted([*parsed.entities, *found], key=lambda entity: (entity.offset, -entity.length))
    return Formatted(parsed.text, tuple(order))


def entity_json(entity: Entity) -> dict[str, Any]:
    """The MessageEntity of the Bot API."""
    record: dict[str, Any] = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url:
        record["url"] = entity.url
    if entity.language:
        record["language"] = entity.language
    if entity.user_id:
        record["user"] = {"id": entity.user_id, "is_bot": False, "first_name": ""}
    if entity.value:
        record["custom_emoji_id" if entity.type == "custom_emoji" else "unix_time"] = entity.value
    return record


def _given(entities: Iterable[Mapping[str, Any]]) -> Iterable[Entity]:
    for record in entities:
        kind = str(record.get("type", ""))
        if kind not in _ENTITY_NAMES:  # found by Telegram itself, or unknown: passed over as Telegram does
            continue
        user = record.get("user") or {}
        yield Entity(
            kind,
            int(record.get("offset", 0)),
            int(record.get("length", 0)),
            url=str(record.get("url", "")),
            language=str(record.get("language", "")),
            user_id=int(user.get("id", 0)),
            value=str(record.get("custom_emoji_id", "")),
        )


def _without(entities: Iterable[Entity], gone: list[int]) -> Iterable[Entity]:
    for entity in entities:
        before = sum(at < entity.offset for at in gone)
        inside = sum(entity.offset <= at < entity.end for at in gone)
        if entity.length > inside:
            yield replace(entity, offset=entity.offset - before, length=entity.length - inside)


def _settled(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """No style within code, and neighbours of one style joined, as a message comes back from Telegram."""
    code = [(entity.offset, entity.end) for entity in entities if entity.type in ("code", "pre")]
    kept: list[Entity] = []
    for entity in entities:
        inside = any(start <= entity.offset and entity.end <= end for start, end in code)
        if inside and entity.type not in ("code", "pre", "blockquote", "expandable_blockquote"):
            continue
        joined = next(
            (
                index
                for index, other in enumerate(kept)
                if other.type == entity.type and other.end >= entity.offset and _plain_style(entity)
            ),
            None,
        )
        if joined is None:
            kept.append(entity)
        else:
            other = kept[joined]
            kept[joined] = replace(other, length=max(other.end, entity.end) - other.offset)
    return tuple(kept)


def _plain_style(entity: Entity) -> bool:
    return entity.type in ("bold", "italic", "underline", "strikethrough", "spoiler")


def _entity_bytes(entities: Iterable[Entity]) -> int:
    """What the entities take in Telegram's own protocol: three words each, an address in words of four bytes."""
    return sum(12 + (4 + (len(entity.url.encode()) + 3) // 4 * 4 if entity.url else 0) for entity in entities)
