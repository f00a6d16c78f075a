"""Telegram's HTML: the few tags that are used, escaping, and what a piece of HTML weighs.

Every function takes plain text and returns `Html`; what is `Html` already is not escaped again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape as _escape
from html import unescape
from html.parser import HTMLParser

# Control characters become blanks at Telegram, and these vanish there (TDLib, misc.cpp clean_input_string): we take
# them out ourselves so that what is measured is what is shown. Left-to-right marks go with them: one unpaired
# override in a name would turn the rest of the message round.
_VANISHING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u0333\u033f\u030a]"
)


class Html(str):
    """Text that is valid Telegram HTML."""

    __slots__ = ()


def escape(text: str) -> Html:
    """The text as HTML; `Html` stays as it is."""
    if isinstance(text, Html):
        return text
    return Html(_escape(clean(text), quote=False))


def clean(text: str) -> str:
    """The text as Telegram would keep it: without control and direction characters, without lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _VANISHING.sub("", text).encode("utf-8", "ignore").decode("utf-8")


def bold(text: str) -> Html:
    """<b>"""
    return Html(f"<b>{escape(text)}</b>")


def is_visible(text: str) -> bool:
    """Whether there is anything to see, and so to tap, in the plain text."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in clean(text))


def link(text: str, url: str) -> Html:
    """<a>; the url must be a full one, for Telegram silently drops links it does not like, as it does empty ones."""
    if not is_visible(text):
        text = "…"
    return Html(f'<a href="{_escape(url, quote=True)}">{escape(text)}</a>')


def folded(text: str) -> Html:
    """A quotation that is shown with three lines until it is tapped."""
    return Html(f"<blockquote expandable>{escape(text)}</blockquote>")


def join(separator: str, pieces: list[Html]) -> Html:
    """The pieces with a (plain) separator between them."""
    return Html(escape(separator).join(pieces))


@dataclass(frozen=True, slots=True)
class Weight:
    """What counts against Telegram's limits: the shown text in UTF-16 units, marked pieces, bytes of their urls."""

    units: int = 0
    entities: int = 0
    entity_bytes: int = 0
    raw_bytes: int = 0

    def __add__(self, other: Weight) -> Weight:
        return Weight(
            self.units + other.units,
            self.entities + other.entities,
            self.entity_bytes + other.entity_bytes,
            self.raw_bytes + other.raw_bytes,
        )

    def fits(self, limit: Weight) -> bool:
        """Whether nothing is above the limit."""
        return (
            self.units <= limit.units
            and self.entities <= limit.entities
            and self.entity_bytes <= limit.entity_bytes
            and self.raw_bytes <= limit.raw_bytes
        )


def units(text: str) -> int:
    """The length of a plain text in UTF-16 code units."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


class _Scale(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entities = 0
        self.url_bytes = 0
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.entities += 1
        self.url_bytes += sum(len((value or "").encode()) for name, value in attrs if name == "href")

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


# Things that Telegram marks by itself, each an entity of its own: addresses, hashtags, commands, mentions, numbers.
_AUTOMATIC = re.compile(r"[\w-]+\.\w{2,}|https?://|#\w+|@\w{4,}|/\w+|\$[A-Z]{1,8}|\+?\d[\d ()-]{7,}")
ENTITY_OVERHEAD_BYTES = 24
"""What an entity costs beside its url; the sum that Telegram refuses is near 9,500 bytes (telegram-bot-api issue 165)."""


def weigh(html: str) -> Weight:
    """What the HTML weighs once parsed."""
    scale = _Scale()
    scale.feed(html)
    scale.close()
    shown = "".join(scale.shown)
    entities = scale.entities + len(_AUTOMATIC.findall(shown))
    return Weight(
        units(shown), entities, scale.url_bytes + entities * ENTITY_OVERHEAD_BYTES, len(html.encode())
    )


def shown(html: str) -> str:
    """The text a reader sees."""
    return unescape(re.sub(r"<[^>]*>", "", html))
