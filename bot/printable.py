"""Text from pages, sites and file names made safe for a terminal: what would be a command to it is taken out.

A terminal obeys ESC sequences and the C1 controls (ECMA-48); direction marks turn a line round. Colours are ours alone
and are put on afterwards.
"""

from __future__ import annotations

import re

_COMMANDS = re.compile(
    r"\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles, clipboard, links, with their text
    r"|\x1b[PX^_][^\x1b\x9c]*(?:\x1b\\|\x9c)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor, erasing
    r"|\x1b[ -/]*[0-~]?"  # all other escapes
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text without terminal commands, control and direction characters; line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _COMMANDS.sub("", text.replace("\r\n", "\n")))


def on_one_line(text: str) -> str:
    """`printable`, and a line break in it (a file's name may have one) cannot begin a line of its own."""
    return printable(text).replace("\n", "␤").replace("\t", " ")
