"""Telegram's HTML: markup → text and entities, or the sentence Telegram refuses it with.

Written from the documented rules and from what TDLib answers (the tests compare the two on thousands of texts).
Offsets of entities are UTF-16 units; offsets in the refusals are bytes of the UTF-8 markup, both as in Telegram.
What happens to a parsed text before it is sent (trimming, limits) is the business of `formatting.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bot.loopback import links

# Two names may mean one thing, yet an end tag must repeat the name of its start tag.
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_SPACE = " \t\r\n\0\v"
_NO_SPACE = re.compile(f"[^{_SPACE}]")
_NAME_END = re.compile(f"[{_SPACE}>]")
_ATTRIBUTE_END = re.compile(f"[{_SPACE}=>/\"']")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_USER_LINK = re.compile(r"tg:(?://)?user\?id=([1-9]\d{0,15})", re.IGNORECASE)


@dataclass(frozen=True)
class Entity:
    """A styled stretch of a text, in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user_id: int = 0
    value: str = ""  # custom_emoji_id, or the unix time of a date

    @property
    def end(self) -> int:
        """The offset of the first unit after it."""
        return self.offset + self.length


def utf16(text: str) -> int:
    """Its length as Telegram counts offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class MarkupError(Exception):
    """Telegram would not parse this; the message is Telegram's own sentence."""


@dataclass
class _Open:
    tag: str
    argument: str
    at: int  # where it begins in the text, UTF-16 units
    text_at: int  # the same in characters
    byte_at: int


@dataclass
class _Reader:
    markup: str
    text: list[str] = field(default_factory=list)
    chars: int = 0
    units: int = 0
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def byte(self, index: int) -> int:
        return len(self.markup[:index].encode("utf-8", "surrogatepass"))

    def put(self, words: str) -> None:
        self.text.append(words)
        self.chars += len(words)
        self.units += utf16(words)


def parse(markup: str) -> tuple[str, tuple[Entity, ...]]:
    """The text a reader sees and its entities, in order; refused markup raises `MarkupError`."""
    reader = _Reader(markup.split("\0")[0])
    source, index = reader.markup, 0
    while index < len(source):
        char = source[index]
        if char == "&":
            decoded, index = _reference(source, index)
            reader.put(decoded)
        elif char != "<":
            plain = _PLAIN.match(source, index)
            assert plain is not None  # neither "<" nor "&" stands here
            reader.put(plain[0])
            index = plain.end()
        elif source[index + 1 : index + 2] == "/":
            index = _end_tag(reader, index)
        else:
            index = _start_tag(reader, index)
    if reader.opened:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{reader.opened[-1].tag}"')
    text = "".join(reader.text)
    if _SURROGATE.search(text):
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
        )
    return text, _sorted(reader.entities)


def _reference(source: str, index: int) -> tuple[str, int]:
    """What the reference at `index` stands for and where reading goes on."""
    found = _REFERENCE.match(source, index)
    return (_decoded(found), found.end()) if found else ("&", index + 1)


def _decoded(found: re.Match[str]) -> str:
    """The character a reference stands for; an unknown one stays as it is written."""
    if found[3]:
        return _NAMED.get(found[3], found[0])
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if 0 < number < 0x10FFFF else found[0]


def _start_tag(reader: _Reader, begin: int) -> int:
    source, index = reader.markup, begin + 1
    index = _until(source, index, _NAME_END)
    if index >= len(source):
        raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    tag = source[begin + 1 : index].lower()
    if tag not in _KINDS:
        raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {reader.byte(begin)}')
    argument = ""
    while source[index] != ">":
        index = _past_space(source, index)
        if source[index : index + 1] == ">":
            break
        name, value, index = _attribute(reader, tag, begin, index)
        if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")):
            argument = value
        elif tag == "code" and name == "class" and value.startswith("language-"):
            argument = value.removeprefix("language-")
        elif tag == "span" and name == "class" and value.startswith("tg-"):
            argument = value.removeprefix("tg-")
        elif tag == "blockquote" and name == "expandable":
            argument = "1"
    if tag == "span" and argument != "spoiler":
        raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.byte(begin)}')
    reader.opened.append(_Open(tag, argument, reader.units, reader.chars, begin))
    return index + 1


def _attribute(reader: _Reader, tag: str, begin: int, index: int) -> tuple[str, str, int]:
    source, start = reader.markup, index
    index = _until(source, index, _ATTRIBUTE_END)
    name = source[start:index].lower()
    if not name:
        raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {reader.byte(begin)}')
    index = _past_space(source, index)
    if source[index : index + 1] != "=":
        if index >= len(source):
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {reader.byte(begin)}')
        return name, "", index
    index = _past_space(source, index + 1)
    if index >= len(source):
        raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {reader.byte(begin)}')
    quote = source[index]
    if quote not in "'\"":
        token = _NAME_TOKEN.match(source, index)
        assert token is not None  # it matches the empty text too
        if token.end() >= len(source):
            raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
        if source[token.end()] not in _SPACE + ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {reader.byte(index)}")
        return name, token[0].lower(), token.end()
    index += 1
    end = source.find(quote, index)
    if end < 0:
        raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    value = _REFERENCE.sub(_decoded, source[index:end])
    index = end + 1
    if index >= len(source):
        raise MarkupError(f"Unclosed start tag at byte offset {reader.byte(begin)}")
    return name, value, index


def _end_tag(reader: _Reader, begin: int) -> int:
    if not reader.opened:
        raise MarkupError(f"Unexpected end tag at byte offset {reader.byte(begin)}")
    source = reader.markup
    index = _until(source, begin + 2, _NAME_END)
    tag = source[begin + 2 : index].lower()
    index = _past_space(source, index)
    if source[index : index + 1] != ">":
        raise MarkupError(f"Unclosed end tag at byte offset {reader.byte(begin)}")
    opened = reader.opened.pop()
    if tag and tag != opened.tag:
        raise MarkupError(
            f'Unmatched end tag at byte offset {reader.byte(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    if reader.units > opened.at:
        _add(reader, opened)
    return index + 1


def _add(reader: _Reader, opened: _Open) -> None:
    kind, length = _KINDS[opened.tag], reader.units - opened.at
    if kind == "text_link":
        address = opened.argument or "".join(reader.text)[opened.text_at :]
        user = _USER_LINK.fullmatch(address)
        url = links.checked(address)
        if user:
            reader.entities.append(Entity("text_mention", opened.at, length, user_id=int(user[1])))
        elif url:
            reader.entities.append(Entity(kind, opened.at, length, url=url))
    elif kind == "blockquote":
        reader.entities.append(
            Entity("expandable_blockquote" if opened.argument else kind, opened.at, length)
        )
    elif kind == "custom_emoji" or kind == "date_time":
        if opened.argument.isdecimal() and int(opened.argument):
            reader.entities.append(Entity(kind, opened.at, length, value=opened.argument))
    elif kind in ("code", "pre"):
        _add_code(reader, kind, opened.argument, opened.at, length)
    else:
        reader.entities.append(Entity(kind, opened.at, length))


def _add_code(reader: _Reader, kind: str, language: str, at: int, length: int) -> None:
    """`pre` and `code` around the same text are one block if `code` names a language, else they stay two."""
    last = reader.entities[-1] if reader.entities else None
    same = (
        last is not None
        and (last.offset, last.length) == (at, length)
        and {last.type, kind} == {"code", "pre"}
    )
    if last is not None and same and (language or last.language):
        language = language or last.language
        reader.entities[-1] = Entity("pre", at, length, language=language)
        return
    reader.entities.append(Entity(kind, at, length, language=language))


def _sorted(entities: list[Entity]) -> tuple[Entity, ...]:
    """In order of their beginning, the longer first; the language of a `code` without `pre` is dropped."""
    entities = [replace(entity, language="") if entity.type == "code" else entity for entity in entities]
    order = {"blockquote": 0, "expandable_blockquote": 0, "pre": 1, "code": 1, "text_link": 2}
    return tuple(
        sorted(entities, key=lambda entity: (entity.offset, -entity.length, order.get(entity.type, 3)))
    )


def _until(source: str, index: int, stop: re.Pattern[str]) -> int:
    found = stop.search(source, index)
    return found.start() if found else len(source)


def _past_space(source: str, index: int) -> int:
    return _until(source, index, _NO_SPACE)
