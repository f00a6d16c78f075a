"""Which addresses may be asked: the configured host and port, hosts the configuration names, and no others; pure.

A page is written by strangers. Its links, redirects, refreshes and lists must not make this machine talk to itself or to
its neighbours, so an address is judged before anything is sent.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from store.sources.errors import Refused

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Trust:
    """The hosts with their ports that may be asked."""

    places: frozenset[tuple[str, int]]

    def judge(self, url: str) -> None:
        """Raises Refused, with the reason, where the address may not be asked."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise Refused(url, "it is no proper address") from error
        if parts.scheme not in _DEFAULT_PORTS:
            raise Refused(url, f"only http and https are read, not {parts.scheme or 'nothing'}:")
        if not parts.hostname:
            raise Refused(url, "it names no host")
        if parts.username or parts.password:
            raise Refused(url, "it carries a name or password")
        host = parts.hostname.lower().rstrip(".")
        if (host, port or _DEFAULT_PORTS[parts.scheme]) in self.places:
            return
        kind = inner_kind(host)
        if kind:
            raise Refused(url, f"it leads to a {kind} address")
        raise Refused(
            url, f"it leads to another host ({host}), which the configuration does not name in `hosts`"
        )


def trust(url: str, hosts: Iterable[str] = ()) -> Trust:
    """Trust in the host and port of `url`, in its other scheme on the usual ports, and in `hosts`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 80)
    places = {(host, port)}
    if port in _DEFAULT_PORTS.values():
        places |= {(host, other) for other in _DEFAULT_PORTS.values()}
    for named in hosts:
        other = urlsplit(named if "//" in named else f"//{named}")
        name = (other.hostname or "").lower()
        places |= {(name, other.port)} if other.port else {(name, usual) for usual in _DEFAULT_PORTS.values()}
    return Trust(frozenset(places))


def inner_kind(host: str) -> str:
    """ "loopback", "private" or "link-local" where a host's name or number says so, else ""."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return "loopback" if "localhost" in host else "private"
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # 127.1, 2130706433, 0x7f000001: old spellings of an address that resolvers still take
        bare = host.replace(".", "")
        if bare.isdigit() or (host.startswith("0x") and all(c in "0123456789abcdefx." for c in host)):
            return "private"
        return ""
    inner = getattr(number, "ipv4_mapped", None) or number
    if inner.is_loopback or inner.is_unspecified:
        return "loopback"
    if inner.is_link_local:
        return "link-local"
    return "private" if inner.is_private or inner.is_reserved or inner.is_multicast else ""
