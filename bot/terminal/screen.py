"""A message as a reader would see it, in lines of a terminal.

Links and folded quotes get numbers that can be typed (`L2`, `X1`), buttons the numbers they are pressed by.
What a typed number does is the business of `console.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from bot.loopback.html import Entity
from bot.loopback.keyboards import Button
from bot.loopback.records import Message
from bot.terminal.words import Words
from bot.terminal.wrapping import wrap

FOLDED_LINES = 3  # what Telegram's clients show of an expandable quote
PREVIEW_LINES = 10  # of a text document
_BAR = ("│ ", "blue")
_QUOTE_BAR = ("▎", "green")
_STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "spoiler": "dim reverse",
    "code": "yellow",
    "pre": "yellow",
    "text_link": "underline cyan",
    "url": "underline cyan",
    "text_mention": "cyan",
    "mention": "cyan",
    "bot_command": "cyan",
}
_QUOTES = ("blockquote", "expandable_blockquote")
_ACTION_SIGNS = {"url": "↗", "copy_text": "⧉", "switch_inline_query": "➤", "web_app": "▣"}


@dataclass(frozen=True)
class _Line:
    """A line of the message before it is broken; `quote` counts the quotes from 1, 0 is none."""

    text: Text
    quote: int


def rendered(
    message: Message,
    words: Words,
    *,
    name: str,
    width: int = 80,
    edited: bool = False,
    unfolded: bool = False,
) -> list[Text]:
    """The lines of a message of the bot; `unfolded` shows expandable quotes whole."""
    lines = [_header(message, words, name, edited=edited)]
    if message.document is not None:
        lines += [Text.assemble(_BAR, part) for part in _document(message, width - 2)]
    body = width - 2
    quotes = [entity for entity in message.entities if entity.type in _QUOTES]
    lines += [Text.assemble(_BAR, part) for part in _body(message, quotes, words, body, unfolded=unfolded)]
    lines += _keyboard(message, width)
    return lines


def echoed(message: Message, words: Words) -> Text:
    """A reader's own message, when it is not on the screen already."""
    shown = message.text or message.sticker
    return Text.assemble((f"{words.you} › ", "bold green"), shown)


def pressed(button: Button, words: Words) -> Text:
    """A press, where the typed number is not on the screen."""
    return Text.assemble((f"{words.you} › ", "bold green"), f"[{button.text}]")


def notice(text: str, label: str = "") -> Text:
    """A line about what happened, not a message."""
    return Text.assemble(("  » ", "magenta"), (f"[{label}] " if label else "", "magenta"), (text, "italic"))


def foldable(message: Message) -> list[Entity]:
    """Its expandable quotes, in order: `X1` is the first."""
    return [entity for entity in message.entities if entity.type == "expandable_blockquote"]


def _header(message: Message, words: Words, name: str, *, edited: bool) -> Text:
    header = Text.assemble((f"{name} ", "bold blue"), (f"#{message.message_id}", "dim"))
    notes = [note for note, shown in ((words.edited, edited), (words.silent, message.silent)) if shown]
    if notes:
        header.append(f"  ({', '.join(notes)})", style="dim")
    return header


def _document(message: Message, width: int) -> Iterator[Text]:
    assert message.document is not None
    document = message.document
    size = len(document.content)
    shown = f"{size / 1024:.1f} KB" if size >= 1024 else f"{size} B"
    yield Text.assemble(("▤ ", "bold"), (document.filename, "bold"), (f"  {shown}", "dim"))
    if document.mime_type.startswith("text/") or document.filename.endswith((".json", ".txt", ".csv")):
        lines = document.content.decode("utf-8", "replace").splitlines()
        for line in lines[:PREVIEW_LINES]:
            cut = Text(line, style="dim")
            cut.truncate(width, overflow="ellipsis")
            yield cut
        if len(lines) > PREVIEW_LINES:
            yield Text("…", style="dim")


def _body(
    message: Message, quotes: list[Entity], words: Words, width: int, *, unfolded: bool
) -> Iterator[Text]:
    folded_number = 0
    group: list[_Line] = []
    lines = _styled_lines(message, quotes) if message.text else []
    for line in [*lines, None]:
        if group and (line is None or line.quote != group[0].quote):
            quote = group[0].quote
            if not quote:
                for part in group:
                    yield from wrap(part.text, width)
            else:
                parts = [piece for part in group for piece in wrap(part.text, width - 2)]
                if quotes[quote - 1].type == "expandable_blockquote":
                    folded_number += 1
                    left_out = len(parts) - FOLDED_LINES
                    if left_out > 1 and not unfolded:
                        parts = parts[:FOLDED_LINES]
                        parts.append(
                            Text(words.more_lines.format(left_out, f"X{folded_number}"), style="dim italic")
                        )
                for piece in parts:
                    yield Text.assemble(_QUOTE_BAR, " ", piece)
            group = []
        if line is not None:
            group.append(line)


def _styled_lines(message: Message, quotes: list[Entity]) -> list[_Line]:
    """The text in its own lines, styled, with a number after each link."""
    text = Text()
    starts = _units_to_chars(message.text)
    ends_of_links = {
        starts[entity.end]: number
        for number, entity in enumerate(
            (entity for entity in message.entities if entity.type in ("text_link", "url")), 1
        )
    }
    shifts: list[tuple[int, int]] = []  # (place in the message, cells put in before it)
    for index, char in enumerate(message.text):
        if index in ends_of_links:
            mark = f"[L{ends_of_links[index]}]"
            text.append(mark, style="dim")
            shifts.append((index, len(mark)))
        text.append(char)
    if len(message.text) in ends_of_links:
        text.append(f"[L{ends_of_links[len(message.text)]}]", style="dim")

    def place(char: int, *, end: bool) -> int:
        return char + sum(length for at, length in shifts if at < char or (at == char and not end))

    for entity in message.entities:
        style = _STYLES.get(entity.type)
        if style:
            start, end = place(starts[entity.offset], end=False), place(starts[entity.end], end=True)
            text.stylize(style, start, end)
    lines: list[_Line] = []
    at = 0
    spans = [(place(starts[quote.offset], end=False), place(starts[quote.end], end=True)) for quote in quotes]
    for line in text.split("\n", allow_blank=True):
        inside = [number for number, (start, end) in enumerate(spans, 1) if start <= at < end]
        lines.append(_Line(line, inside[0] if inside else 0))
        at += len(line.plain) + 1
    return lines


def _units_to_chars(text: str) -> dict[int, int]:
    """UTF-16 offset → index of the character, for every place an entity may begin or end at."""
    places: dict[int, int] = {}
    unit = 0
    for index, char in enumerate(text):
        places[unit] = index
        if char > "\uffff":
            places[unit + 1] = index
            unit += 1
        unit += 1
    places[unit] = len(text)
    return places


def _keyboard(message: Message, width: int) -> list[Text]:
    lines: list[Text] = []
    number = 0
    for row in message.markup.rows:
        line = Text.assemble(("└ ", "blue") if not lines else "  ")
        for button in row:
            number += 1
            label = _label(number, button, width - 3)
            if line.cell_len > 2 and line.cell_len + label.cell_len > width:
                lines.append(line)
                line = Text("  ")
            line.append_text(label)
            line.append(" ")
        lines.append(line)
    for answers in message.markup.answers:
        line = Text.assemble(("└ ", "blue") if not lines else "  ")
        for answer in answers:
            number += 1
            line.append(f"[{number} {answer}] ", style="bold green")
        lines.append(line)
    return lines


def _label(number: int, button: Button, width: int) -> Text:
    sign = _ACTION_SIGNS.get(button.action, "")
    label = Text.assemble(
        "[", (str(number), "bold"), " ", (button.text, "cyan"), f" {sign}" if sign else "", "]"
    )
    if label.cell_len > width:
        label.truncate(width, overflow="ellipsis")
    return label
