"""Addresses as Telegram takes them: normalised, or refused.

A refused address in a text makes the link vanish without an error; in a button it refuses the whole message.
Checked against TDLib's own parser in the tests.
"""

from __future__ import annotations

import ipaddress
import re

# "tg:", "ton:" and "tonsite:" addresses name something inside Telegram and go without a host.
_INSIDE = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE)
_WEB = re.compile(r"(?:(https?)://)?([^/?#]*)([/?#].*)?", re.IGNORECASE | re.DOTALL)
_HOST_AND_PORT = re.compile(r"(?:([^@]*)@)?(\[.*\]|[^:@]*)(?::0*(\d{1,5}))?", re.DOTALL)
_INSIDE_NAME = re.compile(r"[A-Za-z0-9_-]+")
# Letters of any script and the marks RFC 3986 lets stand in a name; a percent sign needs its two digits.
_HOST = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=\-]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})+")
_START = re.compile(
    r"https?://(?:t\.me|telegram\.me)/([A-Za-z0-9_]{3,32})/?\?start=([A-Za-z0-9_-]{1,64})", re.IGNORECASE
)
_START_INSIDE = re.compile(r"tg://resolve\?domain=([A-Za-z0-9_]{3,32})&start=([A-Za-z0-9_-]{1,64})")


def checked(address: str) -> str | None:
    """`address` as Telegram stores it, or None where Telegram refuses it."""
    inside = _INSIDE.match(address)
    if inside:
        return _checked_inside(inside[1].lower(), address[inside.end() :])
    web = _WEB.fullmatch(address)
    if web is None:
        return None
    protocol, authority, rest = (web[1] or "http").lower(), web[2], (web[3] or "/").rstrip(" \t\r\n\0\v")
    parts = _HOST_AND_PORT.fullmatch(authority)
    if parts is None:
        return None
    user, host, port = parts[1], _lower(parts[2]), parts[3]
    if not _good_host(host) or (user and not _HOST.fullmatch(user.replace(":", ""))):
        return None
    if port is not None and not 0 < int(port) < 65536:
        return None
    if not rest.startswith("/"):
        rest = "/" + rest
    rest = "".join(f"%{ord(char):02X}" if ord(char) <= 32 else char for char in rest)
    return f"{protocol}://{f'{user}@' if user else ''}{host}{f':{int(port)}' if port else ''}{rest}"


def start_payload(address: str, bot_username: str) -> str | None:
    """What `/start` would be given when a reader taps `address`, if it is a deep link to this bot."""
    found = _START.fullmatch(address) or _START_INSIDE.fullmatch(address)
    if found is None or found[1].lower() != bot_username.lower():
        return None
    return found[2]


def _good_host(host: str) -> bool:
    """A name with a dot in it, or an IPv6 address in brackets."""
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return host.endswith("]")
    return bool(_HOST.fullmatch(host)) and "." in host and host != "."


def _checked_inside(protocol: str, rest: str) -> str | None:
    name = _INSIDE_NAME.match(rest)
    if protocol == "tg":
        if name is None or (name.end() < len(rest) and rest[name.end()] not in "/?#"):
            return None
        return f"tg://{_lower(name[0])}{rest[name.end() :]}"
    host = re.match(r"[^/?#]*", rest)
    assert host is not None  # the pattern matches the empty text too
    if not _HOST.fullmatch(host[0]) or (protocol == "tonsite" and "." not in host[0]):
        return None
    tail = rest[host.end() :] or "/"
    return f"{protocol}://{_lower(host[0])}{tail if tail.startswith('/') else '/' + tail}"


def _lower(text: str) -> str:
    """ASCII letters only, as Telegram does."""
    return "".join(char.lower() if char.isascii() else char for char in text)
