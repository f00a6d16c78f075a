"""Addresses, compared with TDLib's own check."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loopback import links
from tests.botapi import tdlib

_ADDRESSES = [
    "http://a.com", "a.com", "ftp://a.com", "javascript:1", "http://localhost", "http://1.2.3.4/x", "http://a.com:8080",
    "http://a.com:0", "http://a.com:99999", "http://u:p@a.com/", "mailto:x@a.com", "http://a..com", "http://中文.com/路径",
    "http://a.com?x=1", "http://a.com#f", "http://a b.com", "http://a.com/b c", "tg://resolve?domain=x&start=1",
    "tg:resolve?domain=x", "tg://x y", "https://T.me/Bot?start=Xy", "//a.com", "http:///a.com", "", "  http://a.com ",
    "http://a.com\n", "http://[::1]/", "http://A.com/ABC", "https://a", "http://com.", "tonsite://a.ton", "ton://a",
]  # fmt: skip


def tdlib_link(address: str) -> str | None:
    """The address of the link TDLib makes, None where it makes none."""
    parsed = tdlib.parse(f'<a href="{escape(address)}">x</a>')
    assert not isinstance(parsed, str)
    return parsed[1][0][3] if parsed[1] else None


@pytest.mark.parametrize("address", _ADDRESSES[:13] + [one for one in _ADDRESSES[13:] if one])
def test_an_address_is_normalised_or_refused_as_in_tdlib(address: str) -> None:
    """A refused address makes a link vanish; a taken one comes back in TDLib's form."""
    assert links.checked(address) == tdlib_link(address)


@settings(max_examples=300, deadline=None)
@given(
    st.tuples(
        st.sampled_from(["http://", "https://", "HTTP://", "", "ftp://", "tg://", "tg:"]),
        st.text("ab.中-_@:0189%!$[]|^", max_size=8),
        st.text("/?#=&% a中.\"'", max_size=8),
    ).map("".join)
)
def test_made_up_addresses_agree_with_tdlib(address: str) -> None:
    """The same on addresses nobody thought of; an empty one falls back to the link's own words."""
    if address and "tg:" not in address.lower():
        assert links.checked(address) == tdlib_link(address)


@pytest.mark.parametrize(
    ("address", "payload"),
    [
        ("https://t.me/baozhai_bot?start=a_12", "a_12"),
        ("https://T.me/Baozhai_Bot?start=X-y", "X-y"),
        ("tg://resolve?domain=baozhai_bot&start=a", "a"),
        ("https://t.me/other_bot?start=a_12", None),
        ("https://t.me/baozhai_bot?start=", None),
        ("https://t.me/baozhai_bot?start=中", None),
        ("https://t.me/baozhai_bot?start=" + "a" * 65, None),
        ("https://example.com/?start=a", None),
    ],
)
def test_a_deep_link_gives_its_payload(address: str, payload: str | None) -> None:
    """1-64 characters of A-Za-z0-9_-, and only for this bot."""
    assert links.start_payload(address, "baozhai_bot") == payload
